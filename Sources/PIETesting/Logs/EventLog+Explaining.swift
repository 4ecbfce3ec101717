public import PIE

extension EventLog {
    /// Explains from the events of this log why a task was executed, or that it was not.
    ///
    /// Unlike ``/PIE/Session/explain(_:)`` it may be asked after the session, and of any part of a log. A task that was
    /// executed several times is explained by the last time.
    ///
    /// - Parameter task: The task.
    /// - Returns: The explanation. Its chain ends early, at a task whose output changed, if that task was executed before
    ///   the log begins.
    /// - Complexity: O(*n*) where *n* is the number of events.
    public func explanation(of task: some IncrementalTask) -> Explanation {
        let task = AnyTask(task)
        let history = BuildHistory(events)
        if let place = history.places[task]?.last { return history.explanation(ofExecution: place) }
        let isReused = history.marks[task, default: []].contains(.reused)
        return Explanation(task: task, outcome: isReused ? .reused : .unvisited, chain: [])
    }
}
