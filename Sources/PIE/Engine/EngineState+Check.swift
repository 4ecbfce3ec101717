extension EngineState {
    /// Takes a request as far as it goes without the outside world.
    mutating func next(_ request: inout Request) -> Step {
        guard request.epoch == epoch, isSessionOpen else { return .ended }
        if request.base == 0 {
            let node = graph.nodes.address(Int(request.task))
            // In a session a task is made consistent once (R1): then it is too late to ask for its execution.
            if request.isForced ? node.pointee.verified == epoch : isConsistent(request.task) { return .consistent }
            if node.pointee.flags.contains(.failed), let error = failures[request.task],
                !Mutation.isOn(.failedTasksRepeated)
            {
                return .failed(error)
            }
            if node.pointee.claim != 0 {
                if request.isDry { return .refused }
                let claim = claims.address(Int(node.pointee.claim))
                if request.isForced && claim.pointee.phase == .checking { claim.pointee.flags.insert(.forced) }
                if let path = cycle(from: request.requirer, to: node.pointee.claim) {
                    return .failed(CycleFound(path: path))
                }
                if !Mutation.isOn(.executedBesideAnother) { return .wait(node.pointee.claim, of: request.task) }
            }
            if !request.hasSlot && !request.isDry {
                guard takeSlot() else { return .slot }
                request.hasSlot = true
            }
            request.base = claim(request.task, parent: request.requirer, isDry: request.isDry, work: request.work)
            request.current = request.base
            if request.isForced { claims[request.base].flags.insert(.forced) }
        } else if !request.hasSlot && !request.isDry {
            guard takeSlot() else { return .slot }
            request.hasSlot = true
        }
        return check(&request)
    }

    /// Whether a task needs no look in this session.
    ///
    /// It was made consistent, or updates have kept it so: then, while an update runs, nothing scheduled may be below.
    mutating func isConsistent(_ task: TaskID) -> Bool {
        let node = graph.nodes.address(Int(task))
        if node.pointee.verified == epoch { return true }
        if Mutation.isOn(.earlierSessionsTrusted) && node.pointee.verified != 0 { return true }
        guard isUpToDate || isUpdating, canTrust else { return false }
        let flags = node.pointee.flags
        guard flags.contains(.kept), flags.isDisjoint(with: [.scheduled, .pending, .failed, .lapsed]),
            node.pointee.claim == 0, node.pointee.version != 0,
            isOfPresentVersion(node)
        else { return false }
        if isUpToDate { return true }
        if update.doubts.isEmpty {
            if node.pointee.level <= update.bound(graph) { return true }
        } else if update.doubts[task] != nil {
            return false
        }
        return Mutation.isOn(.shadowsIgnored) || !isShadowed(task)
    }

    /// Checks recorded dependencies, in their order, down to where something must be done outside the lock.
    ///
    /// A loop over a stack of claims, without recursion: depth is limited by memory (R7). The first dependency that does
    /// not hold ends the check of its task (R3).
    ///
    /// - Complexity: O(*e*) for *e* dependencies of tasks that were not made consistent yet; no allocation once the
    ///   slab of claims has grown.
    private mutating func check(_ request: inout Request) -> Step {
        while true {
            let id = request.current
            let claim = claims.address(Int(id))
            let task = claim.pointee.task
            let node = graph.nodes.address(Int(task))
            if !claim.pointee.flags.contains(.begun) {
                claim.pointee.flags.insert(.begun)
                claim.pointee.moves = moves
                graph.bringRecord(of: task)
                if node.pointee.version == 0 {
                    let kind: StoredReason.Kind = node.pointee.flags.contains(.attempted) ? .lastRunFailed : .new
                    return execute(&request, because: kind, target: 0)
                }
                if claim.pointee.flags.contains(.forced) { return execute(&request, because: .forced, target: 0) }
                if isTracked && !claim.pointee.flags.contains(.told) { note(.checking(task)) }
                if !isOfPresentVersion(node) {
                    return execute(&request, because: .version, target: UInt32(node.pointee.madeBy))
                }
            }
            settle(id, of: &request)
            if request.current != id { continue }
            let settled = claim.pointee.cursor
            let all = node.pointee.dependencyCount
            let count = Mutation.isOn(.onlyFirstDependencyChecked) ? min(all, 1) : all
            let first = node.pointee.firstDependency
            var cursor = claim.pointee.cursor
            var child: TaskID = 0
            while cursor < count {
                let place = Mutation.isOn(.dependenciesCheckedBackwards) ? count - 1 - cursor : cursor
                let dependency = graph.dependencies.address(Int(first + place))
                switch verdict(on: dependency, at: cursor, of: claim, id) {
                case .holds:
                    cursor += 1
                    continue
                case .fails(let kind):
                    claim.pointee.cursor = cursor
                    return execute(&request, because: kind, target: dependency.pointee.target)
                case .ask(let step):
                    claim.pointee.cursor = cursor
                    return step
                case .descend:
                    child = dependency.pointee.target
                }
                break
            }
            claim.pointee.cursor = cursor
            if child != 0 {
                if cursor == settled { descend(to: child, from: id, of: &request) }
                continue
            }
            if claim.pointee.moves != moves || !claim.pointee.flags.isDisjoint(with: [.readsEarly, .isRead])
                || earlyListings == epoch
            {
                switch judgeAgain(claim) {
                case .holds, .descend:
                    break
                case .fails(let kind):
                    let target = graph.dependencies[first + claim.pointee.cursor].target
                    return execute(&request, because: kind, target: target)
                case .ask(let step):
                    return step
                }
            }
            if claim.pointee.flags.contains(.forced) { return execute(&request, because: .forced, target: 0) }
            if claim.pointee.flags.contains(.readsEarly) { early.insert(task) }
            verify(task)
            let parent = claim.pointee.parent
            release(id)
            if request.fan == id { request.fan = 0 }
            if id == request.base {
                request.base = 0
                request.current = 0
                return .consistent
            }
            request.current = parent
        }
    }

    /// Claims the task under the cursor of a claim, to check it next.
    mutating func descend(to task: TaskID, from id: ClaimID, of request: inout Request) {
        if request.fan == 0 {
            let claim = claims.address(Int(id))
            let node = graph.nodes.address(Int(claim.pointee.task))
            let next = claim.pointee.cursor + 1
            if next < node.pointee.dependencyCount
                && graph.dependencies[node.pointee.firstDependency + next].barrier < next
            {
                request.fan = id
            }
        }
        request.current = claim(task, parent: id, isDry: request.isDry, work: request.work)
    }

    private enum Verdict {
        case holds
        case fails(StoredReason.Kind)
        case ask(Step)
        case descend
    }

    private mutating func verdict(
        on dependency: UnsafeMutablePointer<Dependency>,
        at position: UInt32,
        of claim: UnsafeMutablePointer<Claim>,
        _ id: ClaimID
    ) -> Verdict {
        if dependency.pointee.kind == .require {
            return requireVerdict(on: dependency, of: claim, id)
        }
        let resource = graph.resources.address(Int(dependency.pointee.target))
        if dependency.pointee.kind == .resource {
            if dependency.pointee.never { return .fails(.resource) }
            for file in listings.provided(in: dependency.pointee.target) {
                let provider = graph.resources[file].provider
                if provider == 0 || provider == claim.pointee.task { continue }
                switch judgeRecordedRead(file, by: claim, at: dependency.pointee.barrier) {
                case .allowed:
                    if isConsistent(provider) { continue }
                    claim.pointee.flags.insert(.readsEarly)
                    if graph.resources[file].provider != 0 { noteEarlyListing(dependency.pointee.target) }
                case .hidden: return .fails(.resource)
                case .probe(let other): return .ask(.probe(other))
                }
            }
            if !resource.pointee.isKnown(in: epoch) { return .ask(.stamp(dependency.pointee.target)) }
            return dependency.pointee.seen == resource.pointee.current ? .holds : .fails(.resource)
        }
        if Mutation.isOn(.readFilesNotChecked) && dependency.pointee.kind.isRead { return .holds }
        if Mutation.isOn(.providedFilesNotChecked) && dependency.pointee.kind == .provide { return .holds }
        let task = claim.pointee.task
        let kind: StoredReason.Kind
        if dependency.pointee.kind == .provide {
            kind = .provided
            // The file has moved to another task, or somebody in this session read it as a source: the claim to it is
            // judged when the task writes (R10, R11).
            if resource.pointee.provider != task || wasReadElsewhere(dependency.pointee.target, by: task) {
                return .fails(.provided)
            }
        } else {
            kind = .file
            if resource.pointee.provider != 0 && resource.pointee.provider != task {
                switch judgeRecordedRead(dependency.pointee.target, by: claim, at: dependency.pointee.barrier) {
                case .allowed: if !isConsistent(resource.pointee.provider) { claim.pointee.flags.insert(.readsEarly) }
                case .hidden: return .fails(.file)
                case .probe(let provider): return .ask(.probe(provider))
                }
            }
        }
        if dependency.pointee.never { return .fails(kind) }
        let seesBuffer = seesBuffer(dependency.pointee.kind, resource)
        if resource.pointee.looked != epoch && !seesBuffer { return .ask(.look(dependency.pointee.target)) }
        let now = seesBuffer ? resource.pointee.buffer : resource.pointee.current
        if dependency.pointee.seen == now {
            if kind == .file { resource.pointee.readEpoch = epoch }
            return .holds
        }
        let seen = graph.observations.address(Int(dependency.pointee.seen))
        let current = graph.observations.address(Int(now))
        if current.pointee.isUnreadable { return .fails(kind) }
        switch seen.pointee.file.matches(current.pointee.file, by: dependency.pointee.kind.stamper) {
        case .changed:
            return .fails(kind)
        case .needsContent:
            return .ask(.hash(dependency.pointee.target))
        case .same:
            if dependency.pointee.kind.stamper == .content && !seesBuffer
                && (current.pointee.file.hash != nil || seen.pointee.file.hash == nil)
            {
                // Equal contents: from now on the newer metadata answer without hashing.
                graph.retain(now)
                graph.release(dependency.pointee.seen)
                dependency.pointee.seen = now
                graph.storage?.touchAgain(task)
            }
            if kind == .file { resource.pointee.readEpoch = epoch }
            return .holds
        }
    }

    /// Judges recorded reads and provided files once more, now that their task is about to be the second of two (R10).
    ///
    /// A dependency that was looked at later may have brought a file its provider, or was read meanwhile.
    private mutating func judgeAgain(_ claim: UnsafeMutablePointer<Claim>) -> Verdict {
        let task = claim.pointee.task
        let range = graph.range(of: task)
        for id in range {
            let dependency = graph.dependencies.address(Int(id))
            let files: [ResourceID]
            switch dependency.pointee.kind {
            case .require: continue
            case .provide:
                if !wasReadElsewhere(dependency.pointee.target, by: task) { continue }
                claim.pointee.cursor = id - range.lowerBound
                return .fails(.provided)
            case .resource: files = listings.provided(in: dependency.pointee.target)
            default: files = [dependency.pointee.target]
            }
            for file in files {
                let provider = graph.resources[file].provider
                if provider == 0 || provider == task || !isConsistent(provider) { continue }
                switch judgeRecordedRead(file, by: claim, at: dependency.pointee.barrier) {
                case .allowed:
                    break
                case .hidden:
                    claim.pointee.cursor = id - range.lowerBound
                    return .fails(dependency.pointee.kind == .resource ? .resource : .file)
                case .probe(let other):
                    return .ask(.probe(other))
                }
            }
        }
        return .holds
    }

    private mutating func requireVerdict(
        on dependency: UnsafeMutablePointer<Dependency>,
        of claim: UnsafeMutablePointer<Claim>,
        _ id: ClaimID
    ) -> Verdict {
        if dependency.pointee.never { return .fails(.failedTask) }
        let target = dependency.pointee.target
        if isConsistent(target) {
            let version = graph.nodes[target].version
            if version == dependency.pointee.seen {
                // Marked, so that a read of a file that the target provides finds its way at once.
                graph.nodes[target].recordedBy = claim.pointee.generation
                return .holds
            }
            if dependency.pointee.stamper == 0 { return .fails(.task) }
            if claim.pointee.flags.contains(.fails) { return .fails(.task) }
            if claim.pointee.flags.contains(.holds) {
                claim.pointee.flags.remove(.holds)
                dependency.pointee.seen = version
                return .holds
            }
            guard let stamp = graph.stamp(dependency.pointee.stamp) else { return .fails(.task) }
            return .ask(.compare(target, stamp))
        }
        let node = graph.nodes.address(Int(target))
        if node.pointee.flags.contains(.failed) { return .fails(.failedTask) }
        if node.pointee.claim != 0 {
            // An edge of an earlier build that would close a cycle: whether it is still there, the execution tells.
            if claim.pointee.flags.contains(.dry) || cycle(from: id, to: node.pointee.claim) != nil {
                return .fails(.task)
            }
            return .ask(.wait(node.pointee.claim, of: target))
        }
        return .descend
    }

    /// Turns the check of the current claim into an execution.
    private mutating func execute(
        _ request: inout Request,
        because kind: StoredReason.Kind,
        target: UInt32
    ) -> Step {
        let id = request.current
        let claim = claims.address(Int(id))
        if claim.pointee.flags.contains(.dry) {
            abandon(&request)
            return .refused
        }
        if !isSessionNoted || graph.nodes[claim.pointee.task].local == Node.unnamed {
            // Afterwards the check comes here again, by the way that it has come.
            claim.pointee.flags.remove(.begun)
            claim.pointee.flags.insert(.told)
            return isSessionNoted ? .name(claim.pointee.task) : .noteSession
        }
        if request.fan == id { request.fan = 0 }
        noteReason(kind, target: target, of: claim.pointee.task, at: claim.pointee.cursor)
        claim.pointee.phase = .executing
        // What the check has marked is not what the execution has recorded.
        lastGeneration &+= 1
        claim.pointee.generation = lastGeneration
        claim.pointee.flags.insert(.hasSlot)
        request.hasSlot = false
        if isUpdating { update.started(id) }
        if isTracked { noteExecuting(claim.pointee.task) }
        let node = graph.nodes.address(Int(claim.pointee.task))
        return .execute(
            ExecutionOrder(
                key: ExecutionKey(claim: id, generation: lastGeneration, epoch: epoch),
                parent: claim.pointee.parent,
                type: node.pointee.type,
                local: node.pointee.local,
                expected: expected(at: 0, of: claim.pointee.task, type: node.pointee.type),
                isNew: node.pointee.version == 0,
                isUpdating: isUpdating
            )
        )
    }

    /// Notes that all dependencies of a task hold.
    @inline(__always)
    mutating func verify(_ task: TaskID) {
        let node = graph.nodes.address(Int(task))
        node.pointee.verified = epoch
        forgetAttempt(of: task)
        node.pointee.flags.subtract([.pending, .scheduled])
        if node.pointee.flags.contains(.observed) {
            if node.pointee.flags.insert(.kept).inserted { graph.storage?.touchAgain(task) }
        }
        if isUpdating { update.reused += 1 }
        if isTracked { note(.reused(task)) }
    }

    /// Finds the next task that may be checked beside the one a fanned-out check is at.
    mutating func nextBeside(_ id: ClaimID, generation: UInt32) -> TaskID? {
        let claim = claims.address(Int(id))
        guard claim.pointee.generation == generation, claim.pointee.phase == .checking else { return nil }
        let node = graph.nodes.address(Int(claim.pointee.task))
        var position = max(claim.pointee.groupEnd, claim.pointee.cursor + 1)
        defer { claims.address(Int(id)).pointee.groupEnd = position }
        while position < node.pointee.dependencyCount {
            let dependency = graph.dependencies.address(Int(node.pointee.firstDependency + position))
            guard dependency.pointee.barrier <= claim.pointee.cursor else { return nil }
            position += 1
            guard dependency.pointee.kind == .require, !dependency.pointee.never else { continue }
            let target = dependency.pointee.target
            let other = graph.nodes.address(Int(target))
            if other.pointee.claim == 0 && !other.pointee.flags.contains(.failed) && !isConsistent(target) {
                return target
            }
        }
        return nil
    }

    /// Whether a fanned-out check has many tasks beside the one it is at.
    func isWide(_ id: ClaimID) -> Bool {
        let claim = claims.address(Int(id))
        let node = graph.nodes.address(Int(claim.pointee.task))
        let far = max(claim.pointee.groupEnd, claim.pointee.cursor + 1) + 32
        return far < node.pointee.dependencyCount
            && graph.dependencies[node.pointee.firstDependency + far].barrier <= claim.pointee.cursor
    }
}

/// The path of a cycle, on its way to becoming a ``BuildError`` that names the tasks.
struct CycleFound: Error {
    let path: [TaskID]
}
