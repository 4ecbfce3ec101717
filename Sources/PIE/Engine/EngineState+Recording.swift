/// Which execution a context stands for.
@usableFromInline
struct ExecutionKey: Sendable {
    @usableFromInline let claim: ClaimID
    @usableFromInline let generation: UInt32
    @usableFromInline let epoch: Epoch
}

extension EngineState {
    /// Refuses contexts of ended executions and sessions.
    @usableFromInline
    func validate(_ key: ExecutionKey) throws {
        if key.epoch != epoch || !isSessionOpen {
            if key.epoch <= lastSuperseded { throw CancellationError() }
            throw key.claim == 0 ? BuildError.endedSession : BuildError.endedContext
        }
        guard key.claim == 0 || claims[key.claim].generation == key.generation else { throw BuildError.endedContext }
        if key.claim == 0 { return }
        guard claims[key.claim].phase == .executing else { throw BuildError.endedContext }
    }

    /// The call of the host that an execution is made for.
    func work(of key: ExecutionKey) -> UInt32 { key.claim == 0 ? key.generation : claims[key.claim].work }

    // MARK: Requirements

    /// Records that an execution asks for a task, and lends the execution's job slot to the request.
    mutating func ask(_ task: TaskID, stamper: StamperID, by key: ExecutionKey) throws -> Request {
        try validate(key)
        var request = Request(task, requirer: key.claim, epoch: epoch, work: work(of: key))
        if isTracked { note(.required(task, by: self.task(of: key.claim))) }
        if key.claim == 0 {
            try useByHost()
            observeRoot(task)
            return request
        }
        let claim = claims.address(Int(key.claim))
        request.requirerGeneration = key.generation
        request.entry = record(task, .require, stamper: stamper, in: key.claim)
        claim.pointee.outstanding += 1
        if claim.pointee.flags.contains(.hasSlot) {
            claim.pointee.flags.remove(.hasSlot)
            request.hasSlot = true
        }
        return request
    }

    /// Notes that the host asks for a task.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - key: The call of the host.
    ///   - observing: Whether the task is observed from now on.
    ///   - forcing: Whether it is to execute even if its record holds.
    /// - Returns: The request.
    /// - Throws: A ``BuildError`` of kind `misuse`, or `CancellationError`.
    mutating func ask(_ task: TaskID, by key: ExecutionKey, observing: Bool, forcing: Bool) throws -> Request {
        try validate(key)
        try useByHost()
        var request = Request(task, requirer: 0, epoch: epoch, work: key.generation)
        request.isForced = forcing && !Mutation.isOn(.forcingIgnored)
        if isTracked { note(.required(task, by: 0)) }
        if observing || Mutation.isOn(.requiredTasksObserved) { observeRoot(task) }
        return request
    }

    /// Gives the job slot of a request of the host back.
    mutating func releaseSlot(of request: inout Request) {
        if request.hasSlot && request.epoch == epoch && isSessionOpen { releaseSlot() }
        request.hasSlot = false
    }

    /// Lends the requirer's job slot, if it has one now, to a request that is to be checked.
    mutating func lend(to request: inout Request, by key: ExecutionKey) {
        guard request.epoch == epoch, isSessionOpen else { return }
        request.work = work(of: key)
        guard isAlive(request), claims[key.claim].flags.contains(.hasSlot) else { return }
        claims[key.claim].flags.remove(.hasSlot)
        request.hasSlot = true
    }

    /// Gives a slot back that was lent to a request which does not execute its task at once.
    mutating func takeBack(_ request: inout Request) {
        guard request.hasSlot else { return }
        claims[request.requirer].flags.insert(.hasSlot)
        request.hasSlot = false
    }

    /// Answers a requirement from what is consistent already.
    ///
    /// - Returns: Whether the output may be read now; the dependency is recorded then.
    @usableFromInline
    mutating func answerAtOnce(_ task: TaskID, by key: ExecutionKey) -> Bool {
        guard key.epoch == epoch, isSessionOpen, isConsistent(task) else { return false }
        graph.storage?.use(task)
        if key.claim == 0 {
            if isUpdating { return false }
            hasBeenUsed = true
            observeRoot(task)
        } else {
            guard claims[key.claim].generation == key.generation else { return false }
            let entry = record(task, .require, stamper: 0, in: key.claim)
            if entry != 0 { fill(entry, of: key.claim, with: graph.nodes[task].version) }
        }
        if isTracked {
            note(.required(task, by: self.task(of: key.claim)))
            note(.answered(task, by: self.task(of: key.claim)))
        }
        return true
    }

    /// The place of the task of a type that an execution is expected to require next, from its last record.
    ///
    /// Asked for only where one execution runs at a time: the table is told, and several would overwrite each other's.
    ///
    /// - Returns: The place; ``Node/unnamed`` if nothing is expected.
    @usableFromInline
    func expectedNext(to task: TaskID, in key: ExecutionKey) -> UInt32 {
        if key.claim == 0 { return Node.unnamed }
        let claim = claims.address(Int(key.claim))
        return expected(at: claim.pointee.count, of: claim.pointee.task, type: graph.nodes[task].type)
    }

    /// The place of the task of a type that the last record of a task has at a position.
    func expected(at position: UInt32, of task: TaskID, type: UInt32) -> UInt32 {
        let node = graph.nodes.address(Int(task))
        guard jobs == 1, position < node.pointee.dependencyCount else { return Node.unnamed }
        let dependency = graph.dependencies.address(Int(node.pointee.firstDependency + position))
        guard dependency.pointee.kind == .require else { return Node.unnamed }
        let target = graph.nodes.address(Int(dependency.pointee.target))
        return target.pointee.type == type ? target.pointee.local : Node.unnamed
    }

    /// Adds a dependency to the recording of an execution.
    ///
    /// - Returns: Its place, or 0 if the same was recorded before: the first occurrence counts (R2).
    mutating func record(
        _ target: UInt32,
        _ kind: Dependency.Kind,
        stamper: StamperID,
        in id: ClaimID
    ) -> UInt32 {
        let claim = claims.address(Int(id))
        if kind == .require && stamper == 0 {
            let node = graph.nodes.address(Int(target))
            if node.pointee.recordedBy == claim.pointee.generation { return 0 }
            node.pointee.recordedBy = claim.pointee.generation
        }
        let entry: UInt32
        if freeRecorded != 0 {
            entry = freeRecorded
            freeRecorded = recorded[entry].next
        } else {
            entry = UInt32(recorded.count)
            recorded.append(Recorded(target: 0, kind: .require, barrier: 0, position: 0))
        }
        recorded[entry] = Recorded(
            target: target,
            kind: kind,
            stamper: stamper,
            barrier: Mutation.isOn(.barriersForgotten) ? 0 : claim.pointee.answered,
            position: claim.pointee.count
        )
        if claim.pointee.tail == 0 {
            claim.pointee.head = entry
        } else {
            recorded[claim.pointee.tail].next = entry
        }
        claim.pointee.tail = entry
        claim.pointee.count += 1
        return entry
    }

    /// Fills in what an execution was answered.
    func fill(_ entry: UInt32, of id: ClaimID, with seen: UInt32, never: Bool = false, stamp: UInt32 = 0) {
        let recorded = recorded.address(Int(entry))
        recorded.pointee.seen = seen
        recorded.pointee.never = never
        recorded.pointee.stamp = stamp
        recorded.pointee.answered = true
        let claim = claims.address(Int(id))
        claim.pointee.answered = max(claim.pointee.answered, recorded.pointee.position + 1)
    }

    /// Whether the execution that made a request is still there.
    private func isAlive(_ request: Request) -> Bool {
        request.epoch == epoch && isSessionOpen && request.requirer != 0
            && claims[request.requirer].generation == request.requirerGeneration
    }

    /// Records the answer to a request.
    ///
    /// - Parameters:
    ///   - request: A request whose task was made consistent, or failed.
    ///   - failed: Whether it failed: the dependency then never holds.
    ///   - stamp: The stamp of the output, for a requirement with a stamper.
    mutating func answer(_ request: Request, failed: Bool, stamp: AnyOutputStamp? = nil) {
        if isTracked { note(.answered(request.task, by: isAlive(request) ? self.task(of: request.requirer) : 0)) }
        guard isAlive(request), request.entry != 0 else { return }
        let version = graph.nodes[request.task].version
        let kept = failed ? 0 : stamp.map { graph.addStamp($0) } ?? 0
        fill(request.entry, of: request.requirer, with: failed ? 0 : version, never: failed, stamp: kept)
    }

    /// Gives the job slot back to the execution that made a request.
    ///
    /// - Returns: `false` if the execution must wait for a slot before it goes on.
    mutating func finish(_ request: inout Request) -> Bool {
        guard isAlive(request) else {
            if request.hasSlot && request.epoch == epoch { releaseSlot() }
            request.hasSlot = false
            return true
        }
        let claim = claims.address(Int(request.requirer))
        if claim.pointee.outstanding == 1 {
            // The last one out: the execution goes on, and needs a slot for that.
            if !request.hasSlot && !takeSlot() { return false }
            claim.pointee.flags.insert(.hasSlot)
        } else if request.hasSlot {
            releaseSlot()
        }
        claim.pointee.outstanding -= 1
        request.hasSlot = false
        return true
    }

    // MARK: Resources

    /// Records that an execution asks for a resource.
    ///
    /// - Returns: The place of the dependency.
    mutating func askForResource(_ resource: ResourceID, _ kind: Dependency.Kind, by id: ClaimID) -> UInt32 {
        record(resource, kind, stamper: 0, in: id)
    }

    /// Fills in what an execution saw of a resource.
    mutating func answerResource(_ entry: UInt32, of id: ClaimID, with observation: ObservationID, never: Bool) {
        graph.retain(observation)
        fill(entry, of: id, with: observation, never: never)
    }

    // MARK: The end

    /// Throws a recording away.
    mutating func discardRecording(of id: ClaimID) {
        let claim = claims.address(Int(id))
        var entry = claim.pointee.head
        while entry != 0 {
            let item = recorded.address(Int(entry))
            let next = item.pointee.next
            if item.pointee.kind == .require {
                graph.releaseStamp(item.pointee.stamp)
            } else if item.pointee.answered {
                graph.release(item.pointee.seen)
            }
            item.pointee.next = freeRecorded
            freeRecorded = entry
            entry = next
        }
        claim.pointee.head = 0
        claim.pointee.tail = 0
        claim.pointee.count = 0
    }

    /// Takes repeated dependencies out of a recording: the first occurrence counts.
    ///
    /// - Complexity: O(*n*) on average.
    mutating func removeRepeated(in id: ClaimID) {
        let claim = claims.address(Int(id))
        guard hasRepeatedTargets(claim) else { return }
        struct Key: Hashable {
            let target: UInt32
            let stamper: StamperID
            let kind: UInt8
        }
        var firsts: [Key: UInt32] = [:]
        firsts.reserveCapacity(Int(claim.pointee.count))
        var previous: UInt32 = 0
        // How many were taken out before each position: barriers are positions, and move with them.
        var removed: [UInt32] = [0]
        var entry = claim.pointee.head
        while entry != 0 {
            let item = recorded.address(Int(entry))
            let next = item.pointee.next
            item.pointee.barrier -= removed[Int(item.pointee.barrier)]
            let key = Key(
                target: item.pointee.target,
                stamper: Mutation.isOn(.laterStampersDropped) ? 0 : item.pointee.stamper,
                kind: item.pointee.kind.rawValue
            )
            let first = firsts[key]
            if first == nil {
                firsts[key] = entry
                previous = entry
                removed.append(removed[removed.count - 1])
            } else {
                removed.append(removed[removed.count - 1] + 1)
                recorded[previous].next = next
                if claim.pointee.tail == entry { claim.pointee.tail = previous }
                claim.pointee.count -= 1
                if item.pointee.kind == .require {
                    graph.releaseStamp(item.pointee.stamp)
                } else if item.pointee.answered {
                    if let first, sawOtherwise(first, entry) { recorded[first].never = true }
                    graph.release(item.pointee.seen)
                }
                item.pointee.next = freeRecorded
                freeRecorded = entry
            }
            entry = next
        }
    }

    /// Whether an execution that asked for a resource twice was given different answers.
    ///
    /// What it made of both is nothing that a check of the first could vouch for.
    private func sawOtherwise(_ first: UInt32, _ second: UInt32) -> Bool {
        let (one, other) = (recorded[first], recorded[second])
        if !one.answered || one.never || one.seen == other.seen { return false }
        if other.never { return true }
        let (seen, again) = (graph.observations[one.seen], graph.observations[other.seen])
        guard seen.isFile && again.isFile else { return true }
        if case .same = seen.file.matches(again.file, by: one.kind.stamper) { return false }
        return true
    }

    /// Whether a recording has two dependencies on one target.
    private mutating func hasRepeatedTargets(_ claim: UnsafeMutablePointer<Claim>) -> Bool {
        lastGeneration &+= 1
        let mark = lastGeneration
        var entry = claim.pointee.head
        while entry != 0 {
            let item = recorded.address(Int(entry))
            if item.pointee.kind == .require {
                let node = graph.nodes.address(Int(item.pointee.target))
                if node.pointee.recordedBy == mark { return true }
                node.pointee.recordedBy = mark
            } else {
                let node = graph.resources.address(Int(item.pointee.target))
                if node.pointee.mark == mark { return true }
                node.pointee.mark = mark
            }
            entry = item.pointee.next
        }
        return false
    }
}
