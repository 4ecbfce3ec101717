/// What is left to do for a request.
enum Progress {
    /// The task is consistent: its output can be read.
    case consistent

    /// The task must be executed by the caller, who knows its type.
    case execute(ExecutionOrder)
}

extension Engine {
    /// Takes a request to where its task is consistent or must be executed, acting on the state's decisions.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - first: The first step, where it has been decided already.
    /// - Returns: What is left to the caller.
    /// - Throws: The error of the task, of a cycle, or `CancellationError`; the request's claims are given up then.
    func proceed(_ request: inout Request, from first: Step? = nil) async throws -> Progress {
        do {
            if jobs == 1 { return try await drive(&request, from: first) { _ in } }
            return try await driveWithHelpers(&request, from: first)
        } catch {
            locked { $0.abandon(&request) }
            throw error
        }
    }

    /// Like `drive`, with helpers that check beside it what may be checked at once.
    ///
    /// Nobody here waits for a helper; what one has begun is finished and kept, whatever becomes of the request.
    private func driveWithHelpers(_ request: inout Request, from first: Step?) async throws -> Progress {
        var fans: [Fan] = []
        defer {
            for fan in fans {
                locked { $0.wake.append(contentsOf: $0.parking.dismiss(helping: UInt64(fan.generation))) }
            }
        }
        return try await drive(&request, from: first) { fan in
            if fans.last?.generation == fan.generation { return }
            fans.append(fan)
            state.withLock { $0.parking.begin(UInt64(fan.generation)) }
            helpers.start(for: fan.work) { await self.help(fan) }
        }
    }

    /// The claim around which helpers find work.
    struct Fan: Sendable {
        let claim: ClaimID
        let generation: UInt32
        let epoch: Epoch
        let work: UInt32
    }

    /// Makes tasks consistent that may be checked beside the one that somebody's check has come to.
    private func help(_ fan: Fan) async {
        var hasSlot = await acquireSlot(epoch: fan.epoch, helping: UInt64(fan.generation))
        guard hasSlot else { return }
        var hasCompanion = false
        while let task = locked({ $0.nextBeside(fan.claim, generation: fan.generation) }) {
            if !hasCompanion && jobs > 2 {
                hasCompanion = true
                helpers.start(for: fan.work) { await self.help(fan) }
            }
            var request = Request(task, requirer: 0, epoch: fan.epoch, work: fan.work)
            request.hasSlot = hasSlot
            request.needsOutput = false
            // An error is found again by the check that this helps, in its order.
            try? await complete(&request)
            hasSlot = request.hasSlot
            if Task.isCancelled { break }
        }
        locked { state in
            if hasSlot && state.epoch == fan.epoch { state.releaseSlot() }
            state.wake.append(contentsOf: state.parking.dismiss(helping: UInt64(fan.generation)))
        }
    }

    private func progress(_ step: Step, _ request: inout Request) throws -> Progress? {
        switch step {
        case .consistent:
            return .consistent
        case .failed(let error):
            throw self.error(for: error)
        case .execute(let order) where order.key.claim == request.base:
            return .execute(order)
        case .refused, .ended:
            throw CancellationError()
        case .execute, .look, .hash, .stamp, .compare, .wait, .slot, .probe, .noteSession, .name:
            return nil
        }
    }

    /// Acts on one decision after the other.
    private func drive(
        _ request: inout Request,
        from first: Step? = nil,
        fanOut: (Fan) -> Void
    ) async throws -> Progress {
        var step = first ?? locked { $0.next(&request) }
        try Task.checkCancellation()
        while true {
            if let progress = try progress(step, &request) {
                if store == nil || !request.needsOutput { return progress }
                // An output that does not decode is made again.
                guard case .consistent = progress, !decodeOutput(of: request.task) else { return progress }
                try Task.checkCancellation()
                step = locked { $0.next(&request) }
                continue
            }
            await Scheduling.pass()
            if request.fan != 0, let fan = locked({ $0.fan(of: request, for: step) }) { fanOut(fan) }
            switch step {
            case .execute(let order):
                // At its end the execution has looked for a cancellation.
                try await execute(order, for: &request)
                step = locked { $0.next(&request) }
                continue
            case .look(let resource):
                let ahead = locked { $0.lookAhead(of: request) }
                if ahead.isEmpty {
                    look(at: resource, epoch: request.epoch)
                } else {
                    try await look(at: [resource] + ahead, epoch: request.epoch, forUpdate: false)
                }
            case .hash(let resource):
                hash(resource, epoch: request.epoch)
            case .stamp(let resource):
                try await stamp(resource, epoch: request.epoch)
            case .compare(let task, let stamp):
                let holds = stamp.holds(for: task, in: self)
                locked { $0.compared(request, holds: holds) }
            case .wait(let claim, let task):
                try await wait(for: claim, of: task, &request)
            case .slot:
                try await acquireSlot(&request)
            case .noteSession:
                try noteSession()
            case .name(let task):
                if !name(task) { locked { $0.refuseUnknown(&request, task) } }
            case .probe(let task):
                try await probe(task, epoch: request.epoch)
            case .consistent, .failed, .refused, .ended:
                break
            }
            try Task.checkCancellation()
            step = locked { $0.next(&request) }
        }
    }

    /// Executes a task that was found by its id, in the course of a check.
    private func execute(_ order: ExecutionOrder, for request: inout Request) async throws {
        let execution = await tables.table(order.type).executor(order, self)
        request.hasSlot = execution.hasSlot
        // The claim is gone, whatever came of it; the check goes on with the one below.
        if order.key.claim == request.base {
            request.base = 0
            request.current = 0
        } else {
            request.current = order.parent
        }
        // Whoever waited for it may claim it anew; this request ends with it.
        if execution.isCancelled { throw CancellationError() }
        if execution.hasComparisons { await compareStamps() }
    }

    /// Executes a task for a check, and ends the execution; specialised in the module of the task.
    @inlinable
    func execute<T: IncrementalTask>(
        of type: T.Type,
        _ order: ExecutionOrder
    ) async -> Execution {
        do {
            let output: T.Output
            let table = table(of: type)
            table.expect(order.expected)
            let task = table.index.key(order.local)
            if order.isUpdating {
                output = try await task._execute(bottomUp: BottomUpContext(engine: self, key: order.key))
            } else {
                output = try await task._execute(topDown: TopDownContext(engine: self, key: order.key))
            }
            while true {
                let ended = try finish(output, of: type, order)
                guard let obstacle = ended.committed.obstacle else {
                    return Execution(ended.committed)
                }
                try await overcome(obstacle, order.key)
            }
        } catch {
            let hasSlot = fail(order.key, self.error(for: error))
            return Execution(hasSlot: hasSlot, isCancelled: error is CancellationError, isUpdating: order.isUpdating)
        }
    }

    /// Ends an execution that a check has made; not inlined, to keep the frame of who calls it small.
    @inlinable
    @inline(never)
    func finish<T: IncrementalTask>(
        _ output: T.Output,
        of type: T.Type,
        _ order: ExecutionOrder
    ) throws -> Ended<T.Output> {
        try end(output, to: table(of: type), order.key, isNew: order.isNew, answering: nil)
    }

    /// Makes a task consistent for its own sake, by id.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - first: The first step, where it has been decided already.
    /// - Throws: The task's error, or `CancellationError`.
    func complete(_ request: inout Request, from first: Step? = nil) async throws {
        var first = first
        while true {
            let order: ExecutionOrder
            if case .execute(let decided)? = first, decided.key.claim == request.base {
                await Scheduling.pass()
                order = decided
            } else {
                guard case .execute(let decided) = try await proceed(&request, from: first) else { return }
                order = decided
            }
            first = nil
            do {
                try await execute(order, for: &request)
            } catch {
                locked { $0.abandon(&request) }
                throw error
            }
        }
    }

    // MARK: Looking

    /// Takes in what was seen outside the lock, unless the session that looked is over.
    ///
    /// What a superseded session saw may be older than the edit that the next one was begun for.
    @discardableResult
    func takeIn<Result>(_ epoch: Epoch, _ body: (inout EngineState) -> Result) -> Result? {
        locked { state in
            state.epoch == epoch && state.isSessionOpen ? body(&state) : nil
        }
    }

    func look(at resource: ResourceID, epoch: Epoch) {
        do {
            look(resource, found: try fileSystem.metadata(at: file(resource)), epoch: epoch)
        } catch {
            unreadable(resource, epoch: epoch)
        }
    }

    /// Takes in the metadata of a file, and hashes it where they do not suffice.
    func look(_ resource: ResourceID, found stamp: FileStamp, epoch: Epoch) {
        guard takeIn(epoch, { $0.look(resource, found: stamp) }) ?? false else { return }
        do {
            let hashed = try fileSystem.hash(at: file(resource))
            _ = takeIn(epoch) { $0.look(resource, found: hashed) }
        } catch {
            unreadable(resource, epoch: epoch)
        }
    }

    func hash(_ resource: ResourceID, epoch: Epoch) {
        do {
            let stamp = try fileSystem.hash(at: file(resource))
            takeIn(epoch) { $0.hashed(resource, stamp) }
        } catch {
            unreadable(resource, epoch: epoch)
        }
    }

    func unreadable(_ resource: ResourceID, epoch: Epoch) {
        takeIn(epoch) { $0.unreadable(resource) }
    }

    func stamp(_ resource: ResourceID, epoch: Epoch) async throws {
        guard let (table, local) = table(ofResource: resource) else {
            if let unset = stampOfUnsetInput(resource) {
                _ = observe(resource, unset, epoch: epoch)
            } else {
                unreadable(resource, epoch: epoch)
            }
            return
        }
        let scope = state.withLock { $0.scope }
        let stamp: AnyStamp
        do {
            stamp = try await table.stamp(local, in: scope)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            unreadable(resource, epoch: epoch)
            return
        }
        _ = observe(resource, stamp, epoch: epoch)
    }

    /// Finds or stores the observation for a stamp of a resource that is not a file.
    ///
    /// - Returns: The observation; 0 if the session is over.
    func observe(_ resource: ResourceID, _ stamp: AnyStamp, epoch: Epoch) -> ObservationID {
        while true {
            // The current observation is nearly always the one: the others are as many as there are readers at most.
            let current = state.withLock { $0.currentObservation(of: resource) }
            var known = current
            if !(known.map { isEqual(stamp, to: $0.stamp) } ?? false) {
                known = state.withLock { $0.observations(of: resource) }.first { isEqual(stamp, to: $0.stamp) }
            }
            let taken = takeIn(epoch) { state -> ObservationID in
                // Nobody may refer to it any more, and its place be another's by now.
                let isThere = known.map { state.graph.observations[$0.id].stamp === $0.stamp } ?? false
                // Somebody else may have seen the same meanwhile.
                if !isThere && state.currentObservation(of: resource)?.stamp !== current?.stamp { return 0 }
                return state.observation(of: resource, equals: isThere ? known?.id : nil, stamp)
            }
            if taken != 0 { return taken ?? 0 }
        }
    }

    /// Whether a stamp that was taken now equals an earlier one, which may be bytes still; users' code.
    private func isEqual(_ stamp: AnyStamp, to earlier: AnyStamp) -> Bool {
        guard let bytes = earlier.storedBytes, let store else { return earlier.isEqual(to: stamp) }
        if let present = stamp.storedBytes { return present == bytes }
        let encoding = state.withLock { try? $0.graph.storage?.catalog.encoding(of: bytes) }
        return encoding.map { stamp.isEqual(toEncoding: $0, store) } ?? false
    }

    /// Finds out whether a task's record holds, executing nothing.
    func probe(_ task: TaskID, epoch: Epoch) async throws {
        var request = Request(task, requirer: 0, epoch: epoch, work: 0)
        request.isDry = true
        request.needsOutput = false
        do {
            _ = try await drive(&request) { _ in }
        } catch {
            locked { state in
                state.abandon(&request)
                if state.epoch == epoch { state.refused.insert(task) }
            }
            try Task.checkCancellation()
        }
    }

    /// Compares the stamps of requirers whose target has changed in an update, and schedules those that differ.
    func compareStamps() async {
        while let (epoch, work) = locked({ state in state.nextComparison().map { (state.epoch, $0) } }) {
            let holds = work.stamp.holds(for: work.target, in: self)
            locked { state in
                if state.epoch == epoch && state.isUpdating { state.settle(work.comparison, holds: holds) }
            }
        }
    }
}
