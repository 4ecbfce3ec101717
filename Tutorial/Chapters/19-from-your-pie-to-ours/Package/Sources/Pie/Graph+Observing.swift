extension Graph {
    /// Whether the host wants a task, or wants one that requires it.
    func isObserved(_ task: AnyTask) -> Bool {
        var seen: Set<AnyTask> = [task]
        var waiting = [task]
        while let next = waiting.popLast() {
            if roots.contains(next) { return true }
            waiting += requirers(of: next).filter { seen.insert($0).inserted }
        }
        return false
    }
}

extension Graph {
    /// The tasks that there are records of, the oldest first.
    var tasks: [AnyTask] {
        numbers.keys.filter { self[$0] != nil }.sorted { numbers[$0, default: 0] < numbers[$1, default: 0] }
    }

    /// The tasks that nobody wants, the oldest first.
    var garbage: [AnyTask] { tasks.filter { !isObserved($0) } }
}
