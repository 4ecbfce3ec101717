/// A task that a task required, and the output that it got, or `nil` if it got none.
struct TaskDependency: Sendable {
    let task: AnyTask
    let output: (any TaskOutput)?

    /// Whether the task returns what it returned; never if it failed.
    func isConsistent(in context: some Context) async throws -> Bool {
        guard let output else { return false }
        // A task that fails does not return what it returned: its requirer runs and meets the error itself.
        return (try? await context.require(task.base))?.isEqual(to: output) ?? false
    }
}
