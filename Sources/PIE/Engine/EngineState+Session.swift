extension EngineState {
    /// Begins a session; no other one is open.
    ///
    /// - Parameters:
    ///   - scope: The root, buffers and inputs of this session.
    ///   - inputs: The inputs that were set since the last one.
    ///   - present: The places of the types' present versions, by type.
    ///   - buffers: The buffers that were set, or taken away, since the last one.
    ///   - observations: What the host has asked to be kept up to date since, or not to be any more.
    mutating func beginSession(
        scope: ResourceScope,
        inputs: [InputKey],
        versions present: [UInt16],
        buffers: [(resource: ResourceID, stamp: FileStamp?)] = [],
        observations: [(task: TaskID, isObserved: Bool)] = []
    ) {
        if epoch >= RecordReader.highestCounter { restartEpochs() }
        epoch += 1
        isSessionOpen = true
        isUpdating = false
        isUpToDate = false
        hasBeenUsed = false
        isSessionNoted = graph.storage == nil
        storeError = nil
        freeSlots = jobs
        update = UpdateState()
        self.scope = scope
        for key in inputs where !Mutation.isOn(.inputsNotNoticed) {
            guard let resource = self.inputs[key] else { continue }
            graph.resources[resource].isSettled = false
            changedResources.insert(resource)
        }
        for type in 1..<max(1, min(versions.count, present.count)) where versions[type] != present[type] {
            versions[type] = present[type]
            changedTypes.insert(UInt32(type))
        }
        if isTracked { note(.sessionBegan(epoch)) }
        for (resource, stamp) in buffers { setBuffer(stamp, over: resource) }
        for resource in buffered.sorted() { noteIgnoredBuffer(over: resource) }
        apply(observations)
    }

    /// Notes that a resource is an input.
    mutating func addInput(_ key: InputKey, _ resource: ResourceID) {
        inputs[key] = resource
        graph.resources[resource].isInput = true
    }

    /// Changes what is kept up to date for the host's sake.
    mutating func apply(_ observations: [(task: TaskID, isObserved: Bool)]) {
        for (task, isObserved) in observations {
            if isObserved { keepUpToDate(task) } else { unobserveRoot(task) }
        }
    }

    /// Begins the update of a session, which must be its first call.
    mutating func beginUpdate(_ key: ExecutionKey) throws {
        try validate(key)
        if hasBeenUsed {
            throw BuildError.misuse(
                isUpdating || isUpToDate ? "a session is updated twice" : "a session is updated after it was used",
                hint: "call update(_:) once, and before anything else in the session"
            )
        }
        hasBeenUsed = true
        letGoOfCircles()
        isUpdating = true
    }

    /// Notes that the host requires something.
    mutating func useByHost() throws {
        if isUpdating {
            throw BuildError.misuse(
                "a task is required from a session while it is updated",
                hint: "await update(_:) before requiring"
            )
        }
        hasBeenUsed = true
    }

    /// Ends the session: nothing more of it is committed (R14).
    ///
    /// - Parameter superseded: Whether its contexts throw `CancellationError` from now on.
    mutating func endSession(superseded: Bool) {
        guard isSessionOpen else { return }
        if superseded { lastSuperseded = epoch }
        if isUpdating { putOff() }
        if claimCount > 0 {
            for id in 1..<ClaimID(claims.count) where claims[id].task != 0 {
                if superseded && claims[id].phase == .executing && Mutation.isOn(.supersededExecutionsCommitted) {
                    _ = commit(id, .same)
                } else {
                    giveUp(id)
                }
            }
        }
        distrustEarlyReaders()
        for task in failures.keys { graph.nodes[task].flags.remove(.failed) }
        for (_, error) in failures { graph.garbage.append(Garbage(error)) }
        failures = [:]
        objections = [:]
        refused = []
        deferredCancels = []
        replacedVersions = []
        wake.append(contentsOf: parking.clear())
        isSessionOpen = false
        isUpdating = false
        isUpToDate = false
        if isTracked { note(.sessionEnded(epoch)) }
    }

    /// Starts counting sessions anew, after four billion: nothing counts as verified.
    private mutating func restartEpochs() {
        epoch = 0
        lastSuperseded = 0
        earlyListings = 0
        for task in 1..<max(1, graph.nodes.count) {
            graph.nodes[task].verified = 0
            graph.nodes[task].executed = 0
            graph.nodes[task].shadow = 0
        }
        for resource in 1..<max(1, graph.resources.count) {
            graph.resources[resource].looked = 0
            graph.resources[resource].readEpoch = 0
        }
    }
}
