@testable import PIE

/// Keeps the events of a build for a test to look at.
final class RecordingTracker: Tracker {
    private let recorded = Lock<[BuildEvent]>([])

    func handle(_ event: BuildEvent) {
        recorded.withLock { $0.append(event) }
    }

    func clear() {
        recorded.withLock { $0 = [] }
    }

    /// All events since the last `clear()`.
    var events: [BuildEvent] { recorded.withLock { $0 } }

    /// The events, one line each.
    var lines: [String] { events.map(\.description) }

    /// The executions that began, in their order, and why.
    var runs: [Run] {
        events.compactMap { event in
            guard case .executing(let task, let reason) = event else { return nil }
            return Run(task: task, why: Why(reason))
        }
    }

    /// The tasks that executed to their end, in the order of their ends.
    var completed: [AnyTask] {
        events.compactMap { event in
            guard case .executed(let task, _) = event else { return nil }
            return task
        }
    }

    var reused: [AnyTask] {
        events.compactMap { event in
            guard case .reused(let task) = event else { return nil }
            return task
        }
    }

    var failed: [AnyTask] {
        events.compactMap { event in
            guard case .failed(let task, _) = event else { return nil }
            return task
        }
    }

    var cancelled: [AnyTask] {
        events.compactMap { event in
            guard case .cancelled(let task) = event else { return nil }
            return task
        }
    }

    var scheduled: [AnyTask] {
        events.compactMap { event in
            guard case .scheduled(let task) = event else { return nil }
            return task
        }
    }

    var checked: [AnyTask] {
        events.compactMap { event in
            guard case .checking(let task) = event else { return nil }
            return task
        }
    }

    var orphaned: [File] {
        events.compactMap { event in
            guard case .orphaned(let file) = event else { return nil }
            return file
        }
    }
}
