/// Prints a build as it goes, one line for each event.
public final class ConsoleTracker: Tracker {
    private var depth = 0

    /// Creates a tracker.
    public init() {}

    /// Prints an event, indented by the tasks that are checked or executed around it.
    public func handle(_ event: BuildEvent) {
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

    private func line(_ text: String) {
        print(String(repeating: "  ", count: depth) + text)
    }
}
