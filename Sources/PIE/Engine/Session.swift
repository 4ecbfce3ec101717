/// One consistent view of tasks and files, inside the closure of ``Pie/session(superseding:_:)``.
///
/// Each task is made consistent at most once in a session, and each file is looked at once (R1). Any number of
/// requirements may run at once.
public final class Session: Sendable {
    @usableFromInline let engine: Engine
    private let epoch: Epoch
    private let work = Lock<Work>(Work())

    /// The calls under way, to cancel them.
    private struct Work {
        var cancels: [UInt32: @Sendable () -> Void] = [:]
        var isCancelled = false
        var isSuperseded = false
        var waiter: UnsafeContinuation<Void, Never>?
    }

    init(engine: Engine, epoch: Epoch) {
        self.engine = engine
        self.epoch = epoch
    }

    /// The context of a call of the host.
    @usableFromInline
    func context(of work: UInt32) -> TopDownContext {
        TopDownContext(engine: engine, key: ExecutionKey(claim: 0, generation: work, epoch: epoch))
    }

    // MARK: Requiring

    /// Makes a task consistent, top-down, and returns its output; from now on the task is observed.
    ///
    /// A task that is consistent already is answered where it is asked for; everything else runs off the main actor.
    ///
    /// - Parameter task: The task to require.
    /// - Returns: Its output.
    /// - Throws: The task's own error, a ``BuildError``, or `CancellationError`.
    /// - Complexity: O(1) if the task is consistent in this session; otherwise the dependencies below it are checked.
    @inlinable
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try Task.checkCancellation()
        if let output = engine.hit(task, by: context(of: 0).key) { return output }
        return try await run { try await $0.require(task) }
    }

    /// Makes a task consistent, top-down, and returns its output; says whether it is observed, and whether it must run.
    ///
    /// - Parameters:
    ///   - task: The task to require.
    ///   - observing: Whether it is kept up to date from now on. `false` leaves that as it is.
    ///   - forcing: Whether it executes even if all its dependencies hold; what it requires is checked as usual. A task
    ///     that was made consistent in this session already is answered as it is: that happens once (R1).
    /// - Returns: Its output.
    /// - Throws: As ``require(_:)-(T)``.
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T, observing: Bool, forcing: Bool) async throws -> T.Output {
        try Task.checkCancellation()
        let engine = engine
        return try await run { context in
            try await engine.require(task, observing: observing, forcing: forcing, by: context.key)
        }
    }

    /// Makes a task of any type consistent, top-down, and returns its output.
    ///
    /// - Parameter task: The boxed task.
    /// - Returns: Its output.
    /// - Throws: As ``require(_:)-(T)``.
    @discardableResult
    public func require(_ task: AnyTask) async throws -> any Equatable & Codable & Sendable {
        try await run { try await $0.require(task) }
    }

    /// Makes several tasks consistent, top-down and in parallel.
    ///
    /// - Parameter tasks: The tasks, in the order in which they count as asked for.
    /// - Returns: Their outputs, in the same order.
    /// - Throws: The first error in the order of asking; all of them, as one ``BuildError``, with
    ///   ``PieOptions/keepGoing``.
    @inlinable
    @discardableResult
    public func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output] {
        try await run { try await $0.require(all: tasks) }
    }

    // MARK: Updating

    /// Makes all observed tasks consistent that changes affect, bottom-up (R8).
    ///
    /// Must be the first call of the session, and comes once. Afterwards a requirement of an observed task costs a
    /// look-up.
    ///
    /// - Parameter changes: What changed since the last update returned.
    /// - Returns: What ran, how often and for how long.
    /// - Throws: The error of an observed task, when it reaches one that the host requires; a ``BuildError`` of kind
    ///   `misuse` if this is not the first call; `CancellationError`. What was not come to is taken up by the next
    ///   update.
    /// - Complexity: In the size of what the changes affect, whatever the size of the graph; with ``ChangeSet/detect``
    ///   also one look at every resource.
    @discardableResult
    public func update(_ changes: ChangeSet) async throws -> UpdateReport {
        let key = context(of: 0).key
        let engine = engine
        let epoch = epoch
        do {
            try engine.locked { try $0.beginUpdate(key) }
            return try await run { context in
                try await engine.update(changes, epoch: epoch, work: context.key.generation)
            }
        } catch let error as CancellationError {
            engine.remember(changes)
            throw error
        }
    }

    // MARK: Explaining

    /// Explains why a task ran in this session, or why it did not.
    ///
    /// - Parameter task: The task.
    /// - Returns: The explanation, or `nil` if the task is not known or the session has ended.
    public func explain<T: IncrementalTask>(_ task: T) -> Explanation? {
        let epoch = epoch
        guard let id = engine.known(task), engine.state.withLock({ $0.epoch == epoch && $0.isSessionOpen }) else {
            return nil
        }
        return engine.explain(id)
    }

    // MARK: Running

    /// Runs a call of the host in a Swift task of its own, off the caller's actor.
    ///
    /// It is cancelled with the session, and with the caller unless another call awaits what it executes. The wait for it
    /// stays where the caller is: to leave its actor and to come back would take longer than most updates.
    @usableFromInline
    func run<R: Sendable>(_ body: @escaping @Sendable (TopDownContext) async throws -> R) async throws -> R {
        let (isOver, isSuperseded) = work.withLock { ($0.isCancelled, $0.isSuperseded) }
        if isOver { throw isSuperseded ? CancellationError() : BuildError.endedSession }
        let number = engine.locked { state in
            state.lastWork &+= 1
            return state.lastWork
        }
        let context = context(of: number)
        let task = Scheduling.task(on: Scheduling.executor ?? engine.executor) { try await body(context) }
        let engine = engine
        let cancel: @Sendable () -> Void = {
            task.cancel()
            engine.helpers.cancel(number)
        }
        begin(number, cancel)
        defer { finish(number) }
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            if engine.state.withLock({ $0.mayCancel(number) }) { cancel() }
        }
        await engine.helpers.finish(number)
        await engine.waitForDelivery()
        // It may have gone on for others' sake: the caller is cancelled all the same.
        if case .success = result { try Task.checkCancellation() }
        return try result.get()
    }

    private func begin(_ number: UInt32, _ cancel: @escaping @Sendable () -> Void) {
        engine.locked { $0.works[number] = cancel }
        let isCancelled = work.withLock { work in
            work.cancels[number] = cancel
            return work.isCancelled
        }
        if isCancelled { cancel() }
    }

    private func finish(_ number: UInt32) {
        engine.locked { state in
            state.works[number] = nil
            state.deferredCancels.remove(number)
        }
        let waiter = work.withLock { work -> UnsafeContinuation<Void, Never>? in
            work.cancels[number] = nil
            guard work.cancels.isEmpty else { return nil }
            defer { work.waiter = nil }
            return work.waiter
        }
        waiter?.resume()
    }

    /// Ends the session now, whatever it is doing: another one takes its place.
    func cancel() {
        let epoch = epoch
        engine.locked { state in
            if state.epoch == epoch { state.endSession(superseded: true) }
        }
        let cancels = work.withLock { work in
            work.isCancelled = true
            work.isSuperseded = true
            return work.cancels.sorted { $0.key < $1.key }.map(\.value)
        }
        for cancel in cancels { cancel() }
    }

    /// Ends the session after its body.
    ///
    /// Requirements that the body has left running are cancelled and waited for.
    ///
    /// - Returns: Whether another session superseded this one.
    func end() async -> Bool {
        let (isSuperseded, cancels) = work.withLock { work in
            work.isCancelled = true
            return (work.isSuperseded, work.cancels.sorted { $0.key < $1.key }.map(\.value))
        }
        if isSuperseded {
            await engine.waitForDelivery()
            return true
        }
        for cancel in cancels { cancel() }
        if !cancels.isEmpty {
            await withUnsafeContinuation { continuation in
                let isDone = work.withLock { work in
                    if work.cancels.isEmpty { return true }
                    work.waiter = continuation
                    return false
                }
                if isDone { continuation.resume() }
            }
        }
        let epoch = epoch
        engine.locked { state in
            if state.epoch == epoch { state.endSession(superseded: false) }
        }
        engine.dropReplaced(of: epoch)
        await engine.waitForDelivery()
        return work.withLock { $0.isSuperseded }
    }
}
