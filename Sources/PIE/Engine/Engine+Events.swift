extension Engine {
    /// The event that trackers see.
    func event(for note: Note) -> BuildEvent {
        switch note {
        case .sessionBegan(let epoch): .sessionBegan(Int(epoch))
        case .sessionEnded(let epoch): .sessionEnded(Int(epoch))
        case .updateBegan(let changes): .updateBegan(changes)
        case .updateEnded(let report): .updateEnded(report)
        case .required(let task, let requirer): .required(box(task), by: requirer == 0 ? nil : box(requirer))
        case .answered(let task, let requirer): .answered(box(task), by: requirer == 0 ? nil : box(requirer))
        case .scheduled(let task): .scheduled(box(task))
        case .checking(let task): .checking(box(task))
        case .reused(let task): .reused(box(task))
        case .executing(let task, let reason, let change):
            .executing(box(task), reason: describe(reason, of: task, change))
        case .executed(let task, let changed): .executed(box(task), changed: changed)
        case .failed(let task, let error): .failed(box(task), error)
        case .cancelled(let task): .cancelled(box(task))
        case .read(let resource, let task): .read(file(resource), by: box(task))
        case .provided(let resource, let task, let changed): .provided(file(resource), by: box(task), changed: changed)
        case .orphaned(let resource): .orphaned(file(resource))
        case .store(let notice): .store(notice)
        case .bufferIgnored(let resource, let provider): .bufferIgnored(file(resource), provider: box(provider))
        }
    }

    /// A stored reason in users' terms.
    func describe(_ reason: StoredReason, of task: TaskID, _ change: LeafChange?) -> ExecutionReason {
        let before = change?.before.map(describe)
        var after = (change?.after).map(describe)
        if reason.kind != .resource, let text = before, text == after { after = text + ", rewritten" }
        func dependency(_ target: ExecutionReason.Target) -> ExecutionReason {
            .dependency(ExecutionReason.Change(target: target, before: before, after: after))
        }
        switch reason.kind {
        case .none, .new: return .new
        case .lastRunFailed: return .lastRunFailed
        case .forced: return .forced
        case .version:
            let (table, versions) = state.withLock { state in
                let table = tables.table(state.graph.nodes[task].type)
                return (table, table.versions)
            }
            // An output that did not decode was made by no version that anybody knows.
            let before = Int(reason.target) < versions.count ? versions[Int(reason.target)] : table.presentVersion
            return .version(from: before, to: table.presentVersion)
        case .task: return dependency(.task(box(reason.target)))
        case .failedTask: return dependency(.failed(box(reason.target)))
        case .file: return dependency(.file(file(reason.target)))
        case .provided: return dependency(.provided(file(reason.target)))
        case .resource:
            let resource = table(ofResource: reason.target)
            return dependency(.resource(resource.map { $0.table.describe($0.local) } ?? "an unknown resource"))
        }
    }

    /// What was seen of a resource, without its times, so that builds of equal files tell equal reasons (R18).
    private func describe(_ observation: Observation) -> String {
        if observation.isUnreadable { return "unreadable" }
        if let stamp = observation.stamp { return stamp.text }
        switch observation.file.kind {
        case .missing, .directory, .other: return observation.file.description
        case .regularFile:
            let size = observation.file.size == 1 ? "1 byte" : "\(observation.file.size) bytes"
            return observation.file.isBuffer ? "unsaved buffer, \(size)" : size
        }
    }

    /// Why a task ran in the present session, or why it did not.
    func explain(_ task: TaskID) -> Explanation {
        let outcome = state.withLock { state -> Explanation.Outcome in
            let node = state.graph.nodes[task]
            if node.flags.contains(.failed) { return .failed }
            if node.executed == state.epoch { return .executed }
            if node.verified == state.epoch { return .reused }
            return .unvisited
        }
        guard outcome == .executed || outcome == .failed else {
            return Explanation(task: box(task), outcome: outcome, chain: [])
        }
        var chain: [Explanation.Link] = []
        var current = task
        var seen: Set<TaskID> = []
        while seen.insert(current).inserted {
            let (reason, change) = state.withLock { state in
                let reason = state.graph.reasons[current]
                return (reason, state.leafChange(for: reason, of: current))
            }
            chain.append(Explanation.Link(task: box(current), reason: describe(reason, of: current, change)))
            guard reason.kind == .task || reason.kind == .failedTask, isNewlyRun(reason.target, since: reason.epoch)
            else { break }
            current = reason.target
        }
        return Explanation(task: box(task), outcome: outcome, chain: chain)
    }

    /// Whether a task's last stored reason leads on towards the leaf of a change.
    private func isNewlyRun(_ task: TaskID, since epoch: Epoch) -> Bool {
        state.withLock { $0.graph.reasons[task].epoch != 0 }
    }
}
