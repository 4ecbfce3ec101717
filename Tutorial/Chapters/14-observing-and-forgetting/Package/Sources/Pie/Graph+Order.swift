extension Graph {
    /// Puts a task in line.
    mutating func schedule(_ task: AnyTask) {
        scheduled.insert(task)
    }

    /// Takes a task out of the line, unless it has required one that failed: that may be different the next time.
    mutating func unschedule(_ task: AnyTask) {
        let hasMetFailure = self[task]?.dependencies.contains { dependency in
            if case .task(let required) = dependency { required.output == nil } else { false }
        }
        if hasMetFailure == true { scheduled.insert(task) } else { scheduled.remove(task) }
    }

    /// The task in line that comes before all others: on the lowest level, and there the oldest.
    func nextScheduled(where isWanted: (AnyTask) -> Bool) -> AnyTask? {
        scheduled.lazy.filter(isWanted).min { place(of: $0) < place(of: $1) }
    }

    private func place(of task: AnyTask) -> (Int, Int) {
        (levels[task] ?? 0, numbers[task] ?? 0)
    }

    /// Lifts a task above all that it requires, and those that require it above it.
    mutating func raise(_ task: AnyTask) {
        var waiting = [task]
        while let next = waiting.popLast() {
            let level = 1 + (tasksRequired(by: next).map { levels[$0] ?? 0 }.max() ?? 0)
            guard level > levels[next] ?? 0 else { continue }
            levels[next] = level
            waiting += requirers(of: next)
        }
    }
}

extension Graph {
    /// Whether a task, or any that it requires, directly or through others, is in line.
    func isReachedByChange(_ task: AnyTask) -> Bool {
        guard let lowest = scheduled.lazy.compactMap({ levels[$0] }).min() else { return false }
        var seen: Set<AnyTask> = [task]
        var waiting = [task]
        while let next = waiting.popLast() {
            if scheduled.contains(next) { return true }
            guard levels[next] ?? 0 > lowest else { continue }
            waiting += tasksRequired(by: next).filter { seen.insert($0).inserted }
        }
        return false
    }
}
