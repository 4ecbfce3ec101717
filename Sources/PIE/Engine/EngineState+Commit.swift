extension EngineState {
    /// How a new output relates to the ones before.
    @usableFromInline
    enum OutputChange {
        /// It is equal to the present one, whose value object is kept (R4).
        case same

        /// It differs from all that somebody remembers.
        case new

        /// It is equal to an older one that some requirer has seen (R5).
        case older(version: UInt32)
    }

    /// What a commit did, for the tables.
    @usableFromInline
    struct Committed: Sendable {
        /// The output's version before; 0: there was none.
        @usableFromInline var versionBefore: UInt32 = 0

        /// Whether some requirer has seen the output before, so that its value must be kept.
        @usableFromInline var keepsBefore = false

        /// Where the table keeps the output that is present again; 0: nowhere.
        @usableFromInline var place: UInt32 = 0

        /// The task.
        @usableFromInline var task: TaskID = 0

        /// The task's place in its table.
        @usableFromInline var local: UInt32 = 0

        /// Whether the output before was made by this version of the type.
        @usableFromInline var sameVersion = true

        /// Whether the execution held a job slot; it is the caller's now, unless a request was answered.
        @usableFromInline var hasSlot = false

        /// Whether who asked must wait for a job slot before it goes on.
        @usableFromInline var awaitsSlot = false

        /// Whether stamps are to be compared, now that the output has changed.
        @usableFromInline var hasComparisons = false

        /// What is to be done first: nothing was committed.
        @usableFromInline var obstacle: Engine.Obstacle?
    }

    /// Judges and commits an execution, and answers the request that it was made for.
    ///
    /// - Parameters:
    ///   - key: The execution.
    ///   - change: How its output relates to those before.
    ///   - request: The request; `nil` to leave the answer to the caller.
    /// - Returns: What was done, or an obstacle.
    /// - Throws: An objection that the execution met, or `CancellationError`.
    @usableFromInline
    mutating func end(_ key: ExecutionKey, _ change: OutputChange, answering request: Request?) throws -> Committed {
        if let obstacle = try prepareCommit(key) { return Committed(obstacle: obstacle) }
        let hasSlot = claims[key.claim].flags.contains(.hasSlot)
        var result = commit(key.claim, change)
        result.hasSlot = hasSlot
        if var request {
            request.hasSlot = hasSlot
            answer(request, failed: false)
            result.awaitsSlot = !finish(&request)
        }
        result.hasComparisons = isUpdating && !update.comparisons.isEmpty
        return result
    }

    /// Notes where a table keeps an output that is not present any more.
    @usableFromInline
    mutating func keepOlder(_ committed: Committed, at place: UInt32) {
        graph.older.setPlace(place, of: committed.task, version: committed.versionBefore)
    }

    /// Where the outputs of an execution's task are kept: the present one, and by version those that were before.
    @usableFromInline
    func places(
        of key: ExecutionKey
    ) throws -> (task: TaskID, present: UInt32, older: [(version: UInt32, place: UInt32)]) {
        try validate(key)
        let task = claims[key.claim].task
        return (task, graph.nodes[task].local, graph.older.all(of: task))
    }

    /// Replaces a task's record with what its execution recorded, all at once (R6).
    ///
    /// The claim is released and who waits for it is woken.
    ///
    /// - Complexity: O(*d*) for *d* dependencies, and the requirers whose stamps must be compared in an update.
    mutating func commit(_ id: ClaimID, _ change: OutputChange) -> Committed {
        let claim = claims.address(Int(id))
        let task = claim.pointee.task
        let node = graph.nodes.address(Int(task))
        var result = Committed(versionBefore: node.pointee.version, task: task, local: node.pointee.local)

        writeRecord(of: id)
        switch change {
        case .same where !Mutation.isOn(.outputsNeverEqual):
            break
        case .new where Mutation.isOn(.outputsAlwaysEqual) && result.versionBefore != 0:
            break
        case .older(let version) where !Mutation.isOn(.olderOutputsForgotten):
            result.place = graph.older.place(of: task, version: version) ?? 0
            result.keepsBefore = graph.setVersion(version, of: task)
        case .same, .new, .older:
            node.pointee.lastVersion += 1
            result.keepsBefore = graph.setVersion(node.pointee.lastVersion, of: task)
        }
        result.sameVersion = isOfPresentVersion(node)
        node.pointee.madeBy = versions[Int(node.pointee.type)]
        node.pointee.verified = epoch
        forgetAttempt(of: task)
        var flags = node.pointee.flags
        if node.pointee.executed != epoch {
            node.pointee.executed = epoch
            if result.versionBefore == 0 { flags.remove(.replaced) } else { flags.insert(.replaced) }
        }
        flags.subtract([.scheduled, .pending, .lapsed])
        if flags.contains(.observed) { flags.insert(.kept) }
        node.pointee.flags = flags
        graph.storage?.touch(task)
        if flags.contains(.unstable) && flags.contains(.observed) { addPending(task) }

        let hasChanged = result.versionBefore != 0 && result.versionBefore != node.pointee.version
        if isUpdating {
            update.ended(id, type: node.pointee.type)
            if hasChanged { scheduleRequirers(of: task) }
        } else if hasChanged && !flags.contains(.changed) && !Mutation.isOn(.changedOutputsForgotten) {
            node.pointee.flags.insert(.changed)
            changed.append(task)
        }
        if result.versionBefore != node.pointee.version && !outputWaiters.isEmpty {
            wake.append(contentsOf: outputWaiters.changed(task))
        }
        if isTracked {
            note(.executed(task, changed: result.versionBefore != node.pointee.version))
        }
        release(id)
        return result
    }

    /// Moves a recording into the graph, keeping links where the targets have not changed.
    private mutating func writeRecord(of id: ClaimID) {
        if claims[id].count > 1 { removeRepeated(in: id) }
        let claim = claims.address(Int(id))
        let task = claim.pointee.task
        let node = graph.nodes.address(Int(task))
        let isObserved = node.pointee.flags.contains(.observed)
        let wasProvider = node.pointee.flags.contains(.provider)
        var isSameShape = claim.pointee.count == node.pointee.dependencyCount
        if isSameShape {
            var entry = claim.pointee.head
            var position = node.pointee.firstDependency
            while entry != 0 {
                let item = recorded.address(Int(entry))
                let old = graph.dependencies.address(Int(position))
                if item.pointee.target != old.pointee.target || item.pointee.kind != old.pointee.kind
                    || item.pointee.stamper != old.pointee.stamper
                {
                    isSameShape = false
                    break
                }
                entry = item.pointee.next
                position += 1
            }
        }
        var level: UInt32 = 0
        var isUnstable = false
        var isProvider = false
        let oldFirst = node.pointee.firstDependency
        let oldCount = node.pointee.dependencyCount
        let newFirst = isSameShape ? oldFirst : graph.allocateRange(Int(claim.pointee.count))
        var oldProvided: [Provided] = []
        if wasProvider { oldProvided = provided(by: task) }

        var entry = claim.pointee.head
        var position = newFirst
        while entry != 0 {
            let item = recorded.address(Int(entry))
            let dependency = graph.dependencies.address(Int(position))
            if isSameShape { graph.releaseSeen(dependency.pointee) }
            dependency.pointee.target = item.pointee.target
            dependency.pointee.owner = task
            dependency.pointee.kind = item.pointee.kind
            dependency.pointee.stamper = item.pointee.stamper
            dependency.pointee.barrier = item.pointee.barrier
            dependency.pointee.seen = item.pointee.seen
            dependency.pointee.stamp = item.pointee.stamp
            // What was asked for and never answered, as in a group that was left early, cannot be judged later.
            dependency.pointee.never = item.pointee.never || !item.pointee.answered
            if item.pointee.kind == .require {
                if dependency.pointee.never {
                    isUnstable = true
                } else {
                    level = max(level, graph.nodes[item.pointee.target].level + 1)
                    graph.retainSeen(dependency.pointee)
                }
            } else {
                // A recording holds a reference to what it saw; the dependency takes it over.
                if dependency.pointee.never && item.pointee.answered { graph.release(item.pointee.seen) }
                // A file that changed while another program read it: nothing says what that program saw (R15).
                if item.pointee.never && item.pointee.kind.isOnDisk && item.pointee.seen != 0 { isUnstable = true }
                if item.pointee.kind == .provide {
                    isProvider = true
                } else if item.pointee.kind.isRead {
                    graph.resources[item.pointee.target].readEpoch = epoch
                }
            }
            if !isSameShape {
                graph.link(position)
                if isObserved && item.pointee.kind == .require && !Mutation.isOn(.newObserversForgotten) {
                    addObserver(item.pointee.target)
                }
            }
            let next = item.pointee.next
            item.pointee.next = freeRecorded
            freeRecorded = entry
            entry = next
            position += 1
        }
        claim.pointee.head = 0
        claim.pointee.tail = 0
        if !isSameShape {
            node.pointee.firstDependency = newFirst
            node.pointee.dependencyCount = claim.pointee.count
            drop(oldFirst..<oldFirst + oldCount, ofObserved: isObserved)
        }
        if isUnstable { node.pointee.flags.insert(.unstable) } else { node.pointee.flags.remove(.unstable) }
        if isProvider { node.pointee.flags.insert(.provider) } else { node.pointee.flags.remove(.provider) }
        if wasProvider || isProvider { moveProvided(of: task, before: oldProvided) }
        if level > node.pointee.level && !Mutation.isOn(.levelsNotRaised) { raise(task, to: level) }
    }

    /// Lets go of all that a task is recorded to depend on.
    mutating func dropRecord(of task: TaskID) {
        let range = graph.range(of: task)
        graph.nodes[task].firstDependency = 0
        graph.nodes[task].dependencyCount = 0
        drop(range, ofObserved: graph.nodes[task].flags.contains(.observed))
    }

    /// Lets go of the dependencies that a task no longer has.
    mutating func drop(_ range: Range<DependencyID>, ofObserved isObserved: Bool) {
        for id in range {
            let dependency = graph.dependencies[id]
            graph.releaseSeen(dependency)
            if !Mutation.isOn(.unlinkingForgotten) { graph.unlink(id) }
            if isObserved && dependency.kind == .require && !Mutation.isOn(.goneObserversKept) {
                removeObserver(dependency.target)
            }
        }
        graph.freeRange(range.lowerBound, count: range.count)
    }

    /// Raises a task's level, and those of its requirers where they are not above it any more.
    ///
    /// Edges to failed tasks are not followed: they are no order, and may close a ring with edges of older builds.
    ///
    /// - Returns: Whether the task requires itself through others: records of a process that died may say so, some of
    ///   which are older than others. Its own requirements are no order then.
    @discardableResult
    mutating func raise(_ task: TaskID, to level: UInt32) -> Bool {
        var isInRing = false
        graph.nodes[task].level = level
        var open = [task]
        while let current = open.popLast() {
            let minimum = graph.nodes[current].level + 1
            var id = graph.firstRequirer(of: current)
            while id != 0 {
                let dependency = graph.dependencies.address(Int(id))
                let owner = graph.nodes.address(Int(dependency.pointee.owner))
                if dependency.pointee.owner == task {
                    isInRing = isInRing || !dependency.pointee.never
                } else if !dependency.pointee.never && owner.pointee.level < minimum {
                    owner.pointee.level = minimum
                    open.append(dependency.pointee.owner)
                }
                id = dependency.pointee.next
            }
        }
        return isInRing
    }

    // MARK: Executions that are not committed

    /// Notes that an execution failed: the record stays as it is, and the error is thrown to every requirer (R6).
    mutating func fail(_ id: ClaimID, _ error: any Error) {
        let task = claims[id].task
        failures[task] = error
        graph.nodes[task].flags.insert(.failed)
        if isTracked { note(.failed(task, error)) }
        if isUpdating { update.ended(id, type: graph.nodes[task].type) }
        if Mutation.isOn(.failuresCommitted) { writeRecord(of: id) }
        leaveAttempt(id)
        if isUpdating {
            scheduleRequirers(of: task)
            // Once a root has failed nothing new is started.
            if graph.nodes[task].flags.contains(.root) && !keepGoing { update.isStopped = true }
        }
        release(id)
    }

    /// Notes that an execution was cancelled: nothing of it is kept, and who waits for it may try again (R14).
    mutating func cancel(_ id: ClaimID) {
        if isTracked { note(.cancelled(claims[id].task)) }
        if Mutation.isOn(.cancellationsCommitted) { writeRecord(of: id) }
        leaveAttempt(id)
        release(id)
    }

    /// What a failed or cancelled execution leaves: the task is unverified, and what it required stays observed.
    mutating func leaveAttempt(_ id: ClaimID) {
        let claim = claims.address(Int(id))
        let task = claim.pointee.task
        let node = graph.nodes.address(Int(task))
        node.pointee.flags.insert(.attempted)
        node.pointee.flags.remove(.kept)
        graph.storage?.touchAgain(task)
        objections[id] = nil
        var required: [TaskID] = []
        var entry = claim.pointee.head
        while entry != 0 {
            let item = recorded[entry]
            if item.kind == .require {
                required.append(item.target)
            } else if item.kind == .provide && item.answered && graph.resources[item.target].provider == 0 {
                orphan(item.target, left: graph.observations[item.seen].file)
            }
            entry = item.next
        }
        let before = graph.attempts.updateValue(required, forKey: task) ?? []
        discardRecording(of: id)
        if node.pointee.flags.contains(.observed) {
            for target in required { addObserver(target) }
            for target in before { removeObserver(target) }
            addPending(task)
        }
    }

    /// Forgets what the last attempt of a task required, now that the task is consistent.
    mutating func forgetAttempt(of task: TaskID) {
        let node = graph.nodes.address(Int(task))
        guard node.pointee.flags.contains(.attempted) else { return }
        node.pointee.flags.remove(.attempted)
        graph.storage?.touchAgain(task)
        let required = graph.attempts.removeValue(forKey: task) ?? []
        if node.pointee.flags.contains(.observed) {
            for target in required { removeObserver(target) }
        }
    }
}
