/// Which tasks there are, what they returned, and what they used.
struct Graph: Sendable {
    private var records: [AnyTask: Record] = [:]

    /// What is remembered of a task, or `nil` if it was never executed.
    subscript(task: AnyTask) -> Record? { records[task] }

    /// Replaces all that is remembered of a task.
    mutating func commit(_ record: Record, of task: AnyTask) {
        records[task] = record
    }
}

extension Graph {
    /// The tasks that a task required, in the order of asking.
    func tasksRequired(by task: AnyTask) -> [AnyTask] {
        let dependencies = records[task]?.dependencies ?? []
        return dependencies.compactMap { if case .task(let dependency) = $0 { dependency.task } else { nil } }
    }

    /// Whether a task requires another one, directly or through others.
    func requires(_ task: AnyTask, _ other: AnyTask) -> Bool {
        allRequired(by: task).contains(other)
    }

    /// All tasks that a task requires, directly or through others.
    private func allRequired(by task: AnyTask) -> Set<AnyTask> {
        var found: Set<AnyTask> = []
        var waiting = [task]
        while let next = waiting.popLast() {
            waiting += tasksRequired(by: next).filter { found.insert($0).inserted }
        }
        return found
    }
}
