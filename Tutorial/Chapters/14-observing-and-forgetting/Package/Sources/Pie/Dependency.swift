/// What a task used while it executed.
enum Dependency: Sendable {
    case file(FileDependency)
    case task(TaskDependency)
    /// A file that the task wrote; it holds if the file is as the task left it.
    case provided(FileDependency)
}

extension Dependency: CustomStringConvertible {
    /// The file or the task.
    var description: String {
        switch self {
        case .file(let dependency), .provided(let dependency): dependency.file.description
        case .task(let dependency): dependency.task.description
        }
    }
}
