/// The events on their way to the trackers.
///
/// One thread at a time hands events over, and takes along those that come up meanwhile, so each tracker gets them in
/// order. Nobody blocks for that: a lock around the trackers would have a tracker that cancels a build wait for threads
/// that wait for the tracker.
struct Outbox {
    private var notes: [Note] = []
    /// How many events were put in, and how many of them the trackers have handled.
    private var added = 0
    private var handled = 0
    private var isBusy = false
    /// Who waits until all events up to a number are handled.
    private var waiters: [(last: Int, continuation: UnsafeContinuation<Void, Never>)] = []

    /// Whether no event was ever put in.
    var isUnused: Bool { added == 0 }

    mutating func add(_ note: Note) {
        notes.append(note)
        added += 1
    }

    /// Takes out the events for a thread that is to hand them over.
    ///
    /// - Returns: The events; `nil` if there are none, or another thread is at it.
    mutating func begin() -> [Note]? {
        if isBusy || notes.isEmpty { return nil }
        isBusy = true
        return take()
    }

    /// Takes out the events that have come up since; if there are none, the thread is done.
    ///
    /// - Parameters:
    ///   - count: How many the trackers have handled.
    ///   - wake: Gets who has waited for them.
    /// - Returns: The events.
    mutating func goOn(after count: Int, _ wake: inout [UnsafeContinuation<Void, Never>]) -> [Note]? {
        handled += count
        wake = waiters.filter { $0.last <= handled }.map(\.continuation)
        waiters.removeAll { $0.last <= handled }
        if notes.isEmpty {
            isBusy = false
            return nil
        }
        return take()
    }

    /// Has a continuation wait for the events that have come up until now.
    ///
    /// - Returns: Whether there are any to wait for.
    mutating func wait(_ continuation: UnsafeContinuation<Void, Never>) -> Bool {
        if handled == added { return false }
        waiters.append((added, continuation))
        return true
    }

    private mutating func take() -> [Note] {
        defer { notes = [] }
        return notes
    }
}
