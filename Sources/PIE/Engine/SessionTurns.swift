/// Whose turn it is: sessions of one `Pie` run one after the other, in the order in which they were asked for.
final class SessionTurns: Sendable {
    /// The `Pie`s in whose sessions the current Swift task runs.
    @TaskLocal static var current: Set<ObjectIdentifier> = []

    private struct Waiter {
        let ticket: UInt64
        let continuation: UnsafeContinuation<Bool, Never>
    }

    private struct State {
        /// Who has the turn; a superseded session loses it before it has ended.
        var owner: UInt64 = 0
        var session: Session?
        var waiters: [Waiter] = []
        var lastTicket: UInt64 = 0
    }

    private let state = Lock<State>(State())

    /// Waits for the turn.
    ///
    /// - Returns: A ticket to begin and to pass the turn with.
    /// - Throws: `CancellationError` if the calling task is cancelled, or a superseding session is asked for meanwhile.
    func take() async throws -> UInt64 {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        let isMine = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let isMine = state.withLock { state -> Bool? in
                    if Task.isCancelled { return false }
                    if state.owner == 0 {
                        state.owner = ticket
                        return true
                    }
                    state.waiters.append(Waiter(ticket: ticket, continuation: continuation))
                    return nil
                }
                if let isMine { continuation.resume(returning: isMine) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let place = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.waiters.remove(at: place)
            }
            waiter?.continuation.resume(returning: false)
        }
        if !isMine { throw CancellationError() }
        return ticket
    }

    /// Begins the session of whose turn it is.
    ///
    /// - Throws: `CancellationError` if the turn was lost to a superseding session.
    func begin(_ ticket: UInt64, _ make: () -> Session) throws -> Session {
        let session = state.withLock { state -> Session? in
            guard state.owner == ticket else { return nil }
            let session = make()
            state.session = session
            return session
        }
        guard let session else { throw CancellationError() }
        return session
    }

    /// Passes the turn to the next in line, unless it was lost before.
    func pass(_ ticket: UInt64) {
        let next = state.withLock { state -> Waiter? in
            guard state.owner == ticket else { return nil }
            state.session = nil
            let next = state.waiters.isEmpty ? nil : state.waiters.removeFirst()
            state.owner = next?.ticket ?? 0
            return next
        }
        next?.continuation.resume(returning: true)
    }

    /// Takes the turn from whoever has it and sends everybody away who waits.
    ///
    /// - Returns: The session that ran.
    func supersede() -> Session? {
        let (session, waiters) = state.withLock { state in
            defer {
                state.waiters = []
                state.session = nil
                state.owner = 0
            }
            return (state.session, state.waiters)
        }
        for waiter in waiters { waiter.continuation.resume(returning: false) }
        return session
    }
}
