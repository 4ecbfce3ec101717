/// Tasks that observe each other in a circle.
///
/// Observers are counted, and in a circle each task is counted by the one before it, even when no root is above any of
/// them. What successful executions required forms no circle: each leads through a task that failed, or that has caught
/// a failure. Updates take those up unasked; so looking upwards from what is pending finds every circle.
extension EngineState {
    /// Makes unobserved what observes itself in a circle, and no root does any more.
    ///
    /// No task is claimed when it is called.
    ///
    /// - Complexity: O(1) unless something observed has lost one of several observers since the last call. Then, in the
    ///   number of restless tasks, of what their last attempts required, and of the tasks on a way from them to a root.
    mutating func letGoOfCircles() {
        guard hasLostObservers, !Mutation.isOn(.circlesKept) else { return }
        hasLostObservers = false
        let restless = pending.filter { !graph.nodes[$0].flags.isDisjoint(with: .restless) }
        if restless.isEmpty { return }
        var attempting: [TaskID: [TaskID]] = [:]
        for (task, required) in graph.attempts where graph.nodes[task].flags.contains(.observed) {
            for target in required { attempting[target, default: []].append(task) }
        }
        var rooted: Set<TaskID> = []
        for task in restless where graph.nodes[task].flags.contains(.observed) {
            let circle = observers(of: task, attempting, &rooted)
            var open: [TaskID] = []
            for member in circle {
                endObserving(member, &open)
                // Who replays what is stored looks at the circle again because of that.
                graph.storage?.touchAgain(member)
            }
            for target in open { removeObserver(target) }
        }
    }

    /// Finds all tasks that observe a task, itself among them, unless one of them is a root.
    ///
    /// - Parameters:
    ///   - task: An observed task.
    ///   - attempting: By task, those whose last attempts required it.
    ///   - rooted: Tasks below a root, and where others are found.
    /// - Returns: The tasks, which only observe each other; empty if a root does.
    private mutating func observers(
        of task: TaskID,
        _ attempting: [TaskID: [TaskID]],
        _ rooted: inout Set<TaskID>
    ) -> [TaskID] {
        var found = [task]
        // By task, the one that it observes on the way to the first.
        var below: [TaskID: TaskID] = [task: 0]
        var open = [task]
        while let current = open.popLast() {
            if graph.nodes[current].flags.contains(.root) || rooted.contains(current) {
                var step = current
                while step != 0 {
                    rooted.insert(step)
                    step = below[step] ?? 0
                }
                return []
            }
            func climb(to observer: TaskID) {
                guard graph.nodes[observer].flags.contains(.observed), below[observer] == nil else { return }
                below[observer] = current
                found.append(observer)
                open.append(observer)
            }
            var id = graph.firstRequirer(of: current)
            while id != 0 {
                climb(to: graph.dependencies[id].owner)
                id = graph.dependencies[id].next
            }
            for observer in attempting[current] ?? [] { climb(to: observer) }
        }
        return found
    }
}
