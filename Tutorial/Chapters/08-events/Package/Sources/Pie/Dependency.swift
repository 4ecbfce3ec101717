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

extension Sequence<Dependency> {
    /// The first dependency that does not hold, as a reason to execute; `nil` if all hold.
    func firstInconsistent(in context: some Context, _ files: FileSystem) async throws -> ExecutionReason? {
        for dependency in self {
            switch dependency {
            case .file(let file):
                if try !file.isConsistent(in: files) { return .file(file.file) }
            case .task(let task):
                if try await !task.isConsistent(in: context) { return .task(task.task) }
            }
        }
        return nil
    }
}
