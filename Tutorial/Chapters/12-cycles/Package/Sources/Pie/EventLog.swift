/// Remembers the events of a build, for tests to query.
public final class EventLog: Tracker {
    /// The events since the beginning, or since they were taken.
    public private(set) var events: [BuildEvent] = []

    /// Creates an empty log.
    public init() {}

    /// Remembers an event.
    public func handle(_ event: BuildEvent) {
        events.append(event)
    }

    /// The tasks that were executed since this was last asked, in order.
    public func takeExecuted() -> [AnyTask] {
        defer { events = [] }
        return events.compactMap { if case .executing(let task, _) = $0 { task } else { nil } }
    }
}
