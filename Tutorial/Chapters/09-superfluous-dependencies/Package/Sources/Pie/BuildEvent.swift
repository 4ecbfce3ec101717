/// Something that happened in a build.
public enum BuildEvent: Sendable {
    /// The recorded dependencies of a task are about to be checked.
    case checking(AnyTask)
    /// A task was found consistent and is not executed.
    case reused(AnyTask)
    /// A task begins to execute.
    case executing(AnyTask, ExecutionReason)
    /// A task executed; `changed` tells whether its output differs from the one before.
    case executed(AnyTask, changed: Bool)
    /// A task threw an error.
    case failed(AnyTask, any Error)
}

/// Why a task is executed.
public enum ExecutionReason: Hashable, Sendable {
    /// There is no record of it.
    case new
    /// A file does not look as it did.
    case file(File)
    /// A task does not return what it returned.
    case task(AnyTask)
}

extension ExecutionReason: CustomStringConvertible {
    /// A few words.
    public var description: String {
        switch self {
        case .new: "new"
        case .file(let file): "\(file) has changed"
        case .task(let task): "\(task) has changed"
        }
    }
}
