/// How deep the events of a build are indented: by who requires whom.
struct ConsoleIndentation {
    private struct Place {
        let depth: Int
        /// Whether the task is being checked or executed.
        var isBegun = false
    }

    /// The tasks that are required, checked or executed, and not done.
    private var places: [AnyTask: Place] = [:]

    /// The tasks that are being checked, in the order in which the checks began.
    private var checks: [AnyTask] = []

    /// The depth of tasks that nobody is known to require: below the session, or below its update.
    private var base = 1

    /// Follows an event.
    ///
    /// - Parameter event: What happened.
    /// - Returns: The depth to show it at.
    /// - Complexity: O(1) on average with one job; otherwise O(*n*) where *n* is the number of checks that go on.
    mutating func depth(of event: BuildEvent) -> Int {
        switch event {
        case .sessionBegan, .sessionEnded:
            self = ConsoleIndentation()
            return 0
        case .updateBegan:
            base = 2
            return 1
        case .updateEnded:
            base = 1
            return 1
        case .orphaned, .bufferIgnored, .store, .scheduled:
            return base
        case .required(let task, let requirer):
            let depth = below(requirer)
            if places[task] == nil { places[task] = Place(depth: depth) }
            return depth
        case .answered(let task, let requirer):
            if let place = places[task], !place.isBegun { places[task] = nil }
            return below(requirer)
        case .checking(let task):
            let depth = begin(task)
            checks.append(task)
            return depth
        case .executing(let task, _):
            endCheck(of: task)
            return begin(task)
        case .reused(let task), .executed(let task, _), .failed(let task, _), .cancelled(let task):
            endCheck(of: task)
            return places.removeValue(forKey: task)?.depth ?? base
        case .read(_, let task), .provided(_, let task, _):
            return below(task)
        }
    }

    private func below(_ task: AnyTask?) -> Int {
        guard let task, let place = places[task] else { return base }
        return place.depth + 1
    }

    private mutating func begin(_ task: AnyTask) -> Int {
        let depth = places[task]?.depth ?? below(checks.last)
        places[task] = Place(depth: depth, isBegun: true)
        return depth
    }

    private mutating func endCheck(of task: AnyTask) {
        // From the end: with one job, the check that ends is the last.
        if let place = checks.lastIndex(of: task) { checks.remove(at: place) }
    }
}
