import Synchronization

/// Remembers the events of a build, for tests to query.
public final class EventLog: Tracker {
    private let log = Mutex<[BuildEvent]>([])

    /// The events since the beginning, or since they were taken.
    public var events: [BuildEvent] { log.withLock { $0 } }

    /// Creates an empty log.
    public init() {}

    /// Remembers an event.
    public func handle(_ event: BuildEvent) {
        log.withLock { $0.append(event) }
    }

    /// The tasks that were executed since this was last asked, in order.
    public func takeExecuted() -> [AnyTask] {
        let events = log.withLock { events in
            defer { events = [] }
            return events
        }
        return events.compactMap { if case .executing(let task, _) = $0 { task } else { nil } }
    }
}
