internal import Synchronization

/// What runs in a schedule, until it ends by itself or because nothing can run any more.
final class ScheduledRun<R: Sendable>: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var continuation: CheckedContinuation<R, any Error>?
        var hasEnded = false
        var isCancelled = false
        var deadlock: ScheduleDeadlock?
    }

    private let seed: UInt64
    private let onDeadlock: @Sendable () -> Void
    private let state = Mutex(State())

    init(seed: UInt64, _ onDeadlock: @escaping @Sendable () -> Void) {
        self.seed = seed
        self.onDeadlock = onDeadlock
    }

    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Makes the task; nothing of it may run meanwhile.
    func begin(_ continuation: CheckedContinuation<R, any Error>, _ makeTask: () -> Task<Void, Never>) {
        state.withLock { $0.continuation = continuation }
        let task = makeTask()
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    /// Ends it, unless it has ended; a deadlock before counts more than what came of the cancellation.
    func end(with result: Result<R, any Error>) {
        let (continuation, deadlock) = state.withLock { state in
            defer {
                state.continuation = nil
                state.hasEnded = true
            }
            return (state.continuation, state.deadlock)
        }
        if let deadlock { continuation?.resume(throwing: deadlock) } else { continuation?.resume(with: result) }
    }

    func cancel() {
        let task = state.withLock { state in
            state.isCancelled = true
            return state.task
        }
        task?.cancel()
    }

    /// Cancels it for a deadlock, and gives it up if that does not help.
    func stop(_ executor: SeededExecutor, after steps: Int) {
        let first = ScheduleDeadlock(seed: seed, steps: steps)
        let deadlock = state.withLock { state in
            if state.deadlock == nil { state.deadlock = first }
            return state.deadlock ?? first
        }
        if deadlock == first {
            onDeadlock()
            cancel()
        }
        guard executor.isIdle else { return }
        end(with: .failure(deadlock))
        executor.whenIdle(nil)
    }
}
