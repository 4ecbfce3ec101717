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
    ///   - claim: The claim of the reader, which is checked.
    ///   - barrier: How many of its dependencies had been answered when it read the file; they hold.
    /// - Returns: Whether it may have read the file, or what must be known first.
    mutating func judgeRecordedRead(
        _ resource: ResourceID,
        by claim: UnsafeMutablePointer<Claim>,
        at barrier: UInt32
    ) -> Judgement {
        let provider = graph.resources[resource].provider
        let standing = standing(of: provider)
        switch standing {
        case .underway: return allowUntilEnd(of: provider)
        case .doubtful: return .probe(provider)
        case .consistent, .unvisited: break
        }
        let generation = claim.pointee.generation
        if barrier >= claim.pointee.cursor && graph.nodes[provider].recordedBy == generation { return .allowed }
        let node = graph.nodes.address(Int(claim.pointee.task))
        var next = node.pointee.firstDependency
        let end = next + min(barrier, node.pointee.dependencyCount)
        let isReached = reaches(provider) { state in
            while next < end {
                let dependency = state.graph.dependencies.address(Int(next))
                next += 1
                if dependency.pointee.kind == .require && !dependency.pointee.never { return dependency.pointee.target }
            }
            return nil
        }
        return isReached ? .allowed : judgeUnreached(resource, standing)
    }

    /// Judges a read that an execution is about to make, or made.
    ///
    /// - Parameters:
    ///   - resource: The file.
    ///   - id: The reader's claim.
    ///   - answered: How many of its requests had been answered when it read; those after do not count.
    /// - Returns: Whether it may read the file, or what must be known first.
    mutating func judgeRead(_ resource: ResourceID, in id: ClaimID, answered: UInt32) -> Judgement {
        let provider = graph.resources[resource].provider
        let claim = claims.address(Int(id))
        if provider == 0 || provider == claim.pointee.task { return .allowed }
        let standing = standing(of: provider)
        switch standing {
        case .underway: return allowUntilEnd(of: provider)
        case .doubtful: return .probe(provider)
        case .consistent, .unvisited: break
        }
        // Code that awaits each answer before it goes on: what was asked for has been answered.
        if answered >= claim.pointee.count && claim.pointee.answered == claim.pointee.count
            && graph.nodes[provider].recordedBy == claim.pointee.generation
        {
            return .allowed
        }
        var entry = claim.pointee.head
        let isReached = reaches(provider) { state in
            while entry != 0 {
                let item = state.recorded.address(Int(entry))
                if item.pointee.position >= answered { return nil }
                entry = item.pointee.next
                if item.pointee.kind == .require && item.pointee.answered && !item.pointee.never {
                    return item.pointee.target
                }
            }
            return nil
        }
        return isReached ? .allowed : judgeUnreached(resource, standing)
    }

    /// How a provider stands in this session.
    private enum Standing {
        /// It was made consistent.
        case consistent

        /// It is being made consistent now, and judged when it is, as the second of the two.
        case underway

        /// The host itself observes it, so it counts if its record holds, and is to be probed.
        case doubtful

        /// It does not count, unless an update has trusted it without a look, as part of what the reader required.
        case unvisited
    }

    private mutating func standing(of provider: TaskID) -> Standing {
        if isConsistent(provider) { return .consistent }
        let node = graph.nodes.address(Int(provider))
        if node.pointee.claim != 0 { return .underway }
        let isRefused = node.pointee.flags.contains(.failed) || refused.contains(provider)
        return node.pointee.flags.contains(.root) && !isRefused ? .doubtful : .unvisited
    }

    /// Allows a read of a file whose provider is being made consistent, which is judged then.
    private mutating func allowUntilEnd(of provider: TaskID) -> Judgement {
        claims.address(Int(graph.nodes[provider].claim)).pointee.flags.insert(.isRead)
        return .allowed
    }

    /// Judges a read of a file whose provider the reader has not required.
    private mutating func judgeUnreached(_ resource: ResourceID, _ standing: Standing) -> Judgement {
        if standing == .consistent { return Mutation.isOn(.hiddenReadsAllowed) ? .allowed : .hidden }
        lapse(resource)
        return .allowed
    }

    /// Ends a task's claim to a file; if it becomes consistent later in this session it is judged then.
    private mutating func lapse(_ resource: ResourceID) {
        let provider = graph.resources[resource].provider
        graph.resources[resource].provider = 0
        listings.removeProvided(resource)
        facesChanged(of: resource)
        graph.nodes[provider].flags.insert(.lapsed)
        graph.nodes[provider].flags.remove(.kept)
        graph.storage?.touchAgain(provider)
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
            switch standing(of: provider) {
            case .consistent where !Mutation.isOn(.overlapsAllowed): return .overlap(provider)
            case .doubtful: return .probe(provider)
            case .underway, .consistent: break
            case .unvisited: lapse(resource)
            }
        }
        // Readers that are consistent already cannot have this task below them: it is not consistent yet.
        let isNew = provider != task
        if let reader = consistentLister(of: resource, beside: task, isNew: isNew) { return hidden(reader) }
        guard isNew || graph.resources[resource].readEpoch == epoch else { return .allowed }
        var dependency = graph.firstReader(of: resource)
        while dependency != 0 {
            let item = graph.dependencies.address(Int(dependency))
            if item.pointee.kind.isRead && item.pointee.owner != task {
                let reader = item.pointee.owner
                let node = graph.nodes.address(Int(reader))
                if isDone(reader) { return hidden(reader) }
                if isNew && node.pointee.claim == 0 && node.pointee.flags.contains(.root)
                    && !node.pointee.flags.contains(.failed) && !refused.contains(reader)
                {
                    // One that an update trusts needs no look: it holds.
                    return isConsistent(reader) ? hidden(reader) : .probe(reader)
                }
            }
            dependency = item.pointee.next
        }
        return .allowed
    }

    /// Whether this session has made a task consistent, be it that an update which has returned had no need to look.
    private mutating func isDone(_ task: TaskID) -> Bool {
        graph.nodes[task].verified == epoch || isUpToDate && isConsistent(task)
    }

    /// A reader that keeps another task from providing a file: the next update looks at it again, before it trusts it.
    private mutating func hidden(_ reader: TaskID) -> ProvideJudgement {
        graph.nodes[reader].flags.remove(.kept)
        graph.storage?.touchAgain(reader)
        if graph.nodes[reader].flags.contains(.observed) { addPending(reader) }
        return .hidden(reader: reader)
    }

    /// A consistent task that has listed a folder in which a task is about to provide a file: it read the file's
    /// existence.
    ///
    /// If the task has provided the file before, who listed the folder while it was being made consistent was not judged.
    private mutating func consistentLister(of resource: ResourceID, beside task: TaskID, isNew: Bool) -> TaskID? {
        guard isNew || earlyListings == epoch else { return nil }
        for listing in listings.showing(file(resource)) where isNew || graph.resources[listing].readEpoch == epoch {
            var dependency = graph.firstReader(of: listing)
            while dependency != 0 {
                let item = graph.dependencies[dependency]
                if item.owner != task && isDone(item.owner) && (isNew || !isAbove(item.owner, task)) {
                    return item.owner
                }
                dependency = item.next
            }
        }
        return nil
    }

    /// Notes that a listing shows a file whose provider is being made consistent, and judged when it is.
    mutating func noteEarlyListing(_ listing: ResourceID) {
        graph.resources[listing].readEpoch = epoch
        earlyListings = epoch
    }

    /// Whether a task that this session made consistent has read a file, or listed it, without its provider below it.
    ///
    /// A reader above the provider was made consistent before it where an update trusted the provider without a look
    /// and ended early.
    mutating func wasReadElsewhere(_ resource: ResourceID, by provider: TaskID) -> Bool {
        if consistentLister(of: resource, beside: provider, isNew: false) != nil { return true }
        guard graph.resources[resource].readEpoch == epoch else { return false }
        var dependency = graph.firstReader(of: resource)
        while dependency != 0 {
            let item = graph.dependencies.address(Int(dependency))
            if item.pointee.kind.isRead && item.pointee.owner != provider
                && graph.nodes[item.pointee.owner].verified == epoch && !isAbove(item.pointee.owner, provider)
            {
                return true
            }
            dependency = item.pointee.next
        }
        return false
    }

    /// Lets the next update judge who has read a file whose provider was made consistent meanwhile, and may not have come
    /// to its end.
    mutating func distrustEarlyReaders() {
        for task in early where graph.nodes[task].flags.contains(.observed) {
            graph.nodes[task].flags.remove(.kept)
            graph.storage?.touchAgain(task)
            addPending(task)
        }
        early = []
    }

    // MARK: Paths

    /// Whether a task requires another, by its record or through others.
    private mutating func isAbove(_ task: TaskID, _ target: TaskID) -> Bool {
        var rest = graph.range(of: task)
        return reaches(target) { state in
            while let next = rest.popFirst() {
                let dependency = state.graph.dependencies.address(Int(next))
                if dependency.pointee.kind == .require && !dependency.pointee.never { return dependency.pointee.target }
            }
            return nil
        }
    }

    /// Whether a task is among others, or below one of them by recorded requirements.
    ///
    /// Searches from both ends, an edge at a time by turns and pruned by level, so the cost is twice that of the cheaper
    /// direction: neither a provider with many requirers nor a reader with many dependencies makes it long.
    ///
    /// - Parameters:
    ///   - target: The task to reach.
    ///   - nextStart: Gives the tasks to start from, one after the other.
    /// - Returns: Whether there is a path.
    private mutating func reaches(_ target: TaskID, from nextStart: (borrowing EngineState) -> TaskID?) -> Bool {
        let floor = graph.nodes[target].level
        var starts: Set<TaskID> = []
        var above: Set<TaskID> = [target]
        var down: [TaskID] = []
        var up: [TaskID] = [target]
        var downEdges: Range<DependencyID> = 0..<0
        var upEdge: DependencyID = 0
        while true {
            // One edge down: from the starts on, breadth over depth does not matter.
            var lower: TaskID?
            if let start = nextStart(self) {
                lower = start
            } else {
                while downEdges.isEmpty, let task = down.popLast() { downEdges = graph.range(of: task) }
                if downEdges.isEmpty { return false }
                let dependency = graph.dependencies.address(Int(downEdges.lowerBound))
                downEdges = downEdges.dropFirst()
                if dependency.pointee.kind == .require && !dependency.pointee.never {
                    lower = dependency.pointee.target
                }
            }
            if let lower {
                if above.contains(lower) { return true }
                if graph.nodes[lower].level > floor && starts.insert(lower).inserted { down.append(lower) }
            }
            // One edge up.
            while upEdge == 0, let task = up.popLast() { upEdge = graph.firstRequirer(of: task) }
            if upEdge == 0 {
                // Everything above the target is known, and no start so far is among it.
                while let start = nextStart(self) {
                    if above.contains(start) { return true }
                }
                return false
            }
            let dependency = graph.dependencies.address(Int(upEdge))
            upEdge = dependency.pointee.next
            if dependency.pointee.never { continue }
            let upper = dependency.pointee.owner
            if starts.contains(upper) { return true }
            if above.insert(upper).inserted { up.append(upper) }
        }
    }
}
