/// Hidden dependencies and overlaps (R10, R11): who may read and who may provide a file.
///
/// Both are judged between tasks that this session has made consistent, when the second of them reads or provides. A
/// task that the session has not visited counts only if the host itself observes it and its record still holds, which
/// is found out by probing it; otherwise its claim to the file lapses.
extension EngineState {
    /// What is to be said about an access to a file.
    enum Judgement {
        case allowed
        case hidden
        case probe(TaskID)
    }

    // MARK: Reading

    /// Judges a recorded read whose file has another provider.
    ///
    /// - Parameters:
    ///   - resource: The file.
    ///   - reader: The task that is checked.
    ///   - barrier: How many of its dependencies had been answered when it read the file; they hold.
    mutating func judgeRecordedRead(_ resource: ResourceID, of reader: TaskID, at barrier: UInt32) -> Judgement {
        let provider = graph.resources[resource].provider
        let verdict = judgeProvider(provider, of: resource)
        guard case .hidden = verdict else { return verdict }
        let first = graph.nodes[reader].firstDependency
        var starts: [TaskID] = []
        for id in first..<first + min(barrier, graph.nodes[reader].dependencyCount) {
            let dependency = graph.dependencies.address(Int(id))
            guard dependency.pointee.kind == .require, !dependency.pointee.never else { continue }
            if dependency.pointee.target == provider { return .allowed }
            starts.append(dependency.pointee.target)
        }
        return reaches(provider, from: starts) ? .allowed : .hidden
    }

    /// Judges a read that an execution is about to make, or made.
    ///
    /// - Parameters:
    ///   - resource: The file.
    ///   - id: The reader's claim.
    ///   - answered: How many of its requests had been answered when it read; those after do not count.
    mutating func judgeRead(_ resource: ResourceID, in id: ClaimID, answered: UInt32) -> Judgement {
        let provider = graph.resources[resource].provider
        let claim = claims.address(Int(id))
        if provider == 0 || provider == claim.pointee.task { return .allowed }
        let verdict = judgeProvider(provider, of: resource)
        guard case .hidden = verdict else { return verdict }
        var starts: [TaskID] = []
        var entry = claim.pointee.head
        while entry != 0 {
            let item = recorded.address(Int(entry))
            if item.pointee.position >= answered { break }
            if item.pointee.kind == .require && item.pointee.answered && !item.pointee.never {
                if item.pointee.target == provider { return .allowed }
                starts.append(item.pointee.target)
            }
            entry = item.pointee.next
        }
        return reaches(provider, from: starts) ? .allowed : .hidden
    }

    /// Whether a provider counts: `hidden` if it does, so that a path to it is needed.
    private mutating func judgeProvider(_ provider: TaskID, of resource: ResourceID) -> Judgement {
        if isConsistent(provider) { return .hidden }
        let node = graph.nodes.address(Int(provider))
        // Being made consistent now: it is judged when it is, as the second of the two.
        if node.pointee.claim != 0 { return .allowed }
        if node.pointee.flags.contains(.root) && !node.pointee.flags.contains(.failed)
            && !refused.contains(provider)
        {
            return .probe(provider)
        }
        lapse(resource)
        return .allowed
    }

    /// Ends a task's claim to a file; if it becomes consistent later in this session it is judged then.
    private mutating func lapse(_ resource: ResourceID) {
        let provider = graph.resources[resource].provider
        graph.resources[resource].provider = 0
        listings.removeProvided(resource)
        graph.nodes[provider].flags.insert(.lapsed)
        graph.nodes[provider].flags.remove(.kept)
        if graph.nodes[provider].flags.contains(.observed) {
            if isUpdating { schedule(provider) } else { addPending(provider) }
        }
    }

    // MARK: Providing

    /// What is to be said about providing a file.
    enum ProvideJudgement {
        case allowed
        case overlap(TaskID)
        case hidden(reader: TaskID)
        case probe(TaskID)
    }

    /// Judges that an execution is about to write a file, before a byte is written, or is about to be committed.
    mutating func judgeProvide(_ resource: ResourceID, in id: ClaimID) -> ProvideJudgement {
        let task = claims[id].task
        let provider = graph.resources[resource].provider
        if provider != 0 && provider != task {
            switch judgeProvider(provider, of: resource) {
            case .hidden: return .overlap(provider)
            case .probe(let other): return .probe(other)
            case .allowed: break
            }
        }
        // Readers that are consistent already cannot have this task below them: it is not consistent yet.
        let isNew = provider != task
        guard isNew || graph.resources[resource].readEpoch == epoch else { return .allowed }
        var dependency = graph.resources[resource].firstReader
        while dependency != 0 {
            let item = graph.dependencies.address(Int(dependency))
            if item.pointee.kind.isRead && item.pointee.owner != task {
                let reader = item.pointee.owner
                let node = graph.nodes.address(Int(reader))
                if node.pointee.verified == epoch { return .hidden(reader: reader) }
                if isNew && node.pointee.claim == 0 && node.pointee.flags.contains(.root)
                    && !node.pointee.flags.contains(.failed) && !refused.contains(reader)
                {
                    return .probe(reader)
                }
            }
            dependency = item.pointee.next
        }
        if isNew, let reader = consistentLister(of: resource, except: task) { return .hidden(reader: reader) }
        return .allowed
    }

    /// A consistent task that has listed a folder in which a file is about to appear: it read the file's existence.
    private func consistentLister(of resource: ResourceID, except task: TaskID) -> TaskID? {
        for listing in listings.showing(file(resource)) {
            var dependency = graph.resources[listing].firstReader
            while dependency != 0 {
                let item = graph.dependencies.address(Int(dependency))
                let owner = item.pointee.owner
                if owner != task && graph.nodes[owner].verified == epoch { return owner }
                dependency = item.pointee.next
            }
        }
        return nil
    }

    /// Whether a task that this session made consistent has read a file, other than its provider.
    func wasReadElsewhere(_ resource: ResourceID, by provider: TaskID) -> Bool {
        guard graph.resources[resource].readEpoch == epoch else { return false }
        var dependency = graph.resources[resource].firstReader
        while dependency != 0 {
            let item = graph.dependencies.address(Int(dependency))
            if item.pointee.kind.isRead && item.pointee.owner != provider
                && graph.nodes[item.pointee.owner].verified == epoch
            {
                return true
            }
            dependency = item.pointee.next
        }
        return false
    }

    // MARK: Paths

    /// Whether a task is below others by recorded requirements.
    ///
    /// Searches from both ends by turns, pruned by level, so the cost is twice that of the cheaper direction.
    func reaches(_ target: TaskID, from starts: [TaskID]) -> Bool {
        let floor = graph.nodes[target].level
        var down = starts.filter { graph.nodes[$0].level > floor }
        if starts.contains(target) { return true }
        if down.isEmpty { return false }
        let ceiling = down.map { graph.nodes[$0].level }.max() ?? 0
        var below = Set(down)
        var up = [target]
        var above: Set<TaskID> = [target]
        while true {
            guard let lower = down.popLast() else { return false }
            for id in graph.range(of: lower) {
                let dependency = graph.dependencies.address(Int(id))
                guard dependency.pointee.kind == .require, !dependency.pointee.never else { continue }
                let next = dependency.pointee.target
                if above.contains(next) { return true }
                if graph.nodes[next].level > floor && below.insert(next).inserted { down.append(next) }
            }
            guard let upper = up.popLast() else { return false }
            var id = graph.nodes[upper].firstRequirer
            while id != 0 {
                let dependency = graph.dependencies.address(Int(id))
                let next = dependency.pointee.owner
                id = dependency.pointee.next
                if dependency.pointee.never { continue }
                if below.contains(next) { return true }
                if graph.nodes[next].level <= ceiling && above.insert(next).inserted { up.append(next) }
            }
        }
    }
}
