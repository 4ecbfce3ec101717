/// What a task used while it executed.
enum Dependency: Sendable {
    case file(FileDependency)
    case task(TaskDependency)
}

extension Sequence<Dependency> {
    /// Whether all dependencies hold, looking at one after the other until one does not.
    func areConsistent(in context: some Context, _ files: FileSystem) async throws -> Bool {
        for dependency in self {
            let holds =
                switch dependency {
                case .file(let file): try file.isConsistent(in: files)
                case .task(let task): try await task.isConsistent(in: context)
                }
            if !holds { return false }
        }
        return true
    }
}
