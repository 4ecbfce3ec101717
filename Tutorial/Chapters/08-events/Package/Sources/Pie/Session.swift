/// One look at the world: each task is made consistent at most once.
public final class Session {
    private(set) var graph: Graph
    let files: FileSystem
    private let trackers: [any Tracker]
    private var outcomes: [AnyTask: Result<any TaskOutput, any Error>] = [:]
    private var executing: [Recording] = []

    init(graph: Graph, files: FileSystem, trackers: [any Tracker]) {
        self.graph = graph
        self.files = files
        self.trackers = trackers
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
        guard let record = graph[task] else { return try await execute(task, because: .new) }
        tell(.checking(task))
        let context = TopDownContext(session: self)
        guard let reason = try await record.dependencies.firstInconsistent(in: context, files) else {
            tell(.reused(task))
            return record.output
        }
        return try await execute(task, because: reason)
    }

    private func execute(_ task: AnyTask, because reason: ExecutionReason) async throws -> any TaskOutput {
        tell(.executing(task, reason))
        executing.append(Recording())
        defer { executing.removeLast() }
        do {
            let output = try await task.execute(in: TopDownContext(session: self))
            let changed = graph[task].map { !$0.output.isEqual(to: output) } ?? true
            graph.commit(Record(output: output, dependencies: executing.last?.dependencies ?? []), of: task)
            tell(.executed(task, changed: changed))
            return output
        } catch {
            tell(.failed(task, error))
            throw error
        }
    }

    private func tell(_ event: BuildEvent) {
        for tracker in trackers { tracker.handle(event) }
    }
}
