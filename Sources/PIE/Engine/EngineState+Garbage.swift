/// Forgetting what nobody observes (R16).
extension EngineState {
    /// Forgets every task that is not observed; the files they provided become orphans.
    ///
    /// The tasks keep their ids: when somebody requires one again it is as new. No session is open.
    ///
    /// - Returns: The forgotten tasks, whose outputs their tables are to let go of.
    /// - Complexity: O(*n*) for *n* tasks.
    mutating func forgetUnobserved() -> [TaskID] {
        letGoOfCircles()
        let forgotten = (1..<max(1, TaskID(graph.nodes.count))).filter { task in
            let node = graph.nodes.address(Int(task))
            return !node.pointee.flags.contains(.observed)
                && (node.pointee.version != 0 || !node.pointee.flags.isEmpty)
        }
        for task in forgotten {
            for (resource, stamp) in provided(by: task) { disown(resource, of: task, left: stamp) }
            dropRecord(of: task)
        }
        // Only now, since they have required each other.
        for task in forgotten {
            let node = graph.nodes.address(Int(task))
            node.pointee.version = 0
            node.pointee.verified = 0
            node.pointee.executed = 0
            node.pointee.flags = []
            reasons[task] = StoredReason()
            ownChanges[task] = nil
            attempts[task] = nil
        }
        return forgotten
    }

    /// Takes a file from a task that is forgotten, unless another one has it by now.
    private mutating func disown(_ resource: ResourceID, of task: TaskID, left stamp: FileStamp) {
        let provider = graph.resources[resource].provider
        guard provider == task || provider == 0 else { return }
        if provider == task {
            graph.resources[resource].provider = 0
            listings.removeProvided(resource)
            facesChanged(of: resource)
        }
        orphan(resource, left: stamp)
    }

    // MARK: Orphans

    /// The files that nobody provides any more, and what was left of them, in the order of their names.
    func orphansByName() -> [(resource: ResourceID, file: File, stamp: FileStamp)] {
        orphans.map { ($0.key, file($0.key), $0.value) }.sorted { $0.1.path < $1.1.path }
    }

    /// Whether a kept task reads an orphan, or sees it in its folder.
    func isInUse(_ orphan: ResourceID) -> Bool {
        graph.resources[orphan].provider != 0 || graph.resources[orphan].firstReader != 0
            || listings.showing(file(orphan)).contains { graph.resources[$0].firstReader != 0 }
    }

    /// Notes that an orphan was deleted, or is the user's by now.
    mutating func forgetOrphan(_ resource: ResourceID) { orphans[resource] = nil }
}
