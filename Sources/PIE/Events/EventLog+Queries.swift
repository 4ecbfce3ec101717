extension EventLog {
    // MARK: What ran

    /// The tasks that were executed, in the order in which their executions began.
    ///
    /// A task that was executed several times is there several times; executions that failed or were cancelled count.
    ///
    /// - Complexity: O(*n*) where *n* is the number of events, like all queries here.
    public var executed: [AnyTask] {
        events.compactMap { if case .executing(let task, _) = $0 { task } else { nil } }
    }

    /// The tasks of a type that were executed, in the order in which their executions began.
    ///
    /// - Parameter type: The type of the tasks.
    /// - Returns: The tasks, as ``executed`` has them.
    public func executed<T: IncrementalTask>(_ type: T.Type) -> [T] {
        executed.compactMap { $0.as(type) }
    }

    /// How often tasks of a type were executed.
    ///
    /// - Parameter type: The type of the tasks.
    /// - Returns: The number of executions of all tasks of the type.
    public func count<T: IncrementalTask>(of type: T.Type) -> Int {
        executed(type).count
    }

    /// How often a task was executed.
    ///
    /// - Parameter task: The task.
    /// - Returns: The number of its executions, with those that failed or were cancelled.
    public func executions(of task: some IncrementalTask) -> Int {
        reasons(of: task).count
    }

    /// Why a task was executed (R19).
    ///
    /// - Parameter task: The task.
    /// - Returns: One reason for each of its executions, in order.
    public func reasons(of task: some IncrementalTask) -> [ExecutionReason] {
        let task = AnyTask(task)
        return events.compactMap { event in
            guard case .executing(task, let reason) = event else { return nil }
            return reason
        }
    }

    // MARK: What came of it

    /// The tasks that were found consistent and so not executed, in the order in which they were found so.
    ///
    /// A task that updates have kept consistent is answered without being looked at, and is not among them.
    public var reused: [AnyTask] {
        events.compactMap { if case .reused(let task) = $0 { task } else { nil } }
    }

    /// The tasks whose executions threw an error, in the order in which they did.
    public var failed: [AnyTask] {
        events.compactMap { if case .failed(let task, _) = $0 { task } else { nil } }
    }

    /// The tasks whose executions were cancelled, in the order in which they were.
    public var cancelled: [AnyTask] {
        events.compactMap { if case .cancelled(let task) = $0 { task } else { nil } }
    }

    /// The tasks whose executions gave an output that differs from the one before, in the order in which they ended.
    public var changed: [AnyTask] {
        events.compactMap { if case .executed(let task, changed: true) = $0 { task } else { nil } }
    }

    /// The files that tasks provided, in order.
    ///
    /// - Parameter onlyChanged: Whether to leave out those that had the right bytes before.
    /// - Returns: The files; one that was provided several times is there several times.
    public func provided(onlyChanged: Bool = false) -> [File] {
        events.compactMap { event in
            guard case .provided(let file, _, let changed) = event, changed || !onlyChanged else { return nil }
            return file
        }
    }

    // MARK: All there is about a task

    /// The events that are about a task, in order.
    ///
    /// - Parameter task: The task.
    /// - Returns: The events whose ``BuildEvent/task`` it is.
    public func events(of task: some IncrementalTask) -> [BuildEvent] {
        let task = AnyTask(task)
        return events.filter { $0.task == task }
    }

    // MARK: Text

    /// One line for each event, without the times that an update reports.
    ///
    /// For builds with one job that are the same, the lines are the same (R18).
    public var lines: [String] {
        events.map { event in
            guard case .updateEnded(let report) = event else { return event.description }
            return "update ended: \(report.executed) executed, \(report.reused) reused"
        }
    }
}
