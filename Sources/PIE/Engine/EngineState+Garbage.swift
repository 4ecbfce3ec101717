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
        var forgotten: [TaskID] = []
        for task in 1..<max(1, TaskID(graph.nodes.count)) {
            graph.bring(task)
            let node = graph.nodes.address(Int(task))
            let isKnown = node.pointee.version != 0 || !node.pointee.flags.isEmpty
            if isKnown && !node.pointee.flags.contains(.observed) { forgotten.append(task) }
        }
        forget(forgotten)
        return forgotten
    }

    /// Forgets tasks that nobody observes.
    mutating func forget(_ forgotten: [TaskID]) {
        for task in forgotten {
            for (resource, stamp) in provided(by: task) where !Mutation.isOn(.forgottenTasksProvide) {
                disown(resource, of: task, left: stamp)
            }
            dropRecord(of: task)
        }
        // Only now, since they have required each other.
        for task in forgotten {
            let node = graph.nodes.address(Int(task))
            node.pointee.version = 0
            node.pointee.verified = 0
            node.pointee.executed = 0
            node.pointee.flags = []
            graph.reasons[task] = StoredReason()
            ownChanges[task] = nil
            graph.attempts[task] = nil
        }
    }

    /// Takes a file from a task that is forgotten, unless another one has it by now.
    private mutating func disown(_ resource: ResourceID, of task: TaskID, left stamp: FileStamp) {
        let provider = graph.resources[resource].provider
        // Who had it before the last provider knows less of what was left.
        if provider == 0 && orphans[resource] != nil { return }
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
    mutating func orphansByName() -> [(resource: ResourceID, file: File, stamp: FileStamp)] {
        orphans.map { ($0.key, file($0.key), $0.value) }.sorted { $0.1.path < $1.1.path }
    }

    /// Whether a kept task reads an orphan, or sees it in its folder.
    mutating func isInUse(_ orphan: ResourceID) -> Bool {
        if Mutation.isOn(.usedFilesDeleted) { return false }
        return graph.resources[orphan].provider != 0 || graph.firstReader(of: orphan) != 0
            || listings.showing(file(orphan)).contains { graph.firstReader(of: $0) != 0 }
    }

    /// Notes that an orphan was deleted, or is the user's by now.
    mutating func forgetOrphan(_ resource: ResourceID) { orphans[resource] = nil }
}
