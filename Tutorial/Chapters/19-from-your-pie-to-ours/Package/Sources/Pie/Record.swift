/// What is remembered of a task's last successful execution.
struct Record: Sendable {
    /// What it returned.
    var output: any TaskOutput
    /// What it used, in the order of asking.
    var dependencies: [Dependency]
}
