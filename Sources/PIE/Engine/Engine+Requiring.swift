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
    /// Specialised for the task and the context in the module that asks: a hit is a search and one short lock; a new
    /// task costs one asynchronous frame of ours.
    @inlinable
    func require<T: IncrementalTask, C: ExecutingContext>(_ task: T, in context: C) async throws -> T.Output {
        if Task.isCancelled { throw cancelled(context.key) }
        let location = locate(task)
        if let output = hit(location, by: context.key) { return output }
        return try await complete(task, location, in: context)
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

    /// Makes a task consistent that is not yet, executing it here if need be.
    @inlinable
    func complete<T: IncrementalTask, C: ExecutingContext>(
        _ task: T,
        _ location: Location<T>,
        in context: C
    ) async throws -> T.Output {
        let begun = try begin(location.id, by: context.key)
        var request = begun.request
        do {
            guard case .execute(let key, let isNew) = try await proceed(&request, from: begun.first) else {
                let output = output(at: location)
                await answer(&request)
                return output
            }
            do {
                let output = try await context.run(task, key)
                let kept = try await commit(output, to: location.table, location.local, key, isNew: isNew)
                take(kept.hasSlot, &request)
                await answer(&request)
                return kept.output
            } catch {
                let error = self.error(for: error)
                take(fail(key, error), &request)
                throw error
            }
        } catch {
            await refuse(&request, error, by: context.key)
            throw error
        }
    }

    @usableFromInline
    func cancelled(_ key: ExecutionKey) -> any Error {
        met(CancellationError(), by: key)
        return CancellationError()
    }

    /// Begins a requirement, as far as it goes at once.
    @usableFromInline
    func begin(
        _ task: TaskID,
        stamper: StamperID = 0,
        by key: ExecutionKey
    ) throws -> (request: Request, first: Progress?) {
        try locked { state in
            var request = try state.ask(task, stamper: stamper, by: key)
            let node = state.graph.nodes.address(Int(task))
            // A new task that nobody makes yet: the common case of a first build needs no further look.
            guard node.pointee.version == 0, node.pointee.claim == 0, !node.pointee.flags.contains(.failed),
                request.hasSlot
            else { return (request, nil) }
            guard case .execute(let claim) = state.next(&request) else { return (request, nil) }
            let key = ExecutionKey(claim: claim, generation: state.claims[claim].generation, epoch: state.epoch)
            return (request, .execute(key, isNew: true))
        }
    }

    @usableFromInline
    func output<T: IncrementalTask>(at location: Location<T>) -> T.Output {
        guard let output = state.withLock({ _ in location.table.outputs[location.local] }) else {
            preconditionFailure("a consistent task has an output")
        }
        return output
    }

    @usableFromInline
    func take(_ hasSlot: Bool, _ request: inout Request) {
        request.hasSlot = hasSlot
        request.base = 0
        request.current = 0
        request.fan = 0
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
        var request = begun.request
        do {
            let output: T.Output
            if case .execute(let key, let isNew) = try await proceed(&request, from: begun.first) {
                do {
                    let made = try await context.run(task, key)
                    let kept = try await commit(made, to: location.table, location.local, key, isNew: isNew)
                    take(kept.hasSlot, &request)
                    output = kept.output
                } catch {
                    let error = self.error(for: error)
                    take(fail(key, error), &request)
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
            return location.table.previous[location.local] ?? location.table.outputs[location.local]
        }
    }
}
