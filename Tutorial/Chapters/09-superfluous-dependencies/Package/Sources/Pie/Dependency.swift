/// What a task used while it executed.
enum Dependency: Sendable {
    case file(FileDependency)
    case task(TaskDependency)
}

extension Dependency: CustomStringConvertible {
    /// The file or the task.
    var description: String {
        switch self {
        case .file(let dependency): dependency.file.description
        case .task(let dependency): dependency.task.description
        }
    }
}
