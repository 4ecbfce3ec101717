/// Who executes tasks: a context of one of the incremental kinds.
@usableFromInline
protocol ExecutingContext: Context {
    /// Which execution the context stands for.
    var key: ExecutionKey { get }

    var engine: Engine { get }

    /// Executes a task in a context of this kind.
    func run<T: IncrementalTask>(_ task: T, _ key: ExecutionKey) async throws -> T.Output
}

extension Engine {
    /// Makes a task consistent and returns its output.
    ///
    /// Specialised for the task and the context in the module that asks. A hit is a search and one short lock; a new
    /// task costs three locks and one asynchronous frame of ours. That frame is what a deep build is made of: all that
    /// does not suspend is in functions of its own that are never inlined here, since what they need for a moment would
    /// otherwise live in it, and what can be had again after the execution is not kept.
    @inlinable
    func require<T: IncrementalTask, C: ExecutingContext>(_ task: T, in context: C) async throws -> T.Output {
        let (output, asked, begun) = try begin(task, by: context.key)
        if let output { return output }
        if asked.claim == 0 { return try await complete(task, asked, begun, in: context) }
        return try await execute(task, asked, isNew: true, in: context)
    }

    /// Answers a requirement of a consistent task, or begins to make it consistent.
    @inlinable
    @inline(never)
    func begin<T: IncrementalTask>(
        _ task: T,
        by key: ExecutionKey
    ) throws -> (output: T.Output?, asked: Asked, begun: Begun?) {
        if Task.isCancelled { throw cancelled(key) }
        let location = locate(task)
        if !location.isNew, let output = hit(location, by: key) { return (output, Asked(), nil) }
        specialise(location.table)
        let (asked, begun) = try begin(location.id, by: key)
        return (nil, asked, begun)
    }

    /// Answers the host's requirement of a task, if it is consistent.
    @inlinable
    @inline(never)
    func hit<T: IncrementalTask>(_ task: T, by key: ExecutionKey) -> T.Output? {
        hit(locate(task), by: key)
    }

    /// Answers a requirement of a consistent task.
    @inlinable
    func hit<T: IncrementalTask>(_ location: Location<T>, by key: ExecutionKey) -> T.Output? {
        let output = state.withLock { state -> T.Output? in
            // An output that is in the store alone takes longer.
            guard let output = location.table.outputs[location.local], state.answerAtOnce(location.id, by: key) else {
                return nil
            }
            location.table.expect(state.expectedNext(to: location.id, in: key))
            return output
        }
        if isTracked { deliver() }
        return output
    }

    /// Executes a task that was claimed for a requirement, and answers that.
    @inlinable
    @inline(__always)
    func execute<T: IncrementalTask, C: ExecutingContext>(
        _ task: T,
        _ asked: Asked,
        isNew: Bool,
        in context: C
    ) async throws -> T.Output {
        do {
            let output = try await context.run(task, asked.key(in: context.key.epoch))
            let ended = try end(output, of: T.self, asked, by: context.key, isNew: isNew)
            guard let rest = ended.rest else { return ended.output }
            return try await goOn(ended.output, of: T.self, asked, by: context.key, rest)
        } catch {
            throw await failed(asked, by: context.key, error)
        }
    }

    /// Makes a task consistent that has a record, or that somebody else makes: by a check, by waiting, or executing it.
    @inlinable
    @inline(never)
    func complete<T: IncrementalTask, C: ExecutingContext>(
        _ task: T,
        _ asked: Asked,
        _ begun: Begun?,
        in context: C
    ) async throws -> T.Output {
        var execution = begun?.execution.map { (asked: $0, isNew: false) }
        if execution == nil { execution = try await check(asked, begun, by: context.key) }
        guard let (asked, isNew) = execution else {
            let output = try output(at: locate(task))
            try confirm(context.key)
            return output
        }
        return try await execute(task, asked, isNew: isNew, in: context)
    }

    /// Takes a requirement to where its task must be executed, or answers it.
    ///
    /// - Returns: The execution to make; `nil` if the task is consistent and the requirement answered.
    @usableFromInline
    func check(_ asked: Asked, _ begun: Begun?, by key: ExecutionKey) async throws -> (asked: Asked, isNew: Bool)? {
        var request = goOn(asked, begun, by: key)
        do {
            if case .execute(let order) = try await proceed(&request, from: begun?.step) {
                return (Asked(task: asked.task, entry: asked.entry, execution: order.key), order.isNew)
            }
        } catch {
            await refuse(&request, error, by: key)
            throw error
        }
        await answer(&request)
        return nil
    }

    /// The request for a requirement, as far as it has come.
    private func goOn(_ asked: Asked, _ begun: Begun?, by key: ExecutionKey) -> Request {
        if let begun { return begun.request }
        var request = Request(asked, by: key)
        locked { $0.lend(to: &request, by: key) }
        return request
    }

    /// Ends an execution and answers the requirement that it was made for.
    ///
    /// - Returns: The output to answer with, and what is left to do.
    @inlinable
    @inline(never)
    func end<T: IncrementalTask>(
        _ output: T.Output,
        of type: T.Type,
        _ asked: Asked,
        by requirer: ExecutionKey,
        isNew: Bool
    ) throws -> (output: T.Output, rest: EndRest?) {
        let key = asked.key(in: requirer.epoch)
        let request = Request(asked, by: requirer)
        let ended = try end(output, to: table(of: T.self), key, isNew: isNew, answering: request)
        return (ended.output, ended.isOver ? nil : EndRest(ended.committed))
    }

    /// Does what is left to do at the end of an execution: all that takes the world outside the lock.
    @usableFromInline
    func goOn<T: IncrementalTask>(
        _ output: T.Output,
        of type: T.Type,
        _ asked: Asked,
        by requirer: ExecutionKey,
        _ rest: EndRest
    ) async throws -> T.Output {
        var ended = (output: output, rest: Optional(rest))
        while let obstacle = ended.rest?.committed.obstacle {
            try await overcome(obstacle, asked.key(in: requirer.epoch))
            ended = try end(ended.output, of: T.self, asked, by: requirer, isNew: false)
        }
        if ended.rest?.committed.awaitsSlot ?? false {
            var request = Request(asked, by: requirer)
            await finish(&request)
        }
        if ended.rest?.committed.hasComparisons ?? false { await compareStamps() }
        return ended.output
    }

    /// Ends an execution with an error, and the requirement that it was made for.
    ///
    /// - Returns: The error to throw to who asked.
    @usableFromInline
    func failed(_ asked: Asked, by requirer: ExecutionKey, _ error: any Error) async -> any Error {
        let error = self.error(for: error)
        var request = Request(asked, by: requirer)
        request.hasSlot = fail(asked.key(in: requirer.epoch), error)
        await refuse(&request, error, by: requirer)
        return error
    }

    /// Says that outputs which were read since a requirement was answered are those of its session (R14).
    ///
    /// - Throws: `CancellationError` if another session has taken its place, which may have made others.
    @usableFromInline
    func confirm(_ key: ExecutionKey) throws {
        guard state.withLock({ $0.epoch == key.epoch }) else { throw cancelled(key) }
    }

    @usableFromInline
    func cancelled(_ key: ExecutionKey) -> any Error {
        met(CancellationError(), by: key)
        return CancellationError()
    }

    /// Begins a requirement, as far as it goes at once.
    ///
    /// - Returns: What was asked for, with the execution to make if the task is new: the common case of a first build
    ///   needs nothing else. If the task has a record: how far its check has come.
    @usableFromInline
    func begin(_ task: TaskID, stamper: StamperID = 0, by key: ExecutionKey) throws -> (asked: Asked, begun: Begun?) {
        try locked { state in
            var request = try state.ask(task, stamper: stamper, by: key)
            var asked = Asked(task: task, entry: request.entry)
            let node = state.graph.nodes.address(Int(task))
            guard request.hasSlot, state.isSessionNoted, node.pointee.claim == 0,
                !node.pointee.flags.contains(.failed)
            else {
                state.takeBack(&request)
                return (asked, nil)
            }
            let step = state.next(&request)
            guard case .execute(let order) = step, order.isNew, order.key.claim == request.base else {
                return (asked, Begun(request, step))
            }
            asked.claim = order.key.claim
            asked.generation = order.key.generation
            return (asked, nil)
        }
    }

    /// Records the answer to a request and gives the job slot back.
    @usableFromInline
    func answer(_ request: inout Request) async {
        let isDone = locked { state in
            state.answer(request, failed: false)
            return state.finish(&request)
        }
        if !isDone { await finish(&request) }
        if hasComparisons() { await compareStamps() }
    }

    /// Records that a request failed and gives the job slot back.
    @usableFromInline
    func refuse(_ request: inout Request, _ error: any Error, by key: ExecutionKey) async {
        let isCancellation = error is CancellationError
        locked { state in
            if !isCancellation { state.answer(request, failed: true) }
        }
        await finish(&request)
        if hasComparisons() { await compareStamps() }
        met(error, by: key)
    }

    private func hasComparisons() -> Bool {
        state.withLock { $0.isUpdating && !$0.update.comparisons.isEmpty }
    }

    /// Makes a task consistent for the host, which says whether it is observed and whether it must execute.
    func require<T: IncrementalTask>(
        _ task: T,
        observing: Bool,
        forcing: Bool,
        by key: ExecutionKey
    ) async throws -> T.Output {
        let location = locate(task)
        var request = try locked { state in
            try state.ask(location.id, by: key, observing: observing, forcing: forcing)
        }
        do {
            try await complete(&request)
        } catch {
            let isCancellation = error is CancellationError
            locked { state in
                if !isCancellation { state.answer(request, failed: true) }
                state.releaseSlot(of: &request)
            }
            throw error
        }
        locked { state in
            state.answer(request, failed: false)
            state.releaseSlot(of: &request)
        }
        let output = try output(at: location)
        try confirm(key)
        return output
    }

    // MARK: Stampers and projections

    /// Makes a task consistent and depends on what a reducer makes of its output.
    func require<T: IncrementalTask, R: OutputReducer, C: ExecutingContext>(
        _ task: T,
        reducing reducer: R,
        in context: C
    ) async throws -> (output: T.Output, stamp: R.Stamp) where R.Output == T.Output {
        if Task.isCancelled { throw cancelled(context.key) }
        let location = locate(task)
        let stamper = Mutation.isOn(.partsRecordedAsWhole) ? 0 : intern(reducer)
        let (asked, begun) = try begin(location.id, stamper: stamper, by: context.key)
        var request = Request(asked, by: context.key)
        do {
            var execution: (key: ExecutionKey, isNew: Bool)?
            if asked.claim != 0 {
                execution = (asked.key(in: context.key.epoch), true)
            } else {
                request = goOn(asked, begun, by: context.key)
                if case .execute(let order) = try await proceed(&request, from: begun?.step) {
                    execution = (order.key, order.isNew)
                }
            }
            let output: T.Output
            if let (key, isNew) = execution {
                do {
                    output = try await execute(task, in: context, key, isNew: isNew, &request)
                } catch {
                    let error = self.error(for: error)
                    request.isOver(hasSlot: fail(key, error))
                    throw error
                }
            } else {
                output = try self.output(at: location)
                try confirm(context.key)
            }
            let stamp = reducer.reduce(output)
            let kept = OutputStamp<T, R>(reducer, stamp)
            let isDone = locked { state in
                state.answer(request, failed: false, stamp: kept)
                return state.finish(&request)
            }
            if !isDone { await finish(&request) }
            await compareStamps()
            return (output, stamp)
        } catch {
            await refuse(&request, error, by: context.key)
            throw error
        }
    }

    /// Executes a task whose output is reduced before it is the answer.
    private func execute<T: IncrementalTask, C: ExecutingContext>(
        _ task: T,
        in context: C,
        _ key: ExecutionKey,
        isNew: Bool,
        _ request: inout Request
    ) async throws -> T.Output {
        let output = try await context.run(task, key)
        while true {
            let ended = try end(output, to: table(of: T.self), key, isNew: isNew, answering: nil)
            guard let obstacle = ended.committed.obstacle else {
                request.isOver(hasSlot: ended.committed.hasSlot)
                return ended.output
            }
            try await overcome(obstacle, key)
        }
    }

    // MARK: Previous outputs

    /// What a task's output was before this session, if this version made it.
    func previousOutput<T: IncrementalTask>(of task: T) -> T.Output? {
        let location = locate(task)
        let present = output(of: location.id, in: location.table)
        return state.withLock { state in
            let node = state.graph.nodes.address(Int(location.id))
            guard node.pointee.version != 0, state.isOfPresentVersion(node) else { return nil }
            // What was committed since then was not there before the session.
            let before = present?.version == node.pointee.version ? present?.value : nil
            if node.pointee.executed != state.epoch || Mutation.isOn(.previousOutputIsPresent) { return before }
            if state.replacedVersions.contains(location.id) { return nil }
            if !node.pointee.flags.contains(.replaced) { return nil }
            return location.table.previous.output(location.local, in: state.epoch) ?? before
        }
    }
}
