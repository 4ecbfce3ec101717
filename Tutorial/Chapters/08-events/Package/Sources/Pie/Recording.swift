/// The dependencies of one execution while it goes on.
struct Recording: Sendable {
    /// What a dependency is on: the same thing asked for twice is one dependency.
    private enum Target: Hashable {
        case file(File, FileStamper)
        case task(AnyTask)
    }

    /// What was used so far, each thing once, in the order of asking.
    private(set) var dependencies: [Dependency] = []
    private var indices: [Target: Int] = [:]

    /// Adds a dependency, unless there is one on the same thing; an answer takes the place of its question.
    mutating func add(_ dependency: Dependency) {
        let target: Target =
            switch dependency {
            case .file(let file): .file(file.file, file.stamper)
            case .task(let task): .task(task.task)
            }
        guard let index = indices[target] else {
            indices[target] = dependencies.count
            dependencies.append(dependency)
            return
        }
        if case .task(let question) = dependencies[index], question.output == nil {
            dependencies[index] = dependency
        }
    }
}
