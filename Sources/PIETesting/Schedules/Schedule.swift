internal import PIE
internal import Synchronization

/// Does something with all its Swift tasks on one thread, in an order that a seed chooses: the same seed, the same order.
///
/// What runs at once in a build with several jobs runs in one of many orders, and an error that shows itself in few of them
/// is hard to come by and harder to see again. Here the order is chosen: at each place where a Swift task suspends, and at
/// each check, read and write of a build, another one may go on.
///
/// ```swift
/// try await withSchedule(seed: 7) {
///     let log = EventLog()
///     let pie = try Pie(trackers: [log])
///     try await pie.session { try await $0.require(Total()) }
///     print(log)    // the same each time
/// }
/// ```
///
/// The order is the same each time if `body` starts with the same state: it makes its `Pie` and its files itself. Fewer
/// ``/PIE/PieOptions/jobs`` give other orders, and their default is the number of processors; so set them.
///
/// Child tasks, actors and builds are on the thread. What is not: Swift tasks that code of yours makes with `Task { }` or
/// `Task.detached`, the main actor, timers, other processes, and watchers of files. Where `body` awaits one of those, the
/// order is up to them, and `patience` must be longer than they take. Sessions of a ``/PIE/Pie`` with a store are on the
/// thread, which waits for the store; only what the store writes about once a second, and its folding, go on beside.
///
/// - Parameters:
///   - seed: Chooses the order.
///   - patience: How long to wait, when nothing can run any more, for something that is not on the thread.
///   - body: What to do.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; a ``ScheduleDeadlock`` if it has not ended and nothing can run any more: then it is
///   cancelled, and given up if that does not help; a ``NestedSchedule`` inside another schedule.
@concurrent
public func withSchedule<R: Sendable>(
    seed: UInt64,
    patience: Duration = .zero,
    _ body: @escaping @concurrent @Sendable () async throws -> R
) async throws -> R {
    try await runSchedule(seed: seed, patience: patience, onDeadlock: {}, body)
}

/// Does something on one thread, as ``withSchedule(seed:patience:_:)`` does, and calls `onDeadlock` when nothing can run any
/// more, before it cancels `body`.
@concurrent
func runSchedule<R: Sendable>(
    seed: UInt64,
    patience: Duration,
    onDeadlock: @escaping @Sendable () -> Void,
    _ body: @escaping @concurrent @Sendable () async throws -> R
) async throws -> R {
    if Scheduling.executor != nil { throw NestedSchedule() }
    let executor = SeededExecutor(seed: seed)
    let run = ScheduledRun<R>(seed: seed, onDeadlock)
    executor.whenIdle { steps in
        if run.hasEnded { return executor.whenIdle(nil) }
        if patience > .zero {
            executor.after(patience, unlessBeyond: steps) { run.stop(executor, after: steps) }
        } else {
            run.stop(executor, after: steps)
        }
    }
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            run.begin(continuation) {
                Task(executorPreference: executor) {
                    await Scheduling.with(executor) {
                        do {
                            run.end(with: .success(try await body()))
                        } catch {
                            run.end(with: .failure(error))
                        }
                    }
                }
            }
        }
    } onCancel: {
        run.cancel()
    }
}

/// What runs in a schedule, until it ends by itself or because nothing can run any more.
private final class ScheduledRun<R: Sendable>: Sendable {
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
