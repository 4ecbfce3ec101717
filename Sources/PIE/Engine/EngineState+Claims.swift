extension EngineState {
    /// Claims a task for a requester.
    mutating func claim(_ task: TaskID, parent: ClaimID, isDry: Bool, work: UInt32) -> ClaimID {
        let id: ClaimID
        if freeClaim != 0 {
            id = freeClaim
            freeClaim = claims[id].parent
        } else {
            id = ClaimID(claims.count)
            claims.append(Claim())
        }
        claimCount += 1
        lastGeneration &+= 1
        let claim = claims.address(Int(id))
        claim.pointee = Claim()
        claim.pointee.task = task
        claim.pointee.parent = parent
        claim.pointee.generation = lastGeneration
        claim.pointee.work = work
        if isDry { claim.pointee.flags.insert(.dry) }

        let node = graph.nodes.address(Int(task))
        node.pointee.claim = id
        if isUpdating && !isDry {
            node.pointee.flags.remove(.scheduled)
            // Whoever is above it may have to wait for it, in line or not.
            if graph.mayHaveRequirers(task) { beginWork(on: task) }
        }
        if parent != 0 && !node.pointee.flags.contains(.observed) {
            let requirer = claims.address(Int(parent))
            if graph.nodes[requirer.pointee.task].flags.contains(.observed) { observe(task) }
        }
        return id
    }

    /// Gives a claim up, whatever came of it, and wakes those who wait for it.
    mutating func release(_ id: ClaimID) {
        let claim = claims.address(Int(id))
        let task = claim.pointee.task
        graph.nodes[task].claim = 0
        if isUpdating { endWork(on: task) }
        if claim.pointee.flags.contains(.awaited) {
            if !Mutation.isOn(.waitersForgotten) { wake.append(contentsOf: parking.finished(id)) }
            if !deferredCancels.isEmpty { reconsiderCancels() }
        }
        claim.pointee.task = 0
        claim.pointee.generation = 0
        claim.pointee.parent = freeClaim
        freeClaim = id
        claimCount -= 1
    }

    /// Gives up a claim whose task did not become consistent.
    ///
    /// In an update the task stays pending: it may have been in line, or below something that was.
    mutating func giveUp(_ id: ClaimID) {
        let claim = claims.address(Int(id))
        let task = claim.pointee.task
        if claim.pointee.phase == .executing {
            if isTracked { note(.cancelled(task)) }
            leaveAttempt(id)
        } else if graph.nodes[task].flags.contains(.observed) {
            let isAffected = isUpdating && !claim.pointee.flags.contains(.dry)
            if isAffected || !graph.nodes[task].flags.isDisjoint(with: .restless) { addPending(task) }
        }
        release(id)
    }

    /// Gives up the claims of a request that will not be answered.
    mutating func abandon(_ request: inout Request) {
        // The end of a session has given up all claims; their places may be others' by now.
        guard request.epoch == epoch, isSessionOpen, request.base != 0 else { return }
        var id = request.current
        while true {
            let parent = claims[id].parent
            let isLast = id == request.base
            giveUp(id)
            if isLast { break }
            id = parent
        }
        request.base = 0
        request.current = 0
        request.fan = 0
    }

    /// Decides whether a call of the host that was cancelled is cancelled now.
    ///
    /// While another call awaits one of its executions it goes on, and is cancelled when that has ended (R14).
    mutating func mayCancel(_ work: UInt32) -> Bool {
        if isAwaitedByOthers(work) {
            deferredCancels.insert(work)
            return false
        }
        return true
    }

    private func isAwaitedByOthers(_ work: UInt32) -> Bool {
        parking.isAwaited(byOthersThan: work) { claim in
            claims[claim].task != 0 && claims[claim].work == work && claims[claim].phase == .executing
        }
    }

    /// Cancels calls of the host whose executions nobody else awaits any more.
    mutating func reconsiderCancels() {
        for work in deferredCancels where !isAwaitedByOthers(work) {
            deferredCancels.remove(work)
            if let cancel = works[work] { dueCancels.append(cancel) }
        }
    }

    /// Finds the path of a cycle that would close if a claim waited for another (R12).
    ///
    /// A cycle is a question about who waits for whom now: whether the claim waited for is above the one that would
    /// wait, along requirers and along those who wait for them.
    ///
    /// - Returns: The tasks from the awaited one down to the waiting one, or `nil` if waiting is safe.
    /// - Complexity: O(*d*) where *d* is the number of claims above the one that would wait.
    func cycle(from waiting: ClaimID, to awaited: ClaimID) -> [TaskID]? {
        if waiting == 0 { return nil }
        if parking.waiters.isEmpty {
            var path: [TaskID] = []
            var id = waiting
            while id != 0 {
                path.append(claims[id].task)
                if id == awaited { return path.reversed() }
                id = claims[id].parent
            }
            return nil
        }
        var below: [ClaimID: ClaimID] = [waiting: 0]
        var open = [waiting]
        while let id = open.popLast() {
            if id == awaited {
                var path: [TaskID] = []
                var step = id
                while step != 0 {
                    path.append(claims[step].task)
                    step = below[step] ?? 0
                }
                return path
            }
            let parent = claims[id].parent
            if parent != 0 && below[parent] == nil {
                below[parent] = id
                open.append(parent)
            }
            for blocked in parking.blocked(by: id) where blocked != 0 && below[blocked] == nil {
                below[blocked] = id
                open.append(blocked)
            }
        }
        return nil
    }

    // MARK: Slots

    /// Takes a job slot if one is free and nobody queues for it.
    mutating func takeSlot() -> Bool {
        guard freeSlots > 0, !parking.hasQueue else { return false }
        freeSlots -= 1
        return true
    }

    /// Gives a job slot to the first in the queue, or back.
    mutating func releaseSlot() {
        if let next = parking.grant() {
            wake.append(next)
        } else {
            freeSlots += 1
        }
    }
}
