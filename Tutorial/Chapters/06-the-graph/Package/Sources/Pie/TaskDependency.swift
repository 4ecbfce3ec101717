/// A task that a task required, and the output that it got.
struct TaskDependency: Sendable {
    let task: AnyTask
    let output: any TaskOutput

    /// Whether the task returns what it returned.
    func isConsistent(in context: some Context) async throws -> Bool {
        try await context.require(task.base).isEqual(to: output)
    }
}
