/// Why a task was executed (R19).
public enum ExecutionReason: Hashable, Sendable {
    /// It had no output yet.
    case new

    /// Its output was made by another version of its type.
    case version(from: Int, to: Int)

    /// Its last run failed or was cancelled, and it had no output from an earlier one.
    case lastRunFailed

    /// The host asked for an execution.
    case forced

    /// A dependency did not hold: the first in recorded order.
    case dependency(Change)

    /// A dependency that did not hold.
    public struct Change: Hashable, Sendable {
        /// What the dependency is on.
        public let target: Target

        /// What the task had seen, as text; `nil` where it was not kept.
        public let before: String?

        /// What is there now, as text; `nil` where it was not kept.
        public let after: String?

        package init(target: Target, before: String?, after: String?) {
            self.target = target
            self.before = before
            self.after = after
        }
    }

    /// What a dependency is on.
    public enum Target: Hashable, Sendable {
        /// The output of a task.
        case task(AnyTask)

        /// A task that failed when it was made consistent.
        case failed(AnyTask)

        /// A file that was read or depended on.
        case file(File)

        /// A file that the task itself provides.
        case provided(File)

        /// Another resource, described.
        case resource(String)
    }
}

extension ExecutionReason: CustomStringConvertible {
    /// One line, as a build log prints it.
    public var description: String {
        switch self {
        case .new: "new"
        case .version(let from, let to): "version \(from) became \(to)"
        case .lastRunFailed: "the last run failed"
        case .forced: "asked for"
        case .dependency(let change): "\(change)"
        }
    }
}

extension ExecutionReason.Change: CustomStringConvertible {
    /// One line: what changed, and from what to what where that is known.
    public var description: String {
        guard let before, let after else { return "\(target)" }
        return "\(target) (\(before) → \(after))"
    }
}

extension ExecutionReason.Target: CustomStringConvertible {
    /// One line: what changed.
    public var description: String {
        switch self {
        case .task(let task): "the output of \(task) changed"
        case .failed(let task): "\(task) failed"
        case .file(let file): "the file \(file.path) changed"
        case .provided(let file): "the provided file \(file.path) is not as it was left"
        case .resource(let text): "\(text) changed"
        }
    }
}
