extension Engine {
    /// What came of an execution's end.
    @usableFromInline
    struct Ended<Output> {
        /// The output: the value object before, if it is equal (R4).
        @usableFromInline let output: Output

        /// What was done, or what is to be done first.
        @usableFromInline let committed: EngineState.Committed

        /// Whether there is nothing more to do.
        @usableFromInline var isOver: Bool {
            committed.obstacle == nil && !committed.awaitsSlot && !committed.hasComparisons
        }

        @usableFromInline
        init(_ output: Output, _ committed: EngineState.Committed) {
            self.output = output
            self.committed = committed
        }
    }

    /// What is left to do at the end of an execution, in the rare case that there is something.
    @usableFromInline
    final class EndRest: Sendable {
        let committed: EngineState.Committed

        @usableFromInline
        init(_ committed: EngineState.Committed) {
            self.committed = committed
        }
    }

    /// Ends an execution with an output, unless something is to be done first: then it is to be called again.
    ///
    /// The output is compared with those before outside the lock, then output and dependencies replace the old ones
    /// together (R6). Specialised for the task in its module.
    ///
    /// - Parameters:
    ///   - output: What the task returned.
    ///   - table: The task's table.
    ///   - key: The execution.
    ///   - isNew: Whether the task has no earlier output.
    ///   - request: The request that is answered with it, under the same lock; `nil` if the caller does that.
    /// - Returns: What was done.
    /// - Throws: What makes the execution fail after all: an objection that it met, or `CancellationError`; the claim is
    ///   still there then, and `fail` ends it.
    @inlinable
    func end<T: IncrementalTask>(
        _ output: T.Output,
        to table: TaskTable<T>,
        _ key: ExecutionKey,
        isNew: Bool,
        answering request: Request?
    ) throws -> Ended<T.Output> {
        if Task.isCancelled { throw CancellationError() }
        let (change, present) = isNew ? (.new, nil) : try change(to: output, in: table, key)
        // Destroyed after the lock is free.
        var forgotten: [PreviousOutputs<T.Output>.Entry] = []
        var old: T.Output?
        defer { withExtendedLifetime((forgotten, old)) {} }
        return try locked { state in
            let committed = try state.end(key, change, answering: request)
            if committed.obstacle != nil { return Ended(output, committed) }
            let local = committed.local
            if committed.versionBefore != 0 && !committed.sameVersion { state.replacedVersions.insert(committed.task) }
            if case .same = change {
                return Ended(table.outputs[local] ?? present ?? output, committed)
            }
            let isKept = committed.place != 0 && !GraphStorage.isStored(committed.place)
            let stored = isKept ? table.older.take(committed.place) ?? output : output
            old = table.outputs[local] ?? present
            if committed.versionBefore != 0, let before = old {
                if table.previous.epoch != key.epoch {
                    table.previous.epoch = key.epoch
                    swap(&forgotten, &table.previous.entries)
                }
                table.previous.entries.append(PreviousOutputs.Entry(local: local, output: before))
                if committed.keepsBefore { state.keepOlder(committed, at: table.older.keep(&old)) }
            }
            table.outputs[local] = stored
            return Ended(stored, committed)
        }
    }

    /// Compares an output with those before.
    ///
    /// - Returns: How they relate, and the one that is present.
    @inlinable
    func change<T: IncrementalTask>(
        to output: T.Output,
        in table: TaskTable<T>,
        _ key: ExecutionKey
    ) throws -> (EngineState.OutputChange, present: T.Output?) {
        let before = try outputs(before: key, in: table)
        var present = before.output
        if present == nil && store != nil { present = self.output(of: before.task, in: table)?.value }
        if let present, present == output { return (.same, present) }
        for item in before.older {
            let older = GraphStorage.isStored(item.place) ? decodeOlder(at: item.place, of: T.self) : item.output
            if older == output { return (.older(version: item.version), present) }
        }
        return (.new, present)
    }

    /// The outputs of an execution's task before it, as far as they are decoded.
    @inlinable
    func outputs<T: IncrementalTask>(
        before key: ExecutionKey,
        in table: TaskTable<T>
    ) throws -> (
        task: TaskID, output: T.Output?, older: [(version: UInt32, place: UInt32, output: T.Output?)]
    ) {
        try state.withLock { state in
            let places = try state.places(of: key)
            let older = places.older.map { item in
                let output = GraphStorage.isStored(item.place) ? nil : table.older.outputs[Int(item.place)]
                return (item.version, item.place, output)
            }
            return (places.task, table.outputs[places.present], older)
        }
    }

    /// What stands between an execution's end and its commit.
    @usableFromInline
    enum Obstacle: Sendable {
        /// A task whose record is to be probed.
        case probe(TaskID)

        /// Files to look at again that other programs read for the execution.
        case lookAgain([UInt32])
    }

    /// Does what must be done outside the lock before an execution can be committed.
    @usableFromInline
    func overcome(_ obstacle: Obstacle, _ key: ExecutionKey) async throws {
        switch obstacle {
        case .probe(let task):
            try await probe(task, epoch: key.epoch)
        case .lookAgain(let entries):
            // Files that another program read: what it saw must have been there from the call to the end (R15).
            for entry in entries {
                let (resource, kind, seen) = state.withLock { state -> (ResourceID, Dependency.Kind, FileStamp) in
                    let item = state.recorded[entry]
                    return (item.target, item.kind, state.graph.observations[item.seen].file)
                }
                let now = try? fileSystem.check(seen, of: file(resource), by: kind.stamper)
                let isSame = now?.holds ?? false
                locked { $0.lookedAgain(entry, key, isSame: isSame) }
            }
        }
    }

    /// Ends an execution with an error.
    ///
    /// - Returns: Whether the execution held a job slot, which is the caller's now.
    @usableFromInline
    func fail(_ key: ExecutionKey, _ error: any Error) -> Bool {
        locked { state in
            guard state.isCurrent(key) else { return false }
            let hasSlot = state.claims[key.claim].flags.contains(.hasSlot)
            let objection = state.objections[key.claim]
            // An error of its own is an error, even if a requirement made at once was cancelled because of it.
            if error is CancellationError || Task.isCancelled {
                state.cancel(key.claim)
            } else {
                state.fail(key.claim, objection ?? error)
            }
            return hasSlot
        }
    }
}

extension EngineState {
    /// Whether an execution is still under way.
    func isCurrent(_ key: ExecutionKey) -> Bool {
        key.epoch == epoch && isSessionOpen && key.claim != 0 && claims[key.claim].generation == key.generation
    }

    /// Judges an execution that is about to be committed.
    ///
    /// - Returns: What is to be done first, if anything.
    /// - Throws: An objection that the execution met, or `CancellationError`.
    mutating func prepareCommit(_ key: ExecutionKey) throws -> Engine.Obstacle? {
        try validate(key)
        let claim = claims.address(Int(key.claim))
        if claim.pointee.flags.contains(.cancelled) { throw CancellationError() }
        if !objections.isEmpty, let objection = objections[key.claim] { throw objection }
        guard claim.pointee.flags.contains(.usesFiles) else { return nil }
        if claim.pointee.flags.contains(.dependsOnDisk) {
            claim.pointee.flags.remove(.dependsOnDisk)
            return .lookAgain(entriesOnDisk(of: key.claim))
        }
        return try judgeCommit(of: key.claim).map { .probe($0) }
    }

    private func entriesOnDisk(of id: ClaimID) -> [UInt32] {
        var entries: [UInt32] = []
        var entry = claims[id].head
        while entry != 0 {
            if recorded[entry].kind.isOnDisk && recorded[entry].answered && !recorded[entry].never {
                entries.append(entry)
            }
            entry = recorded[entry].next
        }
        return entries
    }

    /// Stores whether a file that another program read stayed as it was.
    mutating func lookedAgain(_ entry: UInt32, _ key: ExecutionKey, isSame: Bool) {
        guard isCurrent(key), !isSame else { return }
        recorded[entry].never = true
    }

    /// Judges once more what an execution read and provided, now that it is about to be the second of two.
    ///
    /// - Returns: A task to probe first.
    private mutating func judgeCommit(of id: ClaimID) throws -> TaskID? {
        let task = claims[id].task
        var entry = claims[id].head
        while entry != 0 {
            let item = recorded[entry]
            if item.kind.isRead && !item.isJudged {
                let provider = graph.resources[item.target].provider
                if provider != 0 && provider != task {
                    switch judgeRead(item.target, in: id, answered: item.barrier) {
                    case .allowed: if !isConsistent(provider) { early.insert(task) }
                    case .probe(let other): return other
                    case .hidden:
                        throw FileConflict(kind: .hidden(reader: task, provider: provider), file: item.target)
                    }
                }
            } else if item.kind == .resource && listings.isListing(item.target) {
                if let other = try judgeListing(item, of: id) { return other }
            } else if item.kind == .provide {
                switch judgeProvide(item.target, in: id) {
                case .allowed: break
                case .probe(let other): return other
                case .overlap(let other):
                    throw FileConflict(kind: .overlap(first: other, second: task), file: item.target)
                case .hidden(let reader):
                    throw FileConflict(kind: .hidden(reader: reader, provider: task), file: item.target)
                }
            }
            entry = item.next
        }
        return nil
    }

    /// Judges the files that a recorded listing shows and that have been provided since.
    ///
    /// - Returns: A task to probe first.
    private mutating func judgeListing(_ listing: Recorded, of id: ClaimID) throws -> TaskID? {
        let files = listings.provided(in: listing.target)
        if files.isEmpty { return nil }
        // Most providers were required directly: no path need be looked for.
        var required: Set<TaskID> = [claims[id].task, 0]
        var entry = claims[id].head
        while entry != 0, recorded[entry].position < listing.barrier {
            let item = recorded[entry]
            if item.kind == .require && item.answered && !item.never { required.insert(item.target) }
            entry = item.next
        }
        for file in files where !required.contains(graph.resources[file].provider) {
            let provider = graph.resources[file].provider
            switch judgeRead(file, in: id, answered: listing.barrier) {
            case .allowed: if !isConsistent(provider) { early.insert(claims[id].task) }
            case .probe(let other): return other
            case .hidden:
                throw FileConflict(kind: .hidden(reader: claims[id].task, provider: provider), file: file)
            }
        }
        return nil
    }
}

/// An objection about a file, on its way to becoming a ``BuildError`` that names the tasks.
struct FileConflict: Error {
    enum Kind {
        case hidden(reader: TaskID, provider: TaskID)
        case overlap(first: TaskID, second: TaskID)
        case writeAfterRead(TaskID)
    }

    let kind: Kind
    let file: ResourceID
}
