/// One look at the world: each task is made consistent at most once.
public final class Session {
    private(set) var graph: Graph
    let files: FileSystem
    private var outcomes: [AnyTask: Result<any TaskOutput, any Error>] = [:]
    private var executing: [Recording] = []

    init(graph: Graph, files: FileSystem) {
        self.graph = graph
        self.files = files
    }

    /// Makes a task consistent and returns its output.
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try await TopDownContext(session: self).require(task)
    }

    /// Makes a task consistent, unless that was done before in this session.
    func makeConsistent(_ task: AnyTask) async throws -> any TaskOutput {
        if let outcome = outcomes[task] { return try outcome.get() }
        do {
            let output = try await checkOrExecute(task)
            outcomes[task] = .success(output)
            return output
        } catch {
            outcomes[task] = .failure(error)
            throw error
        }
    }

    /// Adds to the dependencies of the task that executes.
    func record(_ dependency: Dependency) {
        guard !executing.isEmpty else { return }
        executing[executing.count - 1].add(dependency)
    }

    private func checkOrExecute(_ task: AnyTask) async throws -> any TaskOutput {
        if let record = graph[task],
            try await record.dependencies.areConsistent(in: TopDownContext(session: self), files)
        {
            return record.output
        }
        return try await execute(task)
    }

    private func execute(_ task: AnyTask) async throws -> any TaskOutput {
        executing.append(Recording())
        defer { executing.removeLast() }
        let output = try await task.execute(in: TopDownContext(session: self))
        graph.commit(Record(output: output, dependencies: executing.last?.dependencies ?? []), of: task)
        return output
    }
}
