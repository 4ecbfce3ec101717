import Dispatch

/// Runs Swift tasks one at a time, in the order in which they become ready.
final class SerialExecutor: TaskExecutor {
    private let queue: DispatchQueue

    init(_ queue: DispatchQueue = DispatchQueue(label: "PIE.serial")) {
        self.queue = queue
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
