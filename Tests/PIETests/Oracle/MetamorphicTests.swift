// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import PIE
import Testing

// Part of the oracle's suite, because what tasks do depends on a version that all of them share.
extension OracleTests {
    /// What must not matter: a program and a history of the oracle are gone through in several ways.
    ///
    /// The model has no say in it, so this also finds what is wrong with both. Settings are those of the oracle, which
    /// takes twenty times as many steps.
    @Suite struct MetamorphicTests {
        @Test func R8_theOrderInWhichFilesAreNamedDoesNotMatter() async throws {
            try await compare(
                [.init(), .init(naming: .reversed), .init(naming: .shuffled)],
                in: [.answers, .outputs, .files, .executed, .reasons, .graph, .dependencies]
            )
        }

        @Test func R1_oneSessionIsAsGoodAsSeveral() async throws {
            try await compare(
                [.init(), .init(splitsSessions: true)],
                in: [.answers, .outputs, .files, .executed, .graph, .dependencies]
            )
        }

        @Test func R18_theNumberOfJobsDoesNotMatter() async throws {
            try await compare(
                [.init(), .init(jobs: 2), .init(jobs: 4)],
                in: [.answers, .outputs, .files, .executed, .reasons, .graph, .dependencies]
            ) { !$0.startsChildren }
        }

        /// Of what child tasks asked for at once, either may be the first that does not hold.
        @Test func R18_theNumberOfJobsMattersOnlyToTheOrderOfWhatIsAskedForAtOnce() async throws {
            try await compare(
                [.init(), .init(jobs: 2), .init(jobs: 4)],
                in: [.answers, .outputs, .files, .executed, .graph, .dependencies]
            ) { $0.startsChildren }
        }

        @Test func R18_withOneJobTheEventsAreTheSame() async throws {
            try await compare([.init(), .init()], in: [.events]) { !$0.hasUnorderedRequirements }
        }

        @Test(arguments: [Oracle.Variation.Keeping.inMemory, .dropped, .closed, .folded, .copied])
        func R16_howAStoreIsKeptDoesNotMatter(keeping: Oracle.Variation.Keeping) async throws {
            try await compare(
                [.init(keeping: .open), .init(keeping: keeping)],
                in: [.answers, .outputs, .files, .executed, .causes, .graph, .dependencies]
            )
        }

        /// Goes through cases of the oracle, each in several ways.
        private func compare(
            _ variations: [Oracle.Variation],
            in aspects: [Oracle.Account.Aspect],
            where isWanted: (Oracle.Case) -> Bool = { _ in true }
        ) async throws {
            let settings = Oracle.Settings(ProcessInfo.processInfo.environment)
            let start = ContinuousClock.now
            var (steps, cases, seed) = (0, 0, settings.seed)
            while settings.goesOn(after: 20 * steps, cases: cases, for: start.duration(to: .now) * 20) {
                defer { seed += 1 }
                cases += 1
                let sample = Oracle.Case(seed: seed)
                guard sample.cannotFail, isWanted(sample) else { continue }
                let (text, count) = try await sample.difference(variations, in: aspects)
                steps += count
                guard let text else { continue }
                let least = try await sample.reduced { try await $0.difference(variations, in: aspects).text != nil }
                let last = try await least.difference(variations, in: aspects).text ?? ""
                Issue.record("seed \(seed): \(text)\nreduced: \(last)\n\(least)")
                if settings.stopsAtFailure { break }
            }
            print("metamorphic: seeds \(settings.seed)..<\(seed), \(steps) steps, \(start.duration(to: .now))")
        }
    }
}

extension Oracle.Case {
    /// Whether tasks have child tasks require others.
    fileprivate var startsChildren: Bool { program.tasks.contains { $0.contains { $0.startsChildren } } }

    /// Whether tasks are required in an order that depends on threads.
    fileprivate var hasUnorderedRequirements: Bool {
        startsChildren
            || history.steps.contains { if case .require(_, .atOnce) = $0.action { true } else { false } }
    }
}
