/// A task that a task required, and the output that it got, or `nil` if it got none.
struct TaskDependency: Sendable {
    let task: AnyTask
    let output: (any TaskOutput)?
}
