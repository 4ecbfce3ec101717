import PIE

extension Oracle {
    /// What a task depends on.
    enum Dependency: Hashable, Sendable {
        case file(File, FileStamper)
        /// Another program reads the file, so that buffers do not count.
        case disk(File)
        case listing(Listing)
        case input(Int)
        case variable(Int)
        case task(Int, View)
        case provided(File)
    }

    /// What was seen of a dependency.
    enum Stamp: Hashable, Sendable {
        /// There is no such file.
        case none
        case number(Int)
        /// A file as it was left at a time; a buffer has none.
        case file(Int, time: Int?)
        case names([String])
        /// The task failed: this never holds.
        case failed

        /// What is recorded of an input or a variable: a default is not a value that was set.
        static func setting(_ value: Int?) -> Stamp { value.map { .number($0) } ?? .none }

        /// Whether a dependency holds of which this is seen now.
        func matches(_ earlier: Stamp?) -> Bool {
            // Under a buffer equal contents are no change, whichever the stamper (R17).
            if case .file(let now, let time) = self, case .file(let number, let before) = earlier,
                time == nil || before == nil
            {
                return now == number
            }
            return self == earlier
        }
    }

    /// What an execution asked for, in order, and what it was answered.
    struct Record: Hashable, Sendable {
        private(set) var dependencies: [Dependency] = []
        private(set) var stamps: [Dependency: Stamp] = [:]

        /// What was asked for at once by child tasks: nobody knows in which order.
        private(set) var unordered: Set<Dependency> = []

        /// The version of the task's type, and what came out; nil if it failed.
        var version = 1
        var output: Int?

        /// Notes an answer; the first one about a dependency counts, of several writes the last (R2).
        mutating func add(_ dependency: Dependency, _ stamp: Stamp) {
            if stamps[dependency] == nil { dependencies.append(dependency) }
            if case .provided = dependency {
                stamps[dependency] = stamp
            } else if stamps[dependency] == nil {
                stamps[dependency] = stamp
            }
        }

        /// Notes that something was asked for at the same time as something else.
        mutating func loosen(_ dependency: Dependency) { unordered.insert(dependency) }

        var required: [Int] {
            dependencies.compactMap { if case .task(let task, _) = $0 { task } else { nil } }
        }

        /// Whether it matters when a file was modified.
        var looksAtTimes: Bool {
            dependencies.contains { if case .file(_, .modified) = $0 { true } else { false } }
        }

        var provided: Set<File> {
            Set(dependencies.compactMap { if case .provided(let file) = $0 { file } else { nil } })
        }
    }

    /// How the execution of a task ends.
    enum Outcome: Sendable {
        case value(Int)
        case failed(any Error)

        var value: Int? { if case .value(let value) = self { value } else { nil } }

        var isCancellation: Bool { if case .failed(let error) = self { error is CancellationError } else { false } }
    }
}

extension Oracle.Outcome: CustomStringConvertible {
    var description: String {
        switch self {
        case .value(let value): "\(value)"
        case .failed(let error): "\(error)"
        }
    }
}
