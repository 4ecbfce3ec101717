// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import PIE
import Testing

/// Random programs and histories against the naive model; `Oracle` says how.
///
/// A short run by default. The environment asks for more
/// - `PIE_ORACLE_STEPS` or `PIE_ORACLE_MINUTES`: how many sessions to judge, or for how long;
/// - `PIE_ORACLE_SEED`: the seed to begin with; alone, the one to replay;
/// - `PIE_ORACLE_GOES_ON`: to go on after a failure;
/// - `PIE_ORACLE_SHRINKING`: how many smaller cases to try after a failure;
/// - `PIE_LIFE`: to do without a store, or only with one of the lives of `World`, like `closing`.
@Suite(.serialized) struct OracleTests {
    @Test(arguments: World.Life.toTest) func R9_OracleFindsNoDiscrepancy(life: World.Life) async throws {
        try await Oracle.$life.withValue(life) { try await search(life) }
    }

    private func search(_ life: World.Life) async throws {
        let settings = Oracle.Settings(ProcessInfo.processInfo.environment)
        let start = ContinuousClock.now
        var steps = 0
        var parallelSteps = 0
        var cases = 0
        var objections = 0
        var seed = settings.seed
        let watch = Oracle.Watch()
        defer { watch.stop() }
        while settings.goesOn(after: life == .inMemory ? steps : 2 * steps, cases: cases, for: start.duration(to: .now))
        {
            let sample = Oracle.Case(seed: seed)
            watch.begin("seed \(seed)\n\(sample)")
            let result = try await sample.run()
            steps += result.sessions
            if sample.history.jobs > 1 { parallelSteps += result.sessions }
            cases += 1
            if result.objection != nil { objections += 1 }
            if let discrepancy = result.discrepancy {
                print("oracle, \(life): seed \(seed), \(discrepancy)")
                watch.begin("seed \(seed), looking for a smaller case")
                let shrunk = try await sample.shrunk(discrepancy, attempts: settings.shrinkingAttempts)
                let events = shrunk.discrepancy.events.joined(separator: "\n")
                Issue.record(
                    """
                    seed \(seed): \(discrepancy)
                    shrunk: \(shrunk.discrepancy)
                    \(shrunk.case)
                    \(events)
                    \(shrunk.case.source(seed: seed, life))
                    """
                )
                if settings.stopsAtFailure { break }
            }
            seed += 1
        }
        let seconds = start.duration(to: .now) / .seconds(1)
        print(
            "oracle, \(life): seeds \(settings.seed)..<\(seed), \(cases) programs with a history each, \(objections) not judged, "
                + "\(steps) steps, \(parallelSteps) of them with several jobs, \(Int(Double(steps) / seconds)) steps per second"
        )
        #expect(steps > 0)
    }
}
