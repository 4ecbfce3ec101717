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
    /// task costs three locks and one asynchronous frame of ours. All that does not suspend is in functions of its own
    /// that are never inlined here: what they need for a moment would otherwise live in that frame.
    @inlinable
    func require<T: IncrementalTask, C: ExecutingContext>(_ task: T, in context: C) async throws -> T.Output {
        let begun = try begin(task, by: context.key)
        if let output = begun.output { return output }
        guard let key = begun.request.key else {
            return try await complete(task, begun.location, begun.request, in: context)
        }
        return try await execute(task, begun.location, key, begun.request.entry, isNew: true, in: context)
    }

    /// Answers a requirement of a consistent task, or begins to make it consistent.
    @inlinable
    @inline(never)
    func begin<T: IncrementalTask>(_ task: T, by key: ExecutionKey) throws -> Begun<T> {
        if Task.isCancelled { throw cancelled(key) }
        let location = locate(task)
        if !location.isNew, let output = hit(location, by: key) {
            return Begun(location: location, output: output, request: BegunRequest())
        }
        return Begun(location: location, output: nil, request: try begin(location.id, by: key))
    }

    /// Answers a requirement of a consistent task.
    @inlinable
    func hit<T: IncrementalTask>(_ location: Location<T>, by key: ExecutionKey) -> T.Output? {
        let output = state.withLock { state -> T.Output? in
            guard state.answerAtOnce(location.id, by: key) else { return nil }
            return location.table.outputs[location.local]
        }
        if isTracked { deliver() }
        return output
    }

    /// Executes a task that was claimed for a requirement, and answers that.
    @inlinable
    @inline(__always)
    func execute<T: IncrementalTask, C: ExecutingContext>(
        _ task: T,
        _ location: Location<T>,
        _ key: ExecutionKey,
        _ entry: UInt32,
        isNew: Bool,
        in context: C
    ) async throws -> T.Output {
        do {
            let output = try await context.run(task, key)
            let request = Request(location.id, entry: entry, by: context.key)
            let ended = try end(output, to: location.table, location.local, key, isNew: isNew, answering: request)
            if !ended.isOver { try await goOn(ended, location, key, request) }
            return ended.output
        } catch {
            throw await failed(location.id, entry, by: context.key, key, error)
        }
    }

    /// Makes a task consistent that has a record, or that somebody else makes: by a check, by waiting, or executing it.
    @inlinable
    @inline(never)
    func complete<T: IncrementalTask, C: ExecutingContext>(
        _ task: T,
        _ location: Location<T>,
        _ begun: BegunRequest,
        in context: C
    ) async throws -> T.Output {
        guard let (key, isNew) = try await check(location.id, begun, by: context.key) else {
            return output(at: location)
        }
        return try await execute(task, location, key, begun.entry, isNew: isNew, in: context)
    }

    /// Takes a requirement to where its task must be executed, or answers it.
    ///
    /// - Returns: The execution to make; `nil` if the task is consistent and the requirement answered.
    @usableFromInline
    func check(
        _ task: TaskID,
        _ begun: BegunRequest,
        by key: ExecutionKey
    ) async throws -> (key: ExecutionKey, isNew: Bool)? {
        var request = Request(task, entry: begun.entry, by: key, work: begun.work)
        request.hasSlot = begun.hasSlot
        do {
            if case .execute(let key, let isNew) = try await proceed(&request) { return (key, isNew) }
        } catch {
            await refuse(&request, error, by: key)
            throw error
        }
        await answer(&request)
        return nil
    }

    /// Does what is left to do at the end of an execution: all that takes the world outside the lock.
    @usableFromInline
    func goOn<T: IncrementalTask>(
        _ ended: Ended<T.Output>,
        _ location: Location<T>,
        _ key: ExecutionKey,
        _ request: Request
    ) async throws {
        var ended = ended
        while let obstacle = ended.obstacle {
            try await overcome(obstacle, key)
            ended = try end(ended.output, to: location.table, location.local, key, isNew: false, answering: request)
        }
        if ended.awaitsSlot {
            var request = request
            await finish(&request)
        }
        if ended.hasComparisons { await compareStamps() }
    }

    /// Ends an execution with an error, and the requirement that it was made for.
    ///
    /// - Returns: The error to throw to who asked.
    @usableFromInline
    func failed(
        _ task: TaskID,
        _ entry: UInt32,
        by requirer: ExecutionKey,
        _ key: ExecutionKey,
        _ error: any Error
    ) async -> any Error {
        let error = self.error(for: error)
        var request = Request(task, entry: entry, by: requirer)
        request.hasSlot = fail(key, error)
        await refuse(&request, error, by: requirer)
        return error
    }

    @usableFromInline
    func cancelled(_ key: ExecutionKey) -> any Error {
        met(CancellationError(), by: key)
        return CancellationError()
    }

    /// How far a requirement came at once.
    @usableFromInline
    struct Begun<T: IncrementalTask> {
        @usableFromInline let location: Location<T>

        /// The output, if the task was consistent.
        @usableFromInline let output: T.Output?

        /// What is under way, otherwise.
        @usableFromInline let request: BegunRequest

        @usableFromInline
        init(location: Location<T>, output: T.Output?, request: BegunRequest) {
            self.location = location
            self.output = output
            self.request = request
        }
    }

    /// A requirement of a task that is not consistent yet.
    @usableFromInline
    struct BegunRequest {
        /// The place of the dependency.
        @usableFromInline var entry: UInt32 = 0

        /// Whether the requirement has the requirer's job slot, if there is no execution to give it to yet.
        var hasSlot = false

        /// The call of the host that it is made for.
        var work: UInt32 = 0

        /// The execution to make, if the task is new.
        @usableFromInline var key: ExecutionKey?

        @usableFromInline
        init() {}
    }

    /// Begins a requirement, as far as it goes at once.
    @usableFromInline
    func begin(_ task: TaskID, stamper: StamperID = 0, by key: ExecutionKey) throws -> BegunRequest {
        try locked { state in
            var begun = BegunRequest()
            var request = try state.ask(task, stamper: stamper, by: key)
            begun.entry = request.entry
            begun.work = request.work
            let node = state.graph.nodes.address(Int(task))
            // A new task that nobody makes yet: the common case of a first build needs no further look.
            if node.pointee.version == 0, node.pointee.claim == 0, !node.pointee.flags.contains(.failed),
                request.hasSlot, case .execute(let claim) = state.next(&request)
            {
                let generation = state.claims[claim].generation
                begun.key = ExecutionKey(claim: claim, generation: generation, epoch: state.epoch)
            }
            begun.hasSlot = request.hasSlot
            return begun
        }
    }

    @usableFromInline
    func output<T: IncrementalTask>(at location: Location<T>) -> T.Output {
        guard let output = state.withLock({ _ in location.table.outputs[location.local] }) else {
            preconditionFailure("a consistent task has an output")
        }
        return output
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

    // MARK: Stampers and projections

    /// Makes a task consistent and depends on what a reducer makes of its output.
    func require<T: IncrementalTask, R: OutputReducer, C: ExecutingContext>(
        _ task: T,
        reducing reducer: R,
        in context: C
    ) async throws -> (output: T.Output, stamp: R.Stamp) where R.Output == T.Output {
        if Task.isCancelled { throw cancelled(context.key) }
        let location = locate(task)
        let stamper = intern(reducer)
        let begun = try begin(location.id, stamper: stamper, by: context.key)
        var request = Request(location.id, entry: begun.entry, by: context.key, work: begun.work)
        request.hasSlot = begun.hasSlot
        do {
            var execution = begun.key.map { (key: $0, isNew: true) }
            if execution == nil, case .execute(let key, let isNew) = try await proceed(&request) {
                execution = (key, isNew)
            }
            let output: T.Output
            if let (key, isNew) = execution {
                do {
                    output = try await execute(task, in: context, location, key, isNew: isNew, &request)
                } catch {
                    let error = self.error(for: error)
                    request.isOver(hasSlot: fail(key, error))
                    throw error
                }
            } else {
                output = self.output(at: location)
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
        _ location: Location<T>,
        _ key: ExecutionKey,
        isNew: Bool,
        _ request: inout Request
    ) async throws -> T.Output {
        let output = try await context.run(task, key)
        while true {
            let ended = try end(output, to: location.table, location.local, key, isNew: isNew, answering: nil)
            guard let obstacle = ended.obstacle else {
                request.isOver(hasSlot: ended.hasSlot)
                return ended.output
            }
            try await overcome(obstacle, key)
        }
    }

    // MARK: Previous outputs

    /// What a task's output was before this session, if this version made it.
    func previousOutput<T: IncrementalTask>(of task: T) -> T.Output? {
        let location = locate(task)
        return state.withLock { state in
            let node = state.graph.nodes.address(Int(location.id))
            guard node.pointee.version != 0, node.pointee.madeBy == state.versions[Int(node.pointee.type)] else {
                return nil
            }
            if node.pointee.executed != state.epoch { return location.table.outputs[location.local] }
            if state.replacedVersions.contains(location.id) { return nil }
            if !node.pointee.flags.contains(.replaced) { return nil }
            return location.table.previous.output(location.local, in: state.epoch)
                ?? location.table.outputs[location.local]
        }
    }
}
