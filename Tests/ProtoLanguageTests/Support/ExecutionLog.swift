import PIE
import Synchronization

/// Notes which tasks are executed.
final class ExecutionLog: Tracker {
    private let names = Mutex<[String]>([])

    func handle(_ event: BuildEvent) {
        if case .executed(let task, _) = event {
            names.withLock { $0.append("\(task)") }
        }
    }

    /// The tasks executed since the last call, sorted.
    func takeExecuted() -> [String] {
        names.withLock { names in
            defer { names = [] }
            return names.sorted()
        }
    }
}
