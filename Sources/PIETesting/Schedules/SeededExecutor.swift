internal import Dispatch
internal import Synchronization

/// Runs Swift tasks one at a time, on one thread, in an order that a seed chooses.
///
/// Of all jobs that could run, each step takes one. Most steps choose among all of them; in some schedules many steps go on
/// with what became ready last, so that one Swift task gets far ahead of the others.
final class SeededExecutor: TaskExecutor {
    private struct State {
        var ready: [UnownedJob] = []
        var generator: SeededGenerator
        var steps = 0
        /// How many of eight steps go on with what became ready last.
        var haste: UInt64
        var idle: (@Sendable (Int) -> Void)?

        mutating func take() -> UnownedJob {
            steps += 1
            if generator.next() >> 61 < haste { return ready.removeLast() }
            return ready.remove(at: Int.random(in: ready.indices, using: &generator))
        }
    }

    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "PIETesting.schedule")

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let haste = [0, 0, 4, 7][Int(generator.next() >> 62)] as UInt64
        state = Mutex(State(generator: generator, haste: haste))
    }

    /// Has a function called, on the thread of the executor, each time that nothing can run any more.
    ///
    /// - Parameter body: Is given the number of steps so far; `nil` to have none called.
    func whenIdle(_ body: (@Sendable (Int) -> Void)?) {
        state.withLock { $0.idle = body }
    }

    /// Lets nothing run while something is done.
    func hold(_ body: () -> Void) {
        queue.suspend()
        defer { queue.resume() }
        body()
    }

    /// Whether nothing can run.
    var isIdle: Bool { state.withLock { $0.ready.isEmpty } }

    /// Does something on the thread of the executor after a time, if no step was made meanwhile.
    func after(_ time: Duration, unlessBeyond steps: Int, _ body: @escaping @Sendable () -> Void) {
        let nanoseconds = time / .nanoseconds(1)
        queue.asyncAfter(deadline: .now() + .nanoseconds(Int(min(nanoseconds, 0x1p60)))) {
            if self.state.withLock({ $0.steps == steps && $0.ready.isEmpty }) { body() }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(job) }
        // As many steps as there are jobs: none is left over.
        queue.async { self.step() }
    }

    private func step() {
        state.withLock { $0.take() }.runSynchronously(on: asUnownedTaskExecutor())
        let idle = state.withLock { state in
            state.ready.isEmpty ? state.idle.map { ($0, state.steps) } : nil
        }
        if let (body, steps) = idle { body(steps) }
    }
}
