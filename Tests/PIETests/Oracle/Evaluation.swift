@testable import PIE

extension Oracle {
    /// The naive model: runs each task that is reached once, over files in memory.
    final class Evaluation: Sendable {
        /// A cycle of requirements, as the model finds it.
        struct Cycle: Error {}

        private struct State {
            var disk: Disk
            var outcomes: [Int: Outcome] = [:]
            var records: [Int: Record] = [:]
            /// The tasks that were answered to each task, directly or through others.
            var reached: [Int: Set<Int>] = [:]
            var open: [Int] = []
            var written: [File: Int] = [:]
            var foundCycle = false
            var objection: String?
            var files: FileLaw

            /// How far the tasks have come.
            var progress: FileLaw.Progress { FileLaw.Progress(outcomes: outcomes, open: Set(open)) }
        }

        let program: Program
        let inputs: [Int: Int]
        let variables: [Int: Int]
        let version = Oracle.version

        /// Whether all members of a group are run, though one has failed.
        let goesOn: Bool

        private let writers: [File: Set<Int>]
        private let state: Lock<State>

        init(
            _ program: Program,
            over disk: Disk,
            inputs: [Int: Int],
            variables: [Int: Int],
            goesOn: Bool = false
        ) {
            self.program = program
            self.inputs = inputs
            self.variables = variables
            self.goesOn = goesOn
            writers = program.writers
            state = Lock(State(disk: disk, files: FileLaw(program, writers)))
        }

        /// The same state, to be led on elsewhere.
        init(copying other: Evaluation) {
            program = other.program
            inputs = other.inputs
            variables = other.variables
            goesOn = other.goesOn
            writers = other.writers
            state = Lock(other.state.withLock { $0 })
        }

        // MARK: What came out

        var outcomes: [Int: Outcome] { state.withLock { $0.outcomes } }
        var disk: Disk { state.withLock { $0.disk } }
        var written: [File: Int] { state.withLock { $0.written } }
        var foundCycle: Bool { state.withLock { $0.foundCycle } }

        /// What the program does that it must not (R10, R11), as long as the model cannot say what comes of it.
        var objection: String? { state.withLock { $0.objection } }

        /// Whether nothing failed, not even where that was caught.
        var isClean: Bool { state.withLock { $0.outcomes.values.allSatisfy { $0.value != nil } } }

        /// What there is to be said of R10 and R11.
        var fileLaw: FileLaw { state.withLock { $0.files } }

        func record(of task: Int) -> Record { state.withLock { $0.records[task] ?? Record() } }

        /// The tasks that a task required, directly or through others.
        func required(by task: Int) -> Set<Int> {
            state.withLock { state in
                var found: Set<Int> = []
                var open = [task]
                while let current = open.popLast() {
                    for other in state.records[current]?.required ?? [] where found.insert(other).inserted {
                        open.append(other)
                    }
                }
                return found
            }
        }

        // MARK: Running

        /// What comes out of a task.
        func outcome(of task: Int) async -> Outcome {
            let known = state.withLock { state -> Outcome? in
                if let known = state.outcomes[task] { return known }
                if state.open.contains(task) {
                    state.foundCycle = true
                    return .failed(Cycle())
                }
                state.open.append(task)
                return nil
            }
            if let known { return known }
            let outcome: Outcome
            do {
                let context = NaiveContext(evaluation: self, task: task)
                outcome = .value(
                    try await OracleTask(stage: 0, number: task).perform(program, in: context) { _ in }
                )
            } catch {
                outcome = .failed(error)
            }
            return state.withLock { state in
                state.open.removeLast()
                let conflict = outcome.value == nil ? nil : state.files.commit(task)
                let outcome = conflict.map { .failed($0) } ?? outcome
                state.outcomes[task] = outcome
                state.records[task, default: Record()].version = version
                state.records[task, default: Record()].output = outcome.value
                return outcome
            }
        }

        /// Answers a requirement of a task.
        func require(_ task: Int, _ view: View, by requirer: Int) async throws -> Int {
            let outcome = await outcome(of: task)
            let dependency = Dependency.task(task, view.recorded)
            switch outcome {
            case .value(let value):
                state.withLock { state in
                    state.records[requirer, default: Record()].add(dependency, .number(view.stamp(value)))
                    state.reached[requirer, default: []].formUnion(state.reached[task] ?? [])
                    state.reached[requirer, default: []].insert(task)
                }
                return value
            case .failed(let error):
                state.withLock { $0.records[requirer, default: Record()].add(dependency, .failed) }
                throw error
            }
        }

        /// Notes that tasks were asked for at once, by child tasks.
        func loosen(_ tasks: [Int], by requirer: Int) {
            state.withLock { state in
                for task in tasks { state.records[requirer, default: Record()].loosen(.task(task, .whole)) }
            }
        }

        /// Answers the requirements of a group: the first error in the order of asking is thrown.
        func require(all tasks: [Int], by requirer: Int) async throws -> [Int] {
            var outputs: [Int] = []
            var first: (any Error)?
            for (index, task) in tasks.enumerated() {
                do {
                    outputs.append(try await require(task, .whole, by: requirer))
                } catch {
                    first = first ?? error
                    if goesOn { continue }
                    // The others were asked for at the same time, and never answered.
                    state.withLock { state in
                        for other in tasks[index...] {
                            state.records[requirer, default: Record()].add(.task(other, .whole), .failed)
                        }
                    }
                    break
                }
            }
            if let first { throw first }
            return outputs
        }

        /// Answers a read of a file, or a dependency on it.
        func read(_ file: File, _ stamper: FileStamper, onDisk: Bool = false, by task: Int) throws -> [UInt8]? {
            try state.withLock { state in
                if state.files.isCareful && !(writers[file] ?? []).subtracting(state.reached[task] ?? []).isEmpty {
                    state.objection = "task \(task) reads \(file.path) and has not required all who may write it"
                }
                // Reading what one has written records nothing (R2).
                if state.written[file] == task { return state.disk.read(file).map { Array("\($0)".utf8) } }
                try state.files.read(file, by: task, state.reached[task] ?? [], state.progress)
                let dependency: Dependency = onDisk ? .disk(file) : .file(file, stamper)
                let stamp = state.disk.stamp(of: dependency)
                state.records[task, default: Record()].add(dependency, stamp ?? .none)
                return state.disk.read(file).map { Array("\($0)".utf8) }
            }
        }

        func list(_ listing: Listing, by task: Int) throws -> [String] {
            try state.withLock { state in
                for file in program.generated where listing.shows(file) {
                    let reached = state.reached[task] ?? []
                    if state.files.isCareful && !(writers[file] ?? []).subtracting(reached).isEmpty {
                        state.objection = "task \(task) lists \(file.path) and has not required all who may write it"
                    }
                    try state.files.read(file, by: task, reached, state.progress, isListing: true)
                }
                let names = state.disk.names(in: listing)
                state.records[task, default: Record()].add(.listing(listing), .names(names))
                return names
            }
        }

        func input(_ number: Int, by task: Int) -> Int {
            state.withLock { $0.records[task, default: Record()].add(.input(number), .setting(inputs[number])) }
            return inputs[number] ?? 0
        }

        func variable(_ number: Int, by task: Int) -> String? {
            state.withLock { $0.records[task, default: Record()].add(.variable(number), .setting(variables[number])) }
            return variables[number].map(String.init)
        }

        func write(_ number: Int, to file: File, by task: Int) throws {
            try state.withLock { state in
                try state.files.write(file, by: task, state.progress)
                if let other = state.written.updateValue(task, forKey: file), other != task, state.files.isCareful {
                    state.objection = "tasks \(other) and \(task) write \(file.path)"
                }
                if state.disk[file] != number { state.disk.set(file, to: number) }
                // A buffer over a provided file is ignored (R17).
                state.disk.buffers[file] = nil
                state.records[task, default: Record()].add(.provided(file), .number(number))
            }
        }
    }
}
