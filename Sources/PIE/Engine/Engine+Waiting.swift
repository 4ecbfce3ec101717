extension Engine {
    /// Suspends until `register` is woken; returns at once if there is nothing to wait for, or on cancellation.
    ///
    /// - Parameters:
    ///   - ticket: Names the waiting.
    ///   - register: Called under the lock with the continuation; returns whether to suspend.
    private func park(
        _ ticket: UInt64,
        _ register: (inout EngineState, UnsafeContinuation<Void, Never>) -> Bool
    ) async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                // The handler of a cancellation that came before finds nothing to wake: the check comes after it.
                let isParked = locked { state in
                    !Task.isCancelled && register(&state, continuation)
                }
                if !isParked { continuation.resume() }
            }
        } onCancel: {
            // The runtime holds a lock of the cancelled Swift task: in here nobody else's task is touched.
            let (continuation, hasDeferred) = state.withLock { state in
                (state.parking.cancel(ticket), !state.deferredCancels.isEmpty)
            }
            continuation?.resume()
            if hasDeferred {
                Task.detached(executorPreference: Scheduling.executor) { self.locked { $0.reconsiderCancels() } }
            }
        }
    }

    /// Waits until somebody else is done with the claim of a task, giving the job slot away meanwhile.
    ///
    /// The claim may be gone by now, and its place another task's: then there is nothing to wait for.
    func wait(for claim: ClaimID, of task: TaskID, _ request: inout Request) async throws {
        let ticket = state.withLock { $0.parking.ticket() }
        let blocked = request.base == 0 ? request.requirer : request.current
        let epoch = request.epoch
        let work = request.work
        if request.hasSlot {
            request.hasSlot = false
            locked { $0.releaseSlot() }
        }
        await park(ticket) { state, continuation in
            // What was decided under the lock may have changed since: the claim may be gone, or a cycle have closed.
            guard state.epoch == epoch, state.isSessionOpen, state.claims[claim].task == task,
                state.cycle(from: blocked, to: claim) == nil
            else { return false }
            state.claims[claim].flags.insert(.awaited)
            state.parking.wait(
                ticket,
                Parking.Parked(continuation: continuation, blocked: blocked, target: claim, work: work)
            )
            return true
        }
        try Task.checkCancellation()
    }

    /// Waits for a job slot.
    ///
    /// - Parameters:
    ///   - request: The request that goes on with it.
    ///   - work: What a helper would help with; it is sent away when there is no more of it.
    /// - Throws: `CancellationError` if the task was cancelled, the session is over, or the helper was sent away.
    func acquireSlot(_ request: inout Request, helping work: UInt64? = nil) async throws {
        request.hasSlot = await acquireSlot(epoch: request.epoch, helping: work)
        if Task.isCancelled && request.hasSlot {
            request.hasSlot = false
            locked { $0.releaseSlot() }
        }
        try Task.checkCancellation()
        guard request.hasSlot else { throw CancellationError() }
    }

    /// Waits for a job slot.
    ///
    /// - Parameters:
    ///   - epoch: The session.
    ///   - work: What a helper would help with; it is sent away when there is no more of it.
    /// - Returns: Whether it was given; if not, the session is over, the helper was sent away, or the task cancelled.
    func acquireSlot(epoch: Epoch, helping work: UInt64? = nil) async -> Bool {
        let ticket = state.withLock { $0.parking.ticket() }
        var isTaken = false
        await park(ticket) { state, continuation in
            guard state.epoch == epoch, state.isSessionOpen else { return false }
            if let work, !state.parking.isOpen(work) { return false }
            if state.takeSlot() {
                isTaken = true
                return false
            }
            state.parking.queue(ticket, continuation, helping: work)
            return true
        }
        return isTaken || state.withLock { $0.parking.wasGranted(ticket) }
    }

    /// Waits until something is scheduled, or the update is over.
    func waitForWork(epoch: Epoch) async {
        let ticket = state.withLock { $0.parking.ticket() }
        await park(ticket) { state, continuation in
            guard state.epoch == epoch, state.isSessionOpen, state.update.workers > 0, state.update.queue.isEmpty else {
                return false
            }
            state.parking.idle(ticket, continuation)
            return true
        }
    }

    /// Returns a request's job slot to the execution that made it, waiting for one if it has none.
    func finish(_ request: inout Request) async {
        while true {
            if locked({ $0.finish(&request) }) { return }
            // The execution goes on even if it was cancelled: then without a slot.
            request.hasSlot = await acquireSlot(epoch: request.epoch)
            if !request.hasSlot {
                locked { $0.finishWithoutSlot(&request) }
                return
            }
        }
    }
}
