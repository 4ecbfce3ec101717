import Synchronization

/// Prints a build as it goes, one line for each event.
public final class ConsoleTracker: Tracker {
    private let depth = Mutex(0)

    /// Creates a tracker.
    public init() {}

    /// Prints an event, indented by the tasks that are checked or executed around it.
    public func handle(_ event: BuildEvent) {
        depth.withLock { handle(event, &$0) }
    }

    private func handle(_ event: BuildEvent, _ depth: inout Int) {
        func line(_ text: String) {
            print(String(repeating: "  ", count: max(0, depth)) + text)
        }

        switch event {
        case .checking(let task):
            line("? \(task)")
            depth += 1
        case .reused(let task):
            depth -= 1
            line("= \(task)")
        case .executing(let task, let reason):
            // A check went before, and ends here, unless the task is new.
            if reason != .new { depth -= 1 }
            line("▶ \(task): \(reason)")
            depth += 1
        case .executed(let task, let changed):
            depth -= 1
            line("✓ \(task)\(changed ? "" : ", output unchanged")")
        case .failed(let task, let error):
            depth -= 1
            line("✗ \(task): \(error)")
        }
    }
}
