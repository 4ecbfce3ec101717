/// Keeps the events of a build in memory, in order, to be asked about them.
///
/// Made for tests: after an edit and another session the log says exactly which tasks ran, and why.
///
/// ```swift
/// let log = EventLog()
/// let pie = try Pie(root: "project", trackers: [log])
/// try await pie.session { try await $0.require(WordCount(file: "a.txt")) }
/// log.clear()
/// // … edit a.txt …
/// try await pie.session { try await $0.update(.files(["a.txt"])) }
/// assert(log.executions(of: WordCount(file: "a.txt")) == 1)
/// ```
///
/// Queries may be made at any time and from any thread, also while a build runs; each answers from the events that have
/// been delivered by then. After a session has returned, that is all of its events.
///
/// Nothing is ever dropped: a log grows with every session until ``clear()`` or ``take()``.
public final class EventLog: Tracker {
    private let recorded = Lock<[BuildEvent]>([])

    /// Creates an empty log.
    public init() {}

    /// Adds an event to the log.
    ///
    /// - Parameter event: What happened.
    /// - Complexity: O(1) on average.
    public func handle(_ event: BuildEvent) {
        recorded.withLock { $0.append(event) }
    }

    /// All events since the log was made or cleared, in order.
    ///
    /// - Complexity: O(1); the array is shared until the next event.
    public var events: [BuildEvent] { recorded.withLock { $0 } }

    /// Forgets all events.
    public func clear() {
        take()
    }

    /// Forgets all events and returns them.
    ///
    /// - Returns: The events since the log was made or cleared, in order; none is lost between two calls.
    @discardableResult
    public func take() -> [BuildEvent] {
        recorded.withLock { events in
            defer { events = [] }
            return events
        }
    }
}

extension EventLog: CustomStringConvertible {
    /// The log as text: its ``lines``.
    public var description: String { lines.joined(separator: "\n") }
}
