internal import PIE

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
            // Who finds that nothing can run any more must know the task, to cancel it.
            executor.hold {
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
        }
    } onCancel: {
        run.cancel()
    }
}
