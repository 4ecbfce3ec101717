/// Bringing nodes of a snapshot into memory; see ``GraphStorage``.
extension Graph {
    /// Makes sure that the head of a task is in memory.
    @inline(__always)
    mutating func bring(_ task: TaskID) {
        guard let storage else { return }
        if !storage.tasks.address(Int(task)).pointee.flags.contains(.head) { loadHead(of: task, storage) }
    }

    /// Makes sure that the record of a task is in memory.
    @inline(__always)
    mutating func bringRecord(of task: TaskID) {
        guard let storage else { return }
        if !storage.tasks.address(Int(task)).pointee.flags.contains(.record) { loadRecord(of: task, storage) }
    }

    /// Makes sure that all who require a task are in memory.
    @inline(__always)
    mutating func bringRequirers(of task: TaskID) {
        guard let storage else { return }
        if !storage.tasks.address(Int(task)).pointee.flags.contains(.dependents) { loadRequirers(of: task, storage) }
    }

    /// Makes sure that a resource is in memory, and the head of its provider.
    @inline(__always)
    mutating func bring(resource: ResourceID) {
        guard let storage else { return }
        if !storage.resources.address(Int(resource)).pointee.flags.contains(.head) { load(resource, storage) }
    }

    /// Makes sure that all who depend on a resource are in memory.
    @inline(__always)
    mutating func bringReaders(of resource: ResourceID) {
        guard let storage else { return }
        if !storage.resources.address(Int(resource)).pointee.flags.contains(.dependents) {
            loadReaders(of: resource, storage)
        }
    }

    /// The first of the dependencies on a task.
    mutating func firstRequirer(of task: TaskID) -> DependencyID {
        bringRequirers(of: task)
        return nodes.address(Int(task)).pointee.firstRequirer
    }

    /// The first of the dependencies on a task, of which those of unobserved tasks may be missing.
    ///
    /// A task that begins to be observed is brought into memory then.
    mutating func firstObservedRequirer(of task: TaskID) -> DependencyID {
        if let storage, storage.tasks.address(Int(task)).pointee.flags.isDisjoint(with: .allObservedDependents) {
            bring(task)
            storage.tasks.address(Int(task)).pointee.flags.insert(.observedDependents)
            do throws(RecordDamage) {
                if let blob = try storage.task(task) { try loadOwners(blob.requirers, onlyObserved: true) }
            } catch {
                storage.noteDamage(error)
            }
        }
        return nodes.address(Int(task)).pointee.firstRequirer
    }

    /// Whether there may be a dependency on a task, as far as is known without a look at the store.
    func mayHaveRequirers(_ task: TaskID) -> Bool {
        if nodes.address(Int(task)).pointee.firstRequirer != 0 { return true }
        guard let storage else { return false }
        return !storage.tasks.address(Int(task)).pointee.flags.contains(.dependents)
    }

    /// The first of the dependencies on a resource.
    mutating func firstReader(of resource: ResourceID) -> DependencyID {
        bringReaders(of: resource)
        return resources.address(Int(resource)).pointee.firstReader
    }

    /// The first of the dependencies on a resource, of which those of unobserved tasks may be missing.
    mutating func firstObservedReader(of resource: ResourceID) -> DependencyID {
        if let storage, storage.resources.address(Int(resource)).pointee.flags.isDisjoint(with: .allObservedDependents)
        {
            bring(resource: resource)
            storage.resources.address(Int(resource)).pointee.flags.insert(.observedDependents)
            do throws(RecordDamage) {
                if let blob = try storage.resource(resource) { try loadOwners(blob.readers, onlyObserved: true) }
            } catch {
                storage.noteDamage(error)
            }
        }
        return resources.address(Int(resource)).pointee.firstReader
    }

    /// Whether an observed task depends on a resource; no record is brought into memory for that.
    mutating func hasObservedReader(_ resource: ResourceID) -> Bool {
        bring(resource: resource)
        var id = resources.address(Int(resource)).pointee.firstReader
        while id != 0 {
            let dependency = dependencies.address(Int(id))
            if nodes.address(Int(dependency.pointee.owner)).pointee.flags.contains(.observed) { return true }
            id = dependency.pointee.next
        }
        guard let storage,
            storage.resources.address(Int(resource)).pointee.flags.isDisjoint(with: .allObservedDependents)
        else { return false }
        do throws(RecordDamage) {
            guard let blob = try storage.resource(resource) else { return false }
            for owner in try owners(blob.readers) {
                bring(owner)
                // What its record in memory depends on has been looked at.
                if !storage.tasks.address(Int(owner)).pointee.flags.contains(.record)
                    && nodes.address(Int(owner)).pointee.flags.contains(.observed)
                {
                    return true
                }
            }
        } catch {
            storage.noteDamage(error)
        }
        return false
    }

    // MARK: Tasks

    /// Those of some tasks that there are; these are in memory then.
    ///
    /// A fold leaves out what nobody needs, though an attempt may have required it that failed.
    mutating func present(_ tasks: [TaskID]) -> [TaskID] {
        tasks.filter { task in
            bring(task)
            return nodes[task].type != 0
        }
    }

    private mutating func loadHead(of task: TaskID, _ storage: GraphStorage) {
        storage.tasks.address(Int(task)).pointee.flags.insert(.head)
        let node = nodes.address(Int(task))
        node.pointee.local = Node.unnamed
        do throws(RecordDamage) {
            guard let blob = try storage.task(task) else {
                // The id of a task that was forgotten: nothing leads to it.
                storage.tasks.address(Int(task)).pointee.flags.formUnion(.new)
                return
            }
            guard blob.type > 0, blob.type < storage.catalog.taskTypes.count else { throw RecordDamage() }
            var reader = RecordReader(blob.record)
            var head = try TaskRecord(headFrom: &reader)
            try head.readOutput(from: &reader)
            try head.readOlder(from: &reader)
            // Who has seen which version is counted as soon as somebody may see another.
            for item in head.older {
                older.add(task, version: item.version, references: item.references)
                older.setPlace(storage.keepOlder([UInt8](item.output)), of: task, version: item.version)
            }
            node.pointee.type = blob.type
            node.pointee.level = blob.level
            node.pointee.observers = blob.observers
            node.pointee.references = blob.references
            node.pointee.version = head.version
            node.pointee.lastVersion = head.lastVersion
            node.pointee.madeBy = head.madeBy
            node.pointee.flags = head.flags
            if head.flags.contains(.root) || blob.observers > 0 { node.pointee.flags.insert(.observed) }
            let stored = storage.tasks.address(Int(task))
            stored.pointee.flags.insert(.defined)
            stored.pointee.storedVersion = head.version
        } catch {
            lose(task, storage, error)
        }
    }

    /// Goes on without what a snapshot should say of a task: it is as new, and somebody observes it.
    private mutating func lose(_ task: TaskID, _ storage: GraphStorage, _ error: RecordDamage) {
        storage.noteDamage(error)
        storage.tasks.address(Int(task)).pointee.flags.formUnion(.record)
        let node = nodes.address(Int(task))
        node.pointee.version = 0
        // Whatever version its requirers have seen, the next one is another.
        node.pointee.lastVersion = UInt32.random(in: 1 << 31..<3 << 30)
        node.pointee.observers = max(node.pointee.observers, 1 << 30)
        node.pointee.references = 1 << 30
        node.pointee.flags = [.observed]
    }

    private mutating func loadRecord(of task: TaskID, _ storage: GraphStorage) {
        bring(task)
        let stored = storage.tasks.address(Int(task))
        if stored.pointee.flags.contains(.record) { return }
        stored.pointee.flags.insert(.record)
        do throws(RecordDamage) {
            if let later = storage.takeLaterRecord(of: task) {
                try later.withUnsafeBufferPointer { (bytes) throws(RecordDamage) in
                    try take(UnsafeRawBufferPointer(bytes), as: task, storage)
                }
            } else if let blob = try storage.task(task) {
                try take(blob.record, as: task, storage)
            }
        } catch {
            lose(task, storage, error)
        }
    }

    private mutating func take(
        _ bytes: UnsafeRawBufferPointer,
        as task: TaskID,
        _ storage: GraphStorage
    ) throws(RecordDamage) {
        var reader = RecordReader(bytes)
        let record = try TaskRecord(from: &reader)
        try record.check(tasks: nodes.count, resources: resources.count, stampers: storage.stamperCount)
        try take(record, as: task, storage)
    }

    /// Puts a record of the snapshot in place, whose links its targets have counted already.
    private mutating func take(
        _ record: TaskRecord,
        as task: TaskID,
        _ storage: GraphStorage
    ) throws(RecordDamage) {
        let node = nodes.address(Int(task))
        reasons[task] = record.reason
        if let attempt = record.attempt { attempts[task] = present(attempt) }
        // Everything that can be wrong is looked at first: after that the record is taken as a whole.
        for dependency in record.dependencies {
            if dependency.kind == .require {
                bring(dependency.target)
            } else {
                bring(resource: dependency.target)
                let isFile = resources[dependency.target].type == 0
                guard isFile == (dependency.kind != .resource) else { throw RecordDamage() }
                if !dependency.never {
                    guard dependency.seen > 0,
                        dependency.seen <= storage.resources[dependency.target].observationCount
                    else { throw RecordDamage() }
                }
            }
        }
        let first = allocateRange(record.dependencies.count)
        for (index, item) in record.dependencies.enumerated() {
            let id = first + UInt32(index)
            var dependency = Dependency(item, of: task)
            if item.kind == .require {
                dependency.seen = item.seen
                if let stamp = item.stamp {
                    dependency.stamp = addStamp(StoredOutputStamp(reducer: item.stamper, [UInt8](stamp)))
                }
            } else {
                if !item.never {
                    dependency.seen = storage.resources[item.target].firstObservation + item.seen - 1
                }
                if item.kind == .provide { node.pointee.flags.insert(.provider) }
            }
            dependencies[id] = dependency
            link(id)
        }
        node.pointee.firstDependency = first
        node.pointee.dependencyCount = UInt32(record.dependencies.count)
    }

    private mutating func loadRequirers(of task: TaskID, _ storage: GraphStorage) {
        bring(task)
        storage.tasks.address(Int(task)).pointee.flags.insert(.dependents)
        do throws(RecordDamage) {
            guard let blob = try storage.task(task) else { return }
            try loadOwners(blob.requirers)
        } catch {
            storage.noteDamage(error)
        }
    }

    private mutating func loadOwners(
        _ bytes: UnsafeRawBufferPointer,
        onlyObserved: Bool = false
    ) throws(RecordDamage) {
        for owner in try owners(bytes) {
            bring(owner)
            if onlyObserved && !nodes.address(Int(owner)).pointee.flags.contains(.observed) { continue }
            bringRecord(of: owner)
        }
    }

    /// The tasks in a list of dependents, all of which are there.
    func owners(_ bytes: UnsafeRawBufferPointer) throws(RecordDamage) -> [TaskID] {
        var owners: [TaskID] = []
        var reader = RecordReader(bytes)
        try reader.ascending { owners.append($0) }
        for owner in owners where owner == 0 || owner >= nodes.count { throw RecordDamage() }
        return owners
    }

    // MARK: Resources

    private mutating func load(_ resource: ResourceID, _ storage: GraphStorage) {
        let stored = storage.resources.address(Int(resource))
        stored.pointee.flags.insert(.head)
        let node = resources.address(Int(resource))
        node.pointee.local = Node.unnamed
        do throws(RecordDamage) {
            guard let blob = try storage.resource(resource) else {
                stored.pointee.flags.formUnion(.new)
                return
            }
            guard blob.provider < nodes.count, blob.type < storage.catalog.resourceTypes.count else {
                throw RecordDamage()
            }
            node.pointee.type = blob.type
            stored.pointee.flags.insert(.defined)
            var first: ObservationID = 0
            // One after the other: a dependency says which of them it has seen.
            for (index, var observation) in blob.observations.enumerated() {
                // The snapshot itself counts as one who has seen it: so its place stays its own.
                observation.references += 1
                observations.append(observation)
                if index == 0 { first = ObservationID(observations.count - 1) }
            }
            stored.pointee.firstObservation = first
            stored.pointee.observationCount = UInt32(blob.observations.count)
            if blob.current != 0 {
                node.pointee.current = first + blob.current - 1
                observations[node.pointee.current].references += 1
            }
            node.pointee.provider = blob.provider
            if blob.provider != 0 { bring(blob.provider) }
        } catch {
            storage.noteDamage(error)
        }
    }

    private mutating func loadReaders(of resource: ResourceID, _ storage: GraphStorage) {
        bring(resource: resource)
        storage.resources.address(Int(resource)).pointee.flags.insert(.dependents)
        do throws(RecordDamage) {
            guard let blob = try storage.resource(resource) else { return }
            try loadOwners(blob.readers)
        } catch {
            storage.noteDamage(error)
        }
    }
}
