#if DEBUG
    import Foundation
    import Testing

    @testable import PIE

    /// Whether the oracle finds the mistake that `PIE_MUTATION` gives the engine; `Tests/mutations` tries one by one.
    ///
    /// The lives of a trial take turns, so that a mistake of the store's is found as soon as any other; the one without a
    /// store, which is the fastest, has more of them. The last case that was begun is on the standard error output, for a
    /// mistake that ends the process.
    @Suite(.enabled(if: Mutation.present != nil, "PIE_MUTATION names no mistake")) struct EngineMutationTests {
        @Test func theOracleFindsTheMistake() async throws {
            let environment = ProcessInfo.processInfo.environment
            let minutes = environment["PIE_ORACLE_MINUTES"].flatMap { Double($0) } ?? 1
            var seed = environment["PIE_ORACLE_SEED"].flatMap { UInt64($0) } ?? 1
            var steps = 0
            let lives = World.Life.toTest
            let watch = Oracle.Watch(patience: .seconds(10)) {
                Self.say("found: no end in sight")
                _exit(EXIT_SUCCESS)
            }
            defer { watch.stop() }
            let start = ContinuousClock.now
            // On a busy machine a minute is not much.
            while start.duration(to: .now) < .seconds(minutes * 60) || steps < Self.leastSteps {
                let turn = Int(seed % UInt64(2 * lives.count))
                let life = lives[max(0, turn - lives.count)]
                Self.say("trying: seed \(seed), \(life)")
                watch.begin("seed \(seed), \(life)")
                let result = try await Oracle.$life.withValue(life) { try await Oracle.Case(seed: seed).run() }
                steps += result.sessions
                if let discrepancy = result.discrepancy {
                    Self.say("found: \(discrepancy.kind) after \(steps) steps, \(discrepancy.text)")
                    return
                }
                seed += 1
            }
            Issue.record("not found in \(steps) steps")
        }

        private static let leastSteps = 4_000

        /// Writes a line at once: what waits in memory is lost when the process ends.
        private static func say(_ line: String) {
            FileHandle.standardError.write(Data("\(line)\n".utf8))
        }
    }
#endif
