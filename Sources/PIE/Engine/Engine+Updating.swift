extension Engine {
    /// Makes every observed task consistent that changes affect, bottom-up (R8).
    ///
    /// - Throws: The error of an observed root, or all of them with `keepGoing`; what was not come to stays pending.
    func update(_ changes: ChangeSet, epoch: Epoch, work: UInt32) async throws -> UpdateReport {
        let start = ContinuousClock.now
        locked { state in
            // The session may have been superseded already.
            let isCurrent = state.epoch == epoch && state.isSessionOpen
            if state.isTracked && isCurrent { state.note(.updateBegan(changes)) }
        }
        do {
            try await collect(changes, epoch: epoch)
            try locked { state in
                try state.requireUpdate(epoch)
                state.scheduleUnasked()
            }
            await compareStamps()
            try await drain(epoch: epoch, work: work)
            try await collectLate(epoch: epoch, work: work)
        } catch {
            locked { state in
                guard state.epoch == epoch, state.isSessionOpen else { return }
                state.putOff()
                if Mutation.isOn(.cancelledUpdatesForgotten) { state.changedResources = [] }
                state.isUpdating = false
            }
            throw error
        }
        return try locked { state in
            try state.endUpdate(epoch) { report(on: $0, since: start) }
        }
    }

    private func report(on update: UpdateState, since start: ContinuousClock.Instant) -> UpdateReport {
        let all = tables.all
        let types = update.types.indices.lazy.filter { update.types[$0].executed > 0 }
        return UpdateReport(
            executed: update.executed,
            reused: update.reused,
            types: Dictionary(types.map { (all[$0 - 1].typeIdentifier, update.types[$0]) }) { first, _ in first },
            duration: start.duration(to: .now)
        )
    }

    // MARK: What changed

    /// Looks at what may have changed and schedules what it affects.
    private func collect(_ changes: ChangeSet, epoch: Epoch) async throws {
        let candidates: [ResourceID]
        switch changes {
        case .files(let files):
            let ids = files.compactMap { known($0) }
            let names = files.map { $0.relative(to: fileSystem.root) }
            candidates = try locked { state in
                try state.requireUpdate(epoch)
                return state.keep(state.candidates(named: ids, names))
            }
        case .detect:
            candidates = try locked { state in
                try state.requireUpdate(epoch)
                return state.keep(state.allCandidates())
            }
        }
        try await schedule(affectedBy: candidates, epoch: epoch)
    }

    /// Keeps in mind what an update was told of that was cancelled, even before it began (R14).
    func remember(_ changes: ChangeSet) {
        guard case .files(let files) = changes, !Mutation.isOn(.cancelledUpdatesForgotten) else { return }
        let ids = files.compactMap { known($0) }
        let names = files.map { $0.relative(to: fileSystem.root) }
        locked { state in
            state.remembered.formUnion(ids)
            for file in names { state.remembered.formUnion(state.listings.affected(by: file)) }
        }
    }

    /// Looks at resources and schedules what they affect; if it does not come to that, the next update does.
    private func schedule(affectedBy resources: [ResourceID], epoch: Epoch) async throws {
        try await look(at: resources, epoch: epoch, forUpdate: true)
        try locked { state in
            try state.requireUpdate(epoch)
            state.changedResources.subtract(resources)
            for resource in resources { state.scheduleAffected(by: resource) }
        }
    }

    /// Takes up listings that changed while the update ran.
    private func collectLate(epoch: Epoch, work: UInt32) async throws {
        while true {
            let late = try locked { state in
                try state.requireUpdate(epoch)
                return state.keep(state.takeChangedResources())
            }
            if late.isEmpty { return }
            try await schedule(affectedBy: late, epoch: epoch)
            try await drain(epoch: epoch, work: work)
        }
    }

    /// The id of a file, if any task has used it.
    private func known(_ file: File) -> ResourceID? {
        let file = file.relative(to: fileSystem.root)
        if case .found(let id, _) = files.search(file) { return id }
        guard let id = stored(file) else { return nil }
        state.withLock { $0.graph.bring(resource: id) }
        return id
    }

    // MARK: What that affects

    /// Makes scheduled tasks consistent until none is left.
    private func drain(epoch: Epoch, work: UInt32) async throws {
        let cancellation = UpdateCancellation()
        if jobs == 1 {
            await takeScheduled(epoch: epoch, work: work, cancellation) {}
        } else {
            await withTaskGroup(of: Void.self) { group in
                var helpers = 0
                await takeScheduled(epoch: epoch, work: work, cancellation) {
                    guard helpers < jobs - 1 else { return }
                    helpers += 1
                    group.addTask { await self.takeScheduled(epoch: epoch, work: work, cancellation) {} }
                }
            }
        }
        try Task.checkCancellation()
        guard !cancellation.isCancelled, state.withLock({ $0.epoch == epoch && $0.isSessionOpen }) else {
            throw CancellationError()
        }
        let error = locked { state in
            state.failWhatTrusted()
            return state.updateError()
        }
        if let error { throw error }
    }

    /// Takes scheduled tasks, lowest first, until there are none and nobody is busy who might schedule more.
    private func takeScheduled(
        epoch: Epoch,
        work: UInt32,
        _ cancellation: UpdateCancellation,
        _ bringHelper: () -> Void
    ) async {
        var hasSlot = await acquireSlot(epoch: epoch)
        // The task this worker has taken out of the queue: it counts as busy with it.
        var taken: TaskID?
        while !Task.isCancelled {
            let next = locked { state -> (request: Request, step: Step, hasMore: Bool)? in
                guard state.epoch == epoch, state.isSessionOpen else { return nil }
                if let taken {
                    state.update.workers -= 1
                    state.endWork(on: taken)
                }
                taken = nil
                guard !state.update.isStopped, let task = state.popScheduled() else { return nil }
                state.update.workers += 1
                taken = task
                var request = Request(task, requirer: 0, epoch: epoch, work: work)
                request.hasSlot = hasSlot
                request.needsOutput = false
                let step = state.next(&request)
                return (request, step, !state.update.queue.isEmpty)
            }
            guard let next else {
                let isOver = locked { state -> Bool in
                    if cancellation.isCancelled { return true }
                    guard state.epoch == epoch, state.isSessionOpen else { return true }
                    if state.update.workers > 0 && !state.update.isStopped { return false }
                    while let idle = state.parking.wakeIdle() { state.wake.append(idle) }
                    return true
                }
                if isOver { break }
                if hasSlot {
                    hasSlot = false
                    locked { $0.releaseSlot() }
                }
                await waitForWork(epoch: epoch)
                continue
            }
            if next.hasMore { bringHelper() }
            var request = next.request
            do {
                try await complete(&request, from: next.step)
            } catch {
                if error is CancellationError {
                    hasSlot = request.hasSlot
                    // A task that cancels itself leaves what requires it unfinished, like a cancelled update.
                    cancellation.cancel()
                    break
                }
                // Another error is among the failures of the session, where `updateError()` finds it if it counts.
            }
            hasSlot = request.hasSlot
        }
        locked { state in
            if taken != nil && state.epoch == epoch { state.update.workers -= 1 }
            if hasSlot && state.epoch == epoch { state.releaseSlot() }
            while let idle = state.parking.wakeIdle() { state.wake.append(idle) }
        }
    }
}

/// Whether a task of an update was cancelled, as its workers share it.
final class UpdateCancellation: Sendable {
    private let state = Lock<Bool>(false)

    func cancel() {
        state.withLock { $0 = true }
    }

    var isCancelled: Bool { state.withLock { $0 } }
}

extension EngineState {
    /// The resources to look at when the host names changed files.
    mutating func candidates(named ids: [ResourceID], _ files: [File]) -> [ResourceID] {
        var all = ids
        for file in files where !Mutation.isOn(.listingsNotNoticed) {
            all.append(contentsOf: listings.affected(by: file))
        }
        all.append(contentsOf: remembered.sorted())
        remembered = []
        all.append(contentsOf: takeChangedResources())
        if !hasCheckedEnvironment { all.append(contentsOf: environment) }
        hasCheckedEnvironment = true
        var seen = Set<ResourceID>()
        all = all.filter { seen.insert($0).inserted }
        changedResources = seen
        return all
    }

    /// The resources to look at when changes are to be detected: all that observed tasks depend on.
    mutating func allCandidates() -> [ResourceID] {
        hasCheckedEnvironment = true
        remembered = []
        var all: [ResourceID] = []
        for resource in 1..<ResourceID(graph.resources.count) where graph.hasObservedReader(resource) {
            all.append(resource)
        }
        changedResources = Set(all)
        return all
    }

    /// Goes on only while an update has not been superseded.
    func requireUpdate(_ epoch: Epoch) throws {
        guard self.epoch == epoch, isSessionOpen else { throw CancellationError() }
    }

    /// Ends an update that has come to its end.
    ///
    /// - Parameters:
    ///   - epoch: The session of the update.
    ///   - report: Puts together what is told of it.
    /// - Returns: The report.
    /// - Throws: `CancellationError` if another session has taken the place of that one: its state is left alone.
    mutating func endUpdate(_ epoch: Epoch, _ report: (UpdateState) -> UpdateReport) throws -> UpdateReport {
        try requireUpdate(epoch)
        endWork()
        isUpdating = false
        isUpToDate = true
        if !canTrust { distrustUnverified() }
        isTrusted = true
        let report = report(update)
        if isTracked { note(.updateEnded(report)) }
        return report
    }

    /// Takes from tasks that they were kept up to date which an update of all roots has not come to.
    ///
    /// When a process dies the store may have tasks of which nobody is known to require them, and none of what followed.
    private mutating func distrustUnverified() {
        for task in 1..<max(1, TaskID(graph.nodes.count)) {
            let node = graph.nodes.address(Int(task))
            guard node.pointee.flags.contains(.kept), node.pointee.verified != epoch else { continue }
            node.pointee.flags.remove(.kept)
            graph.storage?.touchAgain(task)
        }
    }

    /// Keeps in mind what is to be looked at, until what it affects is in line.
    mutating func keep(_ resources: [ResourceID]) -> [ResourceID] {
        changedResources.formUnion(resources)
        return resources
    }

    /// Resources that changed in earlier sessions, or in the course of this update.
    mutating func takeChangedResources() -> [ResourceID] {
        defer { changedResources = [] }
        return changedResources.sorted()
    }

    /// Whether dependencies on a file that was looked at can be judged only by its contents.
    mutating func needsContent(_ resource: ResourceID) -> Bool {
        let node = graph.resources.address(Int(resource))
        let current = graph.observations.address(Int(node.pointee.current))
        guard current.pointee.isFile, current.pointee.file.hash == nil else { return false }
        var id = graph.firstObservedReader(of: resource)
        while id != 0 {
            let dependency = graph.dependencies.address(Int(id))
            if !dependency.pointee.never && dependency.pointee.seen != node.pointee.current
                && !seesBuffer(dependency.pointee.kind, node)
            {
                let seen = graph.observations.address(Int(dependency.pointee.seen))
                if case .needsContent = seen.pointee.file.matches(
                    current.pointee.file,
                    by: dependency.pointee.kind.stamper
                ) {
                    return true
                }
            }
            id = dependency.pointee.next
        }
        return false
    }

    /// Fails what this update has made consistent because it trusted a task that came into conflict over a file later.
    ///
    /// No execution outlives such an error (R12), so that nothing has to be executed again to know what comes of it.
    mutating func failWhatTrusted() {
        if failures.isEmpty { return }
        var open = failures.filter { ($0.value as? BuildError)?.isFileConflict ?? false }.map(\.key)
        while let task = open.popLast() {
            var id = graph.firstObservedRequirer(of: task)
            while id != 0 {
                let dependency = graph.dependencies[id]
                let node = graph.nodes.address(Int(dependency.owner))
                if !dependency.never && node.pointee.verified == epoch {
                    node.pointee.verified = 0
                    node.pointee.flags.insert(.failed)
                    node.pointee.flags.remove(.kept)
                    graph.storage?.touchAgain(dependency.owner)
                    failures[dependency.owner] = failures[task]
                    addPending(dependency.owner)
                    open.append(dependency.owner)
                }
                id = dependency.next
            }
        }
    }

    /// The error that an update ends with, if a root has failed, in line or because another task required it.
    func updateError() -> (any Error)? {
        if let storeError { return storeError }
        // A task of an unknown type is kept as it is: that is nobody's error.
        let roots = failures.filter { graph.nodes[$0.key].flags.contains(.root) && !($0.value is UnknownTaskError) }
            .map(\.key)
        let counting = roots.sorted().compactMap { failures[$0] }
        guard let first = counting.first else { return nil }
        return keepGoing ? BuildError.failures(counting) : first
    }
}
