extension EngineState {
    /// Notes that the host requires a task: it is kept up to date from now on (R8).
    mutating func observeRoot(_ task: TaskID) {
        let node = graph.nodes.address(Int(task))
        if node.pointee.flags.contains(.root) { return }
        node.pointee.flags.insert(.root)
        graph.storage?.touchAgain(task)
        observe(task)
    }

    /// Notes that the host asks for a task to be kept up to date without requiring it: the next update begins with it.
    mutating func keepUpToDate(_ task: TaskID) {
        observeRoot(task)
        if !graph.nodes[task].flags.contains(.kept) { addPending(task) }
    }

    /// Notes that the host does not need a task any more: it is kept up to date only if an observed task requires it.
    mutating func unobserveRoot(_ task: TaskID) {
        let node = graph.nodes.address(Int(task))
        guard node.pointee.flags.contains(.root) else { return }
        node.pointee.flags.remove(.root)
        graph.storage?.touchAgain(task)
        // As if the host's were the last dependency on it.
        node.pointee.observers += 1
        removeObserver(task)
    }

    /// Notes that a dependency of an observed task is on a task.
    mutating func addObserver(_ task: TaskID) {
        graph.nodes[task].observers += 1
        observe(task)
    }

    /// Notes that a dependency of an observed task on a task is gone.
    mutating func removeObserver(_ task: TaskID) {
        var open = [task]
        while let current = open.popLast() {
            let node = graph.nodes.address(Int(current))
            node.pointee.observers.lower()
            guard node.pointee.flags.contains(.observed), !node.pointee.flags.contains(.root) else { continue }
            if node.pointee.observers > 0 {
                hasLostObservers = true
            } else {
                endObserving(current, &open)
            }
        }
    }

    /// Makes a task unobserved.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - open: Gains what it has observed, for each observer that is gone.
    mutating func endObserving(_ task: TaskID, _ open: inout [TaskID]) {
        graph.nodes[task].flags.subtract(Mutation.isOn(.unobservedTasksTrusted) ? .observed : [.observed, .kept])
        appendRequired(by: task, to: &open)
        open.append(contentsOf: heldByExecution(of: task))
    }

    /// What is observed only for the sake of a task that executes, and has not recorded it yet; each counts one observer.
    private mutating func heldByExecution(of task: TaskID) -> [TaskID] {
        var held: [TaskID] = []
        var entry = graph.nodes[task].claim == 0 ? 0 : claims[graph.nodes[task].claim].head
        while entry != 0 {
            let item = recorded[entry]
            if item.kind == .require {
                let target = graph.nodes.address(Int(item.target))
                if target.pointee.observers == 0 && target.pointee.flags.contains(.observed)
                    && !target.pointee.flags.contains(.root)
                {
                    target.pointee.observers = 1
                    held.append(item.target)
                }
            }
            entry = item.next
        }
        return held
    }

    /// Makes a task observed, and all that it is recorded to require.
    mutating func observe(_ task: TaskID) {
        if graph.nodes[task].flags.contains(.observed) { return }
        var open: [TaskID] = []
        beginObserving(task, &open)
        while let current = open.popLast() {
            graph.nodes[current].observers += 1
            if !graph.nodes[current].flags.contains(.observed) { beginObserving(current, &open) }
        }
    }

    /// Makes a task observed.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - open: Gains what it observes, for each observer that is new.
    private mutating func beginObserving(_ task: TaskID, _ open: inout [TaskID]) {
        graph.bringRecord(of: task)
        let node = graph.nodes.address(Int(task))
        node.pointee.flags.insert(.observed)
        if node.pointee.verified == epoch && node.pointee.version != 0 { node.pointee.flags.insert(.kept) }
        if !node.pointee.flags.isDisjoint(with: .restless) && node.pointee.claim == 0 { addPending(task) }
        // What nothing was recorded of, nothing can put in line.
        if isUpdating && node.pointee.dependencyCount > 0 { update.newlyObserved.insert(task) }
        appendRequired(by: task, to: &open)
    }

    /// Finds what a task is recorded to require, by its last success and by its last attempt.
    private mutating func appendRequired(by task: TaskID, to open: inout [TaskID]) {
        for id in graph.range(of: task) where graph.dependencies[id].kind == .require {
            open.append(graph.dependencies[id].target)
        }
        if graph.nodes[task].flags.contains(.attempted) { open.append(contentsOf: graph.attempts[task] ?? []) }
    }

    /// Puts a task in line for the next update.
    mutating func addPending(_ task: TaskID) {
        let node = graph.nodes.address(Int(task))
        if node.pointee.flags.contains(.pending) || Mutation.isOn(.pendingTasksForgotten) { return }
        node.pointee.flags.insert(.pending)
        pending.append(task)
    }
}
