/// An event in terms of ids, until it is delivered outside the lock.
enum Note {
    case sessionBegan(Epoch)
    case sessionEnded(Epoch)
    case updateBegan(ChangeSet)
    case updateEnded(UpdateReport)
    case required(TaskID, by: TaskID)
    case answered(TaskID, by: TaskID)
    case scheduled(TaskID)
    case checking(TaskID)
    case reused(TaskID)
    case executing(TaskID, StoredReason, LeafChange?)
    case executed(TaskID, changed: Bool)
    case failed(TaskID, any Error)
    case cancelled(TaskID)
    case read(ResourceID, by: TaskID)
    case provided(ResourceID, by: TaskID, changed: Bool)
    case orphaned(ResourceID)
    case bufferIgnored(ResourceID, provider: TaskID)
    case store(StoreNotice)
}

extension EngineState {
    mutating func note(_ note: Note) { outbox.add(note) }

    /// The task of a claim; 0 for the host.
    func task(of claim: ClaimID) -> TaskID { claim == 0 ? 0 : claims[claim].task }

    /// Stores why a task is executed (R19).
    mutating func noteReason(_ kind: StoredReason.Kind, target: UInt32, of task: TaskID, at position: UInt32) {
        let kind = Mutation.isOn(.reasonsForgotten) ? .new : kind
        graph.reasons[task] = StoredReason(epoch: epoch, target: target, kind: kind)
        if !ownChanges.isEmpty { ownChanges[task] = nil }
        guard kind == .file || kind == .provided || kind == .resource else { return }
        let dependency = graph.dependencies[graph.nodes[task].firstDependency + position]
        let seen = dependency.never ? 0 : dependency.seen
        let current = current(graph.resources.address(Int(target)), for: dependency.kind)
        // Most readers saw the same: they share one change. Who lagged behind has its own.
        let shared = leafChanges[target].flatMap { $0.epoch == epoch ? $0 : nil }
        if let shared, shared.seen == seen, shared.current == current { return }
        let change = LeafChange(
            epoch: epoch,
            seen: seen,
            current: current,
            before: dependency.never ? nil : graph.observations[dependency.seen],
            after: graph.observations[current]
        )
        if shared == nil { leafChanges[target] = change } else { ownChanges[task] = change }
    }

    /// Notes that a task begins to execute, for the reason that was stored.
    mutating func noteExecuting(_ task: TaskID) {
        let reason = graph.reasons[task]
        note(.executing(task, reason, leafChange(for: reason, of: task)))
    }

    /// What changed of a resource, if it was kept.
    func leafChange(for reason: StoredReason, of task: TaskID) -> LeafChange? {
        switch reason.kind {
        case .file, .provided, .resource:
            if let own = ownChanges[task], own.epoch == reason.epoch { return own }
            guard let change = leafChanges[reason.target], change.epoch == reason.epoch else { return nil }
            return change
        case .none, .new, .version, .lastRunFailed, .forced, .task, .failedTask:
            return nil
        }
    }
}

/// A change of a resource, as an explanation tells it.
struct LeafChange {
    var epoch: Epoch
    var seen: ObservationID
    var current: ObservationID
    var before: Observation?
    var after: Observation
}
