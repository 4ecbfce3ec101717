extension Engine {
    // MARK: Reading

    func read(_ file: File, stamper: FileStamper, by key: ExecutionKey) async throws -> [UInt8]? {
        let resource = intern(file)
        let (entry, buffer) = try await beginRead(resource, Dependency.Kind(stamper, onDisk: false), by: key)
        if let buffer {
            endRead(resource, entry, buffer, by: key)
            return state.withLock { $0.scope }.buffer(over: file)
        }
        do {
            let found = try fileSystem.read(at: self.file(resource))
            let stamp = found?.stamp ?? .missing
            endRead(resource, entry, stamp, by: key)
            return found?.bytes
        } catch {
            throw unreadable(resource, entry, error, by: key)
        }
    }

    func depend(on file: File, stamper: FileStamper, by key: ExecutionKey) async throws {
        let resource = intern(file)
        let (entry, _) = try await beginRead(resource, Dependency.Kind(stamper, onDisk: true), by: key)
        do {
            let stamp = try fileSystem.stamp(at: self.file(resource), by: stamper)
            endRead(resource, entry, stamp, by: key)
        } catch {
            throw unreadable(resource, entry, error, by: key)
        }
    }

    /// Judges and records that an execution asks for a file.
    ///
    /// - Returns: The place of the dependency; 0 if nothing is recorded, since the execution wrote the file itself. And
    ///   the unsaved buffer to read instead of the disk.
    private func beginRead(
        _ resource: ResourceID,
        _ kind: Dependency.Kind,
        by key: ExecutionKey
    ) async throws -> (entry: UInt32, buffer: FileStamp?) {
        await Scheduling.pass()
        if Task.isCancelled { throw cancelled(key) }
        while true {
            let outcome: EngineState.BegunRead
            do {
                outcome = try locked { try $0.beginRead(resource, kind, by: key) }
            } catch {
                throw objection(error, by: key)
            }
            switch outcome {
            case .read(let entry, let buffer): return (entry, buffer)
            case .probe(let task): try await probe(task, epoch: key.epoch)
            }
        }
    }

    private func endRead(_ resource: ResourceID, _ entry: UInt32, _ stamp: FileStamp, by key: ExecutionKey) {
        guard entry != 0 else { return }
        locked { state in
            guard state.isCurrent(key) else { return }
            let observation =
                stamp.isBuffer
                ? state.graph.resources[resource].buffer : state.observation(of: resource, stamp)
            state.answerResource(entry, of: key.claim, with: observation, never: false)
            if state.isTracked { state.note(.read(resource, by: state.task(of: key.claim))) }
        }
    }

    private func unreadable(
        _ resource: ResourceID,
        _ entry: UInt32,
        _ error: any Error,
        by key: ExecutionKey
    ) -> any Error {
        if entry != 0 {
            locked { state in
                if state.isCurrent(key) { state.answerResource(entry, of: key.claim, with: 0, never: true) }
            }
        }
        return self.error(for: error)
    }

    /// Turns an objection of the state into an error, and notes that the execution met it.
    private func objection(_ error: any Error, by key: ExecutionKey) -> any Error {
        let error = self.error(for: error)
        met(error, by: key)
        return error
    }

    // MARK: Writing

    /// Writes a file, or takes note of what another program wrote.
    ///
    /// - Parameters:
    ///   - bytes: The contents; `nil` if another program wrote the file.
    ///   - file: The file.
    ///   - key: The execution that writes.
    /// - Throws: A ``BuildError`` if the execution may not provide the file, or the file system refuses.
    func write(_ bytes: [UInt8]?, to file: File, by key: ExecutionKey) async throws {
        await Scheduling.pass()
        if Task.isCancelled { throw cancelled(key) }
        let resource = intern(file)
        while true {
            let probe: TaskID
            do {
                probe = try locked { try $0.beginWrite(resource, by: key) }
            } catch {
                throw objection(error, by: key)
            }
            if probe == 0 { break }
            try await self.probe(probe, epoch: key.epoch)
        }
        do {
            var changed = true
            let stamp: FileStamp
            if let bytes {
                (changed, stamp) = try fileSystem.writeUnlessEqual(bytes, at: self.file(resource))
            } else {
                stamp = try fileSystem.hash(at: self.file(resource))
            }
            try locked { try $0.endWrite(resource, stamp, changed: changed, by: key) }
        } catch let failure as FileSystemError {
            locked { $0.writeEnded() }
            throw self.error(for: failure)
        }
    }

    // MARK: Other resources

    @usableFromInline
    func read<R: Resource>(_ resource: R, by key: ExecutionKey) async throws -> R.Content {
        if let file = resource as? File {
            // A file read as a resource is a file: it has a provider, and is judged.
            let bytes = try await read(file, stamper: .content, by: key)
            guard let content = bytes as? R.Content else { preconditionFailure("a file's content is its bytes") }
            return content
        }
        if Task.isCancelled { throw cancelled(key) }
        if let listing = resource as? DirectoryListing {
            let relative = listing.relative(to: fileSystem.root)
            if relative != listing, let resource = relative as? R { return try await load(resource, by: key) }
        }
        return try await load(resource, by: key)
    }

    /// The content of an input that was read before in this session; nil if it must be looked up.
    ///
    /// What an input gives does not change while a session is open. A cancellation is left to the next requirement (R14).
    @inlinable
    func loaded<R: Resource>(_ resource: R, by key: ExecutionKey) -> R.Content? {
        guard let known = resourceTables[R.self] else { return nil }
        // The map is keyed by the type: the cast cannot fail.
        let table = unsafeDowncast(known, to: ResourceTable<R>.self)
        guard case .found(let id, let local) = table.index.search(resource) else { return nil }
        return state.withLock { state in
            guard let loaded = table.index[local], state.readLoaded(id, loaded.observation, by: key) else { return nil }
            return loaded.content
        }
    }

    private func load<R: Resource>(_ resource: R, by key: ExecutionKey) async throws -> R.Content {
        let id = intern(resource)
        let entry = try locked { state in
            try state.validate(key)
            return state.askForResource(id, .resource, by: key.claim)
        }
        do {
            let scope = state.withLock { $0.scope }
            let (content, stamp) = try await resource.load(in: scope)
            let observation = observe(id, Stamp(stamp), epoch: key.epoch)
            try await judgeListing(id, by: key)
            // The default belongs to who reads; a value that was set is the same for all, until the session ends.
            let stays = (stamp as? any InputStamp)?.isSet ?? false
            let table = stays ? resourceTable(of: R.self) : nil
            locked { state in
                guard state.isCurrent(key) else { return }
                state.answerResource(entry, of: key.claim, with: observation, never: false)
                table?.keep(content, observation, state.graph.resources[id].local)
            }
            return content
        } catch let error as FileConflict {
            throw objection(error, by: key)
        } catch {
            if error is CancellationError { throw cancelled(key) }
            throw unreadable(id, entry, error, by: key)
        }
    }

    /// Judges a directory listing: it reads the existence of every name that it matches.
    private func judgeListing(_ listing: ResourceID, by key: ExecutionKey) async throws {
        while true {
            let probe = try locked { try $0.judgeListing(listing, by: key) }
            if probe == 0 { return }
            try await self.probe(probe, epoch: key.epoch)
        }
    }
}

extension EngineState {
    /// Records that an execution has read what this session has loaded before.
    ///
    /// - Returns: `false` if it may not read now.
    @usableFromInline
    mutating func readLoaded(_ resource: ResourceID, _ observation: ObservationID, by key: ExecutionKey) -> Bool {
        guard isCurrent(key), claims[key.claim].phase == .executing, graph.resources[resource].current == observation
        else { return false }
        let entry = askForResource(resource, .resource, by: key.claim)
        answerResource(entry, of: key.claim, with: observation, never: false)
        return true
    }

    /// What is to be done about a read.
    enum BegunRead {
        /// Read the file, or the buffer over it, and fill in the dependency at this place; 0: none is recorded.
        case read(UInt32, FileStamp?)

        /// Probe a task first.
        case probe(TaskID)
    }

    /// Judges a read and records it in the order of asking.
    mutating func beginRead(
        _ resource: ResourceID,
        _ kind: Dependency.Kind,
        by key: ExecutionKey
    ) throws -> BegunRead {
        try validate(key)
        let claim = claims.address(Int(key.claim))
        let node = graph.resources.address(Int(resource))
        if node.pointee.providedBy == claim.pointee.generation { return .read(0, nil) }
        switch judgeRead(resource, in: key.claim, answered: .max) {
        case .allowed: break
        case .probe(let task): return .probe(task)
        case .hidden:
            let provider = node.pointee.provider
            throw FileConflict(kind: .hidden(reader: claim.pointee.task, provider: provider), file: resource)
        }
        claim.pointee.flags.insert(.usesFiles)
        if kind.isOnDisk { claim.pointee.flags.insert(.dependsOnDisk) }
        node.pointee.readBy = claim.pointee.generation
        let entry = askForResource(resource, kind, by: key.claim)
        // Who reads while the provider executes is judged when one of them has come to its end.
        recorded[entry].isJudged = node.pointee.provider != 0 && isConsistent(node.pointee.provider)
        let seesBuffer = seesBuffer(kind, node, by: claim.pointee.task)
        return .read(entry, seesBuffer ? graph.observations[node.pointee.buffer].file : nil)
    }

    /// Judges a write, before a byte is written.
    ///
    /// - Returns: A task to probe first; 0 if the file may be written now.
    mutating func beginWrite(_ resource: ResourceID, by key: ExecutionKey) throws -> TaskID {
        try validate(key)
        let claim = claims.address(Int(key.claim))
        if hasRead(resource, in: key.claim) {
            throw FileConflict(kind: .writeAfterRead(claim.pointee.task), file: resource)
        }
        switch judgeProvide(resource, in: key.claim) {
        case .allowed: break
        case .probe(let task): return task
        case .overlap(let first):
            throw FileConflict(kind: .overlap(first: first, second: claim.pointee.task), file: resource)
        case .hidden(let reader):
            throw FileConflict(kind: .hidden(reader: reader, provider: claim.pointee.task), file: resource)
        }
        claim.pointee.flags.insert(.usesFiles)
        writes += 1
        return 0
    }

    /// Whether an execution has read a file.
    private func hasRead(_ resource: ResourceID, in id: ClaimID) -> Bool {
        let node = graph.resources.address(Int(resource))
        if node.pointee.readBy == 0 { return false }
        if node.pointee.readBy == claims[id].generation { return true }
        // Somebody else has read it since; whether this execution did before, its recording tells.
        var entry = claims[id].head
        while entry != 0 {
            let item = recorded.address(Int(entry))
            if item.pointee.target == resource && item.pointee.kind.isRead { return true }
            entry = item.pointee.next
        }
        return false
    }

    /// Records a provided file as it was left; of several writes the last counts (R2).
    mutating func endWrite(_ resource: ResourceID, _ stamp: FileStamp, changed: Bool, by key: ExecutionKey) throws {
        writeEnded()
        try validate(key)
        let claim = claims.address(Int(key.claim))
        let node = graph.resources.address(Int(resource))
        let observation = graph.addObservation(Observation(file: stamp))
        if changed && node.pointee.looked == epoch { reappeared(resource) }
        graph.setCurrent(observation, of: resource)
        node.pointee.looked = epoch
        if node.pointee.providedBy == claim.pointee.generation {
            var entry = claim.pointee.head
            while entry != 0 {
                let item = recorded.address(Int(entry))
                if item.pointee.target == resource && item.pointee.kind == .provide {
                    graph.retain(observation)
                    graph.release(item.pointee.seen)
                    item.pointee.seen = observation
                    break
                }
                entry = item.pointee.next
            }
        } else {
            let entry = askForResource(resource, .provide, by: key.claim)
            answerResource(entry, of: key.claim, with: observation, never: false)
            node.pointee.providedBy = claim.pointee.generation
        }
        if isTracked { note(.provided(resource, by: claim.pointee.task, changed: changed)) }
    }

    /// Lets listings be looked at again that were without a file which is there now.
    private mutating func reappeared(_ resource: ResourceID) {
        let current = graph.resources[resource].current
        guard current != 0, graph.observations[current].file.kind == .missing else { return }
        for listing in listings.affected(by: file(resource)) where graph.resources[listing].looked == epoch {
            graph.resources[listing].looked = 0
            changedResources.insert(listing)
        }
    }

    /// Notes that a write is over, whether or not its session still is.
    mutating func writeEnded() {
        writes -= 1
        if writes == 0 && !writeWaiters.isEmpty {
            wake.append(contentsOf: writeWaiters)
            writeWaiters = []
        }
    }

    /// Judges the provided files that a listing shows.
    ///
    /// - Returns: A task to probe first, or 0.
    mutating func judgeListing(_ listing: ResourceID, by key: ExecutionKey) throws -> TaskID {
        guard isCurrent(key) else { return 0 }
        if listings.isListing(listing) { claims[key.claim].flags.insert(.usesFiles) }
        for file in listings.provided(in: listing) {
            switch judgeRead(file, in: key.claim, answered: .max) {
            case .allowed:
                let provider = graph.resources[file].provider
                if provider != 0 && !isConsistent(provider) { noteEarlyListing(listing) }
            case .probe(let task): return task
            case .hidden:
                let provider = graph.resources[file].provider
                throw FileConflict(kind: .hidden(reader: claims[key.claim].task, provider: provider), file: file)
            }
        }
        return 0
    }
}
