import Dispatch

/// Runs Swift tasks one at a time, in the order in which they become ready.
final class SerialExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "PIE.serial")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
