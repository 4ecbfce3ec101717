/// Which tasks there are, what they returned, and what they used.
struct Graph: Sendable {
    private var records: [AnyTask: Record] = [:]
    private var providers: [File: AnyTask] = [:]

    /// What is remembered of a task, or `nil` if it was never executed.
    subscript(task: AnyTask) -> Record? { records[task] }

    /// The task that provides a file, if there is one.
    func provider(of file: File) -> AnyTask? { providers[file] }

    /// Replaces all that is remembered of a task.
    mutating func commit(_ record: Record, of task: AnyTask) {
        remove(task)
        records[task] = record
        for case .provided(let file) in record.dependencies { providers[file.file] = task }
    }

    /// Forgets a task.
    mutating func remove(_ task: AnyTask) {
        guard let record = records.removeValue(forKey: task) else { return }
        for case .provided(let file) in record.dependencies where providers[file.file] == task {
            providers[file.file] = nil
        }
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
