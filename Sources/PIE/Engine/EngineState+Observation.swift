extension EngineState {
    /// Notes that the host requires a task: it is kept up to date from now on (R8).
    mutating func observeRoot(_ task: TaskID) {
        let node = graph.nodes.address(Int(task))
        if node.pointee.flags.contains(.root) { return }
        node.pointee.flags.insert(.root)
        graph.storage?.touch(task)
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
        graph.storage?.touch(task)
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
            node.pointee.observers -= 1
            guard node.pointee.observers == 0, !node.pointee.flags.contains(.root),
                node.pointee.flags.contains(.observed)
            else { continue }
            node.pointee.flags.subtract([.observed, .kept])
            for id in graph.range(of: current) where graph.dependencies[id].kind == .require {
                open.append(graph.dependencies[id].target)
            }
            open.append(contentsOf: graph.attempts.removeValue(forKey: current) ?? [])
            open.append(contentsOf: heldByExecution(of: current))
        }
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
        graph.nodes[task].flags.insert(.observed)
        var open = [task]
        while let current = open.popLast() {
            let node = graph.nodes.address(Int(current))
            if node.pointee.verified == epoch && node.pointee.version != 0 { node.pointee.flags.insert(.kept) }
            let isPending = node.pointee.flags.contains(.attempted) || node.pointee.flags.contains(.unstable)
            if isPending && node.pointee.claim == 0 { addPending(current) }
            for id in graph.range(of: current) where graph.dependencies[id].kind == .require {
                let target = graph.nodes.address(Int(graph.dependencies[id].target))
                target.pointee.observers += 1
                if !target.pointee.flags.contains(.observed) {
                    target.pointee.flags.insert(.observed)
                    open.append(graph.dependencies[id].target)
                }
            }
        }
    }

    /// Puts a task in line for the next update.
    mutating func addPending(_ task: TaskID) {
        let node = graph.nodes.address(Int(task))
        if node.pointee.flags.contains(.pending) { return }
        node.pointee.flags.insert(.pending)
        pending.append(task)
    }
}
