@testable import PIE

extension Oracle {
    /// Where the tasks of a trial find their program, and note what they do.
    final class Stage: Sendable {
        private struct Notes {
            var starts: [Int: Int] = [:]
            var writers: [File: Set<Int>] = [:]
            var previous: [(task: Int, output: Int?)] = []
        }

        let program: Program
        private let notes = Lock(Notes())

        init(_ program: Program) {
            self.program = program
        }

        func began(_ task: Int) {
            notes.withLock { $0.starts[task, default: 0] += 1 }
        }

        func wrote(_ file: File, by task: Int) {
            notes.withLock { _ = $0.writers[file, default: []].insert(task) }
        }

        func found(_ previous: Int?, before task: Int) {
            notes.withLock { $0.previous.append((task, previous)) }
        }

        /// What tasks were told they gave before, since `clear()`.
        var previous: [(task: Int, output: Int?)] { notes.withLock { $0.previous } }

        /// How often each task was started since `clear()`.
        var starts: [Int: Int] { notes.withLock { $0.starts } }

        /// The tasks that wrote each file, or were about to, since `clear()`.
        var writers: [File: Set<Int>] { notes.withLock { $0.writers } }

        func clear() {
            notes.withLock { $0 = Notes() }
        }

        // MARK: Stages by number

        private struct Directory {
            var stages: [Int: Stage] = [:]
            var last = 0
        }

        private static let directory = Lock(Directory())

        static func numbered(_ number: Int) -> Stage? { directory.withLock { $0.stages[number] } }

        static func add(_ stage: Stage) -> Int {
            directory.withLock { directory in
                directory.last += 1
                directory.stages[directory.last] = stage
                return directory.last
            }
        }

        static func remove(_ number: Int) {
            directory.withLock { _ = $0.stages.removeValue(forKey: number) }
        }
    }
}

extension Oracle {
    private static let presentVersion = Lock(1)

    /// The version of the tasks' type; trials run one after the other.
    static var version: Int { presentVersion.withLock { $0 } }

    static func setVersion(_ version: Int) { presentVersion.withLock { $0 = version } }
}
