import PIE

extension Oracle {
    /// Two accesses to one file that must not be (R10, R11).
    enum Conflict: Error, Hashable, Sendable {
        case hidden(reader: Int, provider: Int, File)
        case overlap(first: Int, second: Int, File)
        case writeAfterRead(Int, File)

        /// What an error of a build objects to; nil if it is none about a file.
        init?(_ error: any Error) {
            switch (error as? BuildError)?.kind {
            case .hiddenDependency(let reader, let provider, let file):
                guard let reader = Self.number(reader), let provider = Self.number(provider) else { return nil }
                self = .hidden(reader: reader, provider: provider, file)
            case .overlap(let first, let second, let file):
                guard let first = Self.number(first), let second = Self.number(second) else { return nil }
                self = .overlap(first: first, second: second, file)
            case .writeAfterRead(let task, let file):
                guard let task = Self.number(task) else { return nil }
                self = .writeAfterRead(task, file)
            default: return nil
            }
        }

        private static func number(_ task: AnyTask) -> Int? { task.as(OracleTask.self)?.number }

        var file: File {
            switch self {
            case .hidden(_, _, let file), .overlap(_, _, let file), .writeAfterRead(_, let file): file
            }
        }

        var tasks: [Int] {
            switch self {
            case .hidden(let reader, let provider, _): [reader, provider]
            case .overlap(let first, let second, _): [first, second]
            case .writeAfterRead(let task, _): [task]
            }
        }

        /// Whether tasks of a program could come into this conflict at all.
        func isPossible(readers: [File: Set<Int>], writers: [File: Set<Int>]) -> Bool {
            switch self {
            case .hidden(let reader, let provider, let file):
                reader != provider && readers[file]?.contains(reader) ?? false
                    && writers[file]?.contains(provider) ?? false
            case .overlap(let first, let second, let file):
                first != second && writers[file]?.isSuperset(of: [first, second]) ?? false
            case .writeAfterRead(let task, let file):
                readers[file]?.contains(task) ?? false && writers[file]?.contains(task) ?? false
            }
        }
    }
}
