/// Taking in what a store says happened since its snapshot, as if it happened again.
///
/// No session is open and no users' code runs: keys, outputs and stamps stay bytes.
extension EngineState {
    /// Takes in a task that was defined.
    mutating func restoreTask(_ id: TaskID, _ key: StoredKey) throws(RecordDamage) {
        guard let storage = graph.storage, id > 0, Int(id) <= graph.nodes.count + Self.longestGap else {
            throw RecordDamage()
        }
        // Tasks that were asked for and never came to anything have left gaps.
        while graph.nodes.count <= Int(id) { graph.addTask(type: 0, local: Node.unnamed) }
        graph.bring(id)
        graph.nodes[id].type = key.type
        storage.addKey(key, ofTask: id)
        storage.tasks.address(Int(id)).pointee.flags.insert(.defined)
    }

    /// Takes in a resource that was defined.
    mutating func restoreResource(_ id: ResourceID, _ key: StoredKey) throws(RecordDamage) {
        guard let storage = graph.storage, id > 0, Int(id) <= graph.resources.count + Self.longestGap else {
            throw RecordDamage()
        }
        while graph.resources.count <= Int(id) { graph.addResource(type: 0, local: Node.unnamed) }
        graph.bring(resource: id)
        graph.resources[id].type = key.type
        storage.addKey(key, ofResource: id)
        storage.resources.address(Int(id)).pointee.flags.insert(.defined)
        try restoreKind(of: id, key)
    }

    /// Notes that a resource is of a type that updates look for.
    mutating func restoreKind(of id: ResourceID, _ key: StoredKey) throws(RecordDamage) {
        guard let storage = graph.storage, key.type < storage.catalog.resourceTypes.count else { throw RecordDamage() }
        let type = storage.catalog.resourceTypes[Int(key.type)]
        if type.isEmpty { return }
        if type == StoreCatalog.directoryListing {
            let encoding = try storage.catalog.encoding(of: key.bytes)
            guard let listing = try? ValueDecoder().decode(DirectoryListing.self, from: encoding) else {
                throw RecordDamage()
            }
            addListing(listing, id)
        } else if type == StoreCatalog.environmentVariable {
            if !environment.contains(id) { environment.append(id) }
        } else if StoreCatalog.isInput(type) {
            // In this process it may have another value, or none.
            storedInputs.append(id)
        }
    }

    /// Adds a directory listing, and with the first the files that are provided.
    mutating func addListing(_ listing: DirectoryListing, _ id: ResourceID) {
        listings.add(listing, id)
        for file in graph.storage?.takeProvided() ?? [] {
            graph.bring(resource: file)
            if graph.resources[file].provider != 0 { listings.addProvided(file, self.file(file)) }
        }
    }

    /// Gives a file that came out of a store its place among the files.
    mutating func nameFile(_ resource: ResourceID) {
        graph.bring(resource: resource)
        let key = try? graph.storage?.key(ofResource: resource)
        let path = key.flatMap { String(validating: $0, as: UTF8.self) }
        // A file whose name is lost cannot be looked at: a name that no file has.
        let file = File(path ?? "\u{0}\(resource)")
        if path == nil { graph.storage?.noteDamage(RecordDamage()) }
        switch files.search(file) {
        case .found(_, let local):
            graph.resources[resource].local = local
        case .missing(let hash, let count):
            // All under one lock: nobody has added a file in between.
            graph.resources[resource].local = UInt32(count)
            files.add(file, hash: hash, id: resource)
        }
    }

    private static var longestGap: Int { 1 << 24 }

    /// Replaces a task's record, with all that follows from it; one that says something impossible may be taken in part.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - record: What was recorded.
    ///   - bytes: The same in bytes.
    ///   - output: Where its output is, if the record has one.
    /// - Throws: An error if the record says something impossible.
    mutating func restore(
        _ task: TaskID,
        _ record: TaskRecord,
        _ bytes: UnsafeRawBufferPointer,
        output: StoredPlace
    ) throws(RecordDamage) {
        guard let storage = graph.storage, task > 0, task < graph.nodes.count else { throw RecordDamage() }
        try record.check(tasks: graph.nodes.count, resources: graph.resources.count, stampers: storage.stamperCount)
        if keepLater(record, bytes, of: task, storage) { return restoreHead(of: task, record, output, storage) }
        graph.bringRecord(of: task)
        // Whose key is lost with what the snapshot says of it, is lost: who asks for it again gets another.
        if storage.isDamaged, (try? storage.key(ofTask: task)) == nil { return }
        var seen: [ObservationID] = []
        seen.reserveCapacity(record.dependencies.count)
        for dependency in record.dependencies {
            if dependency.kind == .require {
                graph.bring(dependency.target)
                seen.append(dependency.seen)
            } else {
                seen.append(dependency.never ? 0 : try restoredObservation(of: dependency))
            }
        }
        let node = graph.nodes.address(Int(task))
        if record.flags.contains(.root) { observeRoot(task) } else { unobserveRoot(task) }
        let oldProvided = node.pointee.flags.contains(.provider) ? provided(by: task) : []
        replaceDependencies(of: task, by: record, seen)
        let isProvider = record.dependencies.contains { $0.kind == .provide }
        if isProvider { node.pointee.flags.insert(.provider) } else { node.pointee.flags.remove(.provider) }
        if isProvider || !oldProvided.isEmpty { restoreProvided(by: task, record, before: oldProvided) }
        restoreHead(of: task, record, output, storage)
    }

    /// Leaves a record as bytes that has the same dependencies as the one before, which is not in memory either.
    ///
    /// So opening costs little for what was made anew and is not asked for: often a task with very many dependencies, of
    /// which one has changed.
    ///
    /// - Returns: Whether that is possible, and what follows from what was seen is counted.
    private mutating func keepLater(
        _ record: TaskRecord,
        _ bytes: UnsafeRawBufferPointer,
        of task: TaskID,
        _ storage: GraphStorage
    ) -> Bool {
        guard storage.keepsLaterRecords, !storage.isDamaged, record.attempt == nil, !record.dependencies.isEmpty,
            !storage.tasks.address(Int(task)).pointee.flags.contains(.record)
        else { return false }
        graph.bring(task)
        // A head that is lost has a record in memory: none.
        guard !storage.tasks.address(Int(task)).pointee.flags.contains(.record),
            record.flags.contains(.root) == graph.nodes[task].flags.contains(.root)
        else { return false }
        let before: [RecordedDependency]?
        if let later = storage.laterRecord(of: task) {
            before = later.withUnsafeBufferPointer { requirements(in: UnsafeRawBufferPointer($0)) }
        } else {
            before = ((try? storage.task(task)) ?? nil).flatMap { requirements(in: $0.record) }
        }
        guard let before, before.count == record.dependencies.count,
            zip(before, record.dependencies).allSatisfy({ $0.isRequirement(like: $1) })
        else { return false }
        for (old, new) in zip(before, record.dependencies)
        where old.seen != new.seen && !Mutation.isOn(.seenInBytesNotCounted) {
            graph.bring(new.target)
            graph.nodes[new.target].lastVersion = max(graph.nodes[new.target].lastVersion, new.seen)
            var dependency = Dependency(new, of: task)
            dependency.seen = new.seen
            graph.retainSeen(dependency)
            dependency.seen = old.seen
            graph.releaseSeen(dependency)
        }
        storage.keepLaterRecord([UInt8](bytes), of: task)
        return true
    }

    /// The dependencies in a record; nil if it says more of them than what there is to compare, or cannot be read.
    private func requirements(in bytes: UnsafeRawBufferPointer) -> [RecordedDependency]? {
        var reader = RecordReader(bytes)
        guard let record = try? TaskRecord(from: &reader), record.attempt == nil,
            (try? record.check(tasks: graph.nodes.count, resources: graph.resources.count, stampers: 0)) != nil
        else { return nil }
        return record.dependencies
    }

    /// Takes in what a record says besides dependencies.
    private mutating func restoreHead(
        of task: TaskID,
        _ record: TaskRecord,
        _ output: StoredPlace,
        _ storage: GraphStorage
    ) {
        let node = graph.nodes.address(Int(task))
        if record.version != node.pointee.version { _ = graph.setVersion(record.version, of: task) }
        for older in record.older where graph.older.place(of: task, version: older.version) != nil {
            graph.older.setPlace(storage.keepOlder([UInt8](older.output)), of: task, version: older.version)
        }
        node.pointee.lastVersion = max(node.pointee.lastVersion, record.lastVersion)
        node.pointee.madeBy = record.madeBy
        node.pointee.flags.subtract(TaskRecord.flags.subtracting(.root))
        node.pointee.flags.formUnion(record.flags)
        graph.reasons[task] = record.reason
        restoreAttempt(record.attempt, of: task)
        if node.pointee.flags.contains(.observed) && !node.pointee.flags.isDisjoint(with: .restless) {
            addPending(task)
        }
        let stored = storage.tasks.address(Int(task))
        if record.output != nil { stored.pointee.output = output }
        stored.pointee.storedVersion = record.version
    }

    /// Takes in which files a task provides.
    private mutating func restoreProvided(by task: TaskID, _ record: TaskRecord, before: [Provided]) {
        let provided = Set(record.dependencies.filter(\.isProvider).map(\.target))
        let named = Set(record.dependencies.filter { $0.kind == .provide }.map(\.target))
        for (file, left) in before where !provided.contains(file) && graph.resources[file].provider == task {
            graph.resources[file].provider = 0
            listings.removeProvided(file)
            if !named.contains(file) { orphan(file, left: left) }
        }
        for file in provided.sorted() where graph.resources[file].provider != task {
            graph.resources[file].provider = task
            listings.addProvided(file, self.file(file))
            orphans[file] = nil
        }
    }

    private mutating func replaceDependencies(of task: TaskID, by record: TaskRecord, _ seen: [UInt32]) {
        trustRecord(of: task)
        let isObserved = graph.nodes[task].flags.contains(.observed)
        let old = graph.range(of: task)
        let first = graph.allocateRange(record.dependencies.count)
        var level: UInt32 = 0
        for (index, item) in record.dependencies.enumerated() {
            let id = first + UInt32(index)
            var dependency = Dependency(item, of: task)
            dependency.seen = seen[index]
            if item.kind == .require && !item.never {
                // The record of what was seen may be lost: what is made in its place is another version.
                let target = graph.nodes.address(Int(item.target))
                target.pointee.lastVersion = max(target.pointee.lastVersion, dependency.seen)
                level = max(level, graph.nodes[item.target].level + 1)
                if let stamp = item.stamp {
                    dependency.stamp = graph.addStamp(StoredOutputStamp(reducer: item.stamper, [UInt8](stamp)))
                }
            }
            if item.kind == .require { graph.retainSeen(dependency) }
            graph.dependencies[id] = dependency
            graph.link(id)
            if isObserved && item.kind == .require { addObserver(item.target) }
        }
        graph.nodes[task].firstDependency = first
        graph.nodes[task].dependencyCount = UInt32(record.dependencies.count)
        drop(old, ofObserved: isObserved)
        if level > graph.nodes[task].level && raise(task, to: level) { distrustRecord(of: task) }
    }

    /// Takes it that no requirement of a task holds which requires itself through others.
    ///
    /// Its record and those of others cannot all be the last ones; a later record may set that right.
    private mutating func distrustRecord(of task: TaskID) {
        var requirements: [DependencyID] = []
        for id in graph.range(of: task) where graph.dependencies[id].kind == .require && !graph.dependencies[id].never {
            graph.dependencies[id].never = true
            requirements.append(id)
        }
        distrusted[task] = requirements
    }

    /// Takes back that a record is not trusted.
    mutating func trustRecord(of task: TaskID) {
        for id in distrusted.removeValue(forKey: task) ?? [] { graph.dependencies[id].never = false }
    }

    /// Decides, when all records are there, which of those that are not trusted are right after all.
    private mutating func judgeDistrusted() {
        for (task, requirements) in distrusted.sorted(by: { $0.key < $1.key }) {
            trustRecord(of: task)
            let level = requirements.map { graph.nodes[graph.dependencies[$0].target].level + 1 }.max() ?? 0
            guard level > graph.nodes[task].level && raise(task, to: level) else { continue }
            for id in requirements {
                graph.releaseSeen(graph.dependencies[id])
                graph.dependencies[id].never = true
            }
        }
    }

    /// Finds or stores what a dependency on a resource has seen, and counts the dependency.
    private mutating func restoredObservation(of dependency: RecordedDependency) throws(RecordDamage) -> ObservationID {
        let resource = dependency.target
        graph.bring(resource: resource)
        let type = graph.resources[resource].type
        guard (type == 0) == (dependency.kind != .resource), let stamp = dependency.stamp else { throw RecordDamage() }
        let observation: Observation
        if type == 0 {
            var reader = RecordReader(stamp)
            observation = Observation(file: try FileStamp(from: &reader))
        } else {
            observation = Observation(stamp: StoredStamp([UInt8](stamp)))
        }
        let current = graph.resources[resource].current
        if current != 0 {
            let known = graph.observations.address(Int(current))
            // As in the session that saw it: one look at the bytes serves all who saw the same metadata.
            let isShared =
                known.pointee.isFile && type == 0
                && known.pointee.file.hasSameMetadata(as: observation.file)
                && known.pointee.file.isProvisional == observation.file.isProvisional
                && (known.pointee.file.hash == nil || observation.file.hash == nil)
            if isShared && known.pointee.file.hash == nil { known.pointee.file = observation.file }
            if isShared || known.pointee.isSame(as: observation) {
                graph.retain(current)
                return current
            }
        }
        let id = type == 0 ? graph.addObservation(observation) : earlierObservation(of: resource, observation)
        graph.retain(id)
        graph.setCurrent(id, of: resource)
        return id
    }

    /// Finds what was seen of a resource among what its readers have seen, or stores it: who saw the same shares one.
    private mutating func earlierObservation(of resource: ResourceID, _ observation: Observation) -> ObservationID {
        var dependency = graph.firstReader(of: resource)
        while dependency != 0 {
            let item = graph.dependencies[dependency]
            if !item.never && graph.observations[item.seen].isSame(as: observation) { return item.seen }
            dependency = item.next
        }
        return graph.addObservation(observation)
    }

    private mutating func restoreAttempt(_ attempt: [TaskID]?, of task: TaskID) {
        let before = graph.attempts[task]
        let attempt = attempt.map { graph.present($0) }
        if attempt == before { return }
        graph.attempts[task] = attempt
        guard graph.nodes[task].flags.contains(.observed) else { return }
        for required in attempt ?? [] { addObserver(required) }
        for required in before ?? [] { removeObserver(required) }
    }

    /// Takes in what is known between sessions.
    ///
    /// - Parameters:
    ///   - stored: What was written last.
    ///   - isWhole: Whether nothing happened since: else the next update looks at all that is observed.
    /// - Throws: An error if there are no such tasks or resources.
    mutating func restore(_ stored: StoredState, isWhole: Bool) throws(RecordDamage) {
        try stored.check(tasks: graph.nodes.count, resources: graph.resources.count)
        judgeDistrusted()
        epoch = max(epoch, stored.epoch)
        isTrusted = stored.isTrusted && isWhole
        // That circles were let go of is not written: what replaying has found restless is looked at again.
        // What failed is pending, and has to be there with what its last attempt required.
        for task in stored.pending {
            graph.bringRecord(of: task)
            addPending(task)
        }
        hasLostObservers = true
        letGoOfCircles()
        for task in pending { graph.nodes[task].flags.remove(.pending) }
        for task in changed { graph.nodes[task].flags.remove(.changed) }
        pending = []
        changed = []
        for task in stored.pending {
            addPending(task)
        }
        for task in stored.changed {
            graph.bring(task)
            graph.nodes[task].flags.insert(.changed)
            changed.append(task)
        }
        for resource in stored.changedResources + stored.remembered { graph.bring(resource: resource) }
        for resource in storedInputs { graph.bring(resource: resource) }
        changedResources = Set(stored.changedResources).union(storedInputs)
        remembered = Set(stored.remembered)
        orphans = [:]
        for orphan in stored.orphans {
            graph.bring(resource: orphan.file)
            orphans[orphan.file] = orphan.left
        }
        for (type, version) in stored.versions.enumerated() where type > 0 {
            while versions.count <= type { versions.append(Self.unknownVersion) }
            versions[type] = version == Self.noVersion ? Self.unknownVersion : version
            // No update has taken up that it changed.
            if version == Self.noVersion { changedTypes.insert(UInt32(type)) }
        }
    }

    /// Whether a task that updates have kept up to date needs no look.
    var canTrust: Bool { isTrusted && !(graph.storage?.isDamaged ?? false) }

    /// What stands for the version of a type that nobody has told: its tasks count as made by the right one.
    static var unknownVersion: UInt16 { .max }

    /// What is known between sessions, to be written.
    ///
    /// Orphans must be known to the store.
    func storedState() -> StoredState {
        var stored = StoredState()
        stored.epoch = epoch
        stored.isTrusted = canTrust
        guard let storage = graph.storage else { return stored }
        // What the store has not been told of is new to it.
        func isKnown(_ task: TaskID) -> Bool { storage.tasks[task].flags.contains(.defined) }
        func isKnown(resource: ResourceID) -> Bool { storage.resources[resource].flags.contains(.defined) }
        stored.pending = pending.filter { graph.nodes[$0].flags.contains(.pending) && isKnown($0) }.sorted()
        stored.changed = changed.filter { graph.nodes[$0].flags.contains(.changed) && isKnown($0) }.sorted()
        // What a process without these buffers sees is another thing, and so may be the value of an input.
        stored.changedResources = changedResources.union(buffered).filter { isKnown(resource: $0) }.sorted()
        stored.remembered = remembered.filter { isKnown(resource: $0) }.sorted()
        stored.orphans = orphans.map { StoredState.Orphan(file: $0.key, left: $0.value) }.sorted { $0.file < $1.file }
        stored.versions = versions
        for type in changedTypes where type < stored.versions.count { stored.versions[Int(type)] = Self.noVersion }
        if Mutation.isOn(.pendingNotStored) { stored.pending = [] }
        if Mutation.isOn(.changedNotStored) { stored.changed = [] }
        if Mutation.isOn(.orphansNotStored) { stored.orphans = [] }
        return stored
    }
}

extension RecordedDependency {
    /// Whether this and another are requirements that differ at most in what was seen, by which no stamper went.
    fileprivate func isRequirement(like other: RecordedDependency) -> Bool {
        kind == .require && other.kind == .require && target == other.target && never == other.never
            && barrier == other.barrier && stamper == 0 && other.stamper == 0
    }
}

extension Observation {
    /// Whether the same was seen, as far as can be said without decoding.
    func isSame(as other: Observation) -> Bool {
        if isUnreadable || other.isUnreadable { return false }
        if let stamp = stamp as? StoredStamp, let otherStamp = other.stamp as? StoredStamp {
            return stamp.bytes == otherStamp.bytes
        }
        return stamp == nil && other.stamp == nil && file == other.file
    }
}
