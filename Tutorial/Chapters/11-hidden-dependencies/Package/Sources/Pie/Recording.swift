/// The dependencies of one execution while it goes on.
struct Recording: Sendable {
    /// What a dependency is on: the same thing asked for twice is one dependency.
    private enum Target: Hashable {
        case file(File, FileStamper)
        case task(AnyTask)
        case provided(File)
    }

    /// What was used so far, each thing once, in the order of asking.
    private(set) var dependencies: [Dependency] = []
    private var indices: [Target: Int] = [:]

    /// The tasks that were required so far and have returned an output.
    var tasks: [AnyTask] {
        dependencies.compactMap { dependency in
            guard case .task(let required) = dependency, required.output != nil else { return nil }
            return required.task
        }
    }

    /// Adds a dependency, unless there is one on the same thing; an answer takes the place of its question.
    mutating func add(_ dependency: Dependency) {
        if case .file(let file) = dependency, indices[.provided(file.file)] != nil { return }
        let target: Target =
            switch dependency {
            case .file(let file): .file(file.file, file.stamper)
            case .task(let task): .task(task.task)
            case .provided(let file): .provided(file.file)
            }
        guard let index = indices[target] else {
            indices[target] = dependencies.count
            dependencies.append(dependency)
            return
        }
        switch dependencies[index] {
        case .file: break
        case .task(let question): if question.output == nil { dependencies[index] = dependency }
        // Of several writes the last counts.
        case .provided: dependencies[index] = dependency
        }
    }
}
