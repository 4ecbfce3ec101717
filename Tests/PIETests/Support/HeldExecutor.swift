import Dispatch

/// Runs Swift tasks on threads of its own, which a test can hold up: nothing runs until it lets them go.
final class HeldExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "PIETests.held", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Holds up what has not begun to run.
    func hold() { queue.suspend() }

    func letGo() { queue.resume() }
}
