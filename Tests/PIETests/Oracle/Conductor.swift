@testable import PIE

extension Oracle {
    /// Does in a session what a plan says, and notes what came of it.
    final class Conductor: Sendable {
        /// What to do, with what only the trial knows filled in.
        enum Plan: Sendable {
            case require([Int], Manner)
            case demand(Int, observing: Bool, forcing: Bool)
            /// Updates, then requires tasks one by one.
            case update(ChangeSet, then: [Int])

            var isUpdate: Bool { if case .update = self { true } else { false } }

            /// Whether it looks for changes itself.
            var detects: Bool { if case .update(.detect, _) = self { true } else { false } }

            var roots: [Int] {
                switch self {
                case .require(let roots, _), .update(_, then: let roots): roots
                case .demand(let root, _, _): [root]
                }
            }

            /// Whether what it requires is observed from then on.
            var observes: Bool { if case .demand(_, observing: false, _) = self { false } else { true } }

            /// The task that is executed whatever its record says.
            var forced: Int? { if case .demand(let task, _, forcing: true) = self { task } else { nil } }

            /// Whether the first failure keeps the others from being required.
            var stopsAtFailure: Bool { if case .require(_, .asGroup) = self { true } else { false } }
        }

        struct Result: Sendable {
            /// What the host was answered.
            var outcomes: [Int: Outcome] = [:]

            /// The error of a group of roots.
            var groupError: (any Error)?

            var updateError: (any Error)?
            var didUpdate = false

            /// How many executions there had been when the update returned.
            var startsInUpdate = 0

            /// The generated files as they were when the session began.
            var generated: [File: Int] = [:]
        }

        private let pie: Pie
        private let stage: Stage
        private let number: Int
        private let folder: TemporaryFolder
        private let notes = Lock(Result())

        init(_ trial: Trial) {
            pie = trial.pie
            stage = trial.stage
            number = trial.stageNumber
            folder = trial.folder
        }

        var result: Result { notes.withLock { $0 } }

        /// Runs a session.
        ///
        /// - Parameters:
        ///   - plan: What to do in it.
        ///   - superseding: Whether it takes the place of the one that runs.
        ///   - edits: Changes of files to make before anything else.
        /// - Throws: What the session itself throws; what its calls throw is noted.
        func run(_ plan: Plan, superseding: Bool = false, after edits: [Change] = []) async throws {
            try await pie.session(superseding: superseding) { session in
                for edit in edits { try edit.make(in: folder) }
                let generated = try folder.numbers(in: stage.program.generated)
                notes.withLock { $0.generated = generated }
                switch plan {
                case .require(let roots, .oneByOne): for root in roots { await require(root, session) }
                case .require(let roots, .atOnce):
                    await withTaskGroup { group in
                        for root in roots { group.addTask { await self.require(root, session) } }
                    }
                case .require(let roots, .asGroup): await require(all: roots, session)
                case .demand(let root, let observing, let forcing):
                    await require(root) {
                        try await session.require($0, observing: observing, forcing: forcing)
                    }
                case .update(let changes, let roots):
                    await update(changes, session)
                    for root in roots { await require(root, session) }
                }
            }
        }

        private func require(_ root: Int, _ session: Session) async {
            await require(root) { try await session.require($0) }
        }

        private func require(_ root: Int, by body: (OracleTask) async throws -> Int) async {
            let outcome: Outcome
            do {
                outcome = .value(try await body(OracleTask(stage: number, number: root)))
            } catch {
                outcome = .failed(error)
            }
            notes.withLock { $0.outcomes[root] = outcome }
        }

        private func require(all roots: [Int], _ session: Session) async {
            do {
                let tasks = roots.map { OracleTask(stage: number, number: $0) }
                let values = try await session.require(all: tasks)
                notes.withLock { notes in
                    for (root, value) in zip(roots, values) { notes.outcomes[root] = .value(value) }
                }
            } catch {
                notes.withLock { $0.groupError = error }
            }
        }

        private func update(_ changes: ChangeSet, _ session: Session) async {
            do {
                try await session.update(changes)
                let starts = stage.starts.values.reduce(0, +)
                notes.withLock { notes in
                    notes.didUpdate = true
                    notes.startsInUpdate = starts
                }
            } catch {
                notes.withLock { $0.updateError = error }
            }
        }
    }
}
