public import PIE

extension EventLog {
    /// The sessions that are in the log, each as a log of its own, in order.
    ///
    /// Made for the log of one ``/PIE/Pie``, whose sessions run one after the other. A part of the log answers every query
    /// that the whole answers, about its session alone, and does not grow.
    ///
    /// - Complexity: O(*n*) where *n* is the number of events, like all queries here.
    public var sessions: [EventLog] {
        var sessions: [EventLog] = []
        for event in events {
            if case .sessionBegan = event { sessions.append(EventLog()) }
            // What came before the first session in the log belongs to one whose beginning was cleared.
            sessions.last?.handle(event)
        }
        return sessions
    }

    /// The session that began last, as a log of its own; an empty log if there is none.
    public var lastSession: EventLog { sessions.last ?? EventLog() }

    /// One session, as a log of its own.
    ///
    /// - Parameter number: The number of the session; those of one ``/PIE/Pie`` are counted from 1, also when the log was
    ///   cleared in between.
    /// - Returns: Its events; an empty log if it is not in this one.
    public func session(_ number: Int) -> EventLog {
        let session = sessions.last { session in
            guard case .sessionBegan(number)? = session.events.first else { return false }
            return true
        }
        return session ?? EventLog()
    }
}
