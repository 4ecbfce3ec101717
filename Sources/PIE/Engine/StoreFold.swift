/// Makes a snapshot of an older one and the journals since then, without the engine that goes on meanwhile.
///
/// The journals are replayed on a graph of its own, of which only what they reach is decoded. What was not decoded is
/// copied as it is: nothing in memory refers to it, so nothing about it has changed.
struct StoreFold: ~Copyable {
    private var state: EngineState
    private let storage: GraphStorage
    private let journals: [MappedJournal]

    /// Whether a process goes on with the store, which may name again what nobody needs now.
    private let goesOn: Bool

    /// For each observation its number in the list of its resource.
    private var numbers: [UInt32] = []
    private var provided: [ResourceID] = []
    private var kinds: [ResourceID] = []

    /// What of the older snapshot could not be read.
    var damage: String? { storage.damage }

    /// Replays journals.
    ///
    /// - Parameters:
    ///   - snapshot: The older snapshot; nil if there is none.
    ///   - journals: The journals since then.
    ///   - isWhole: Whether the last of them ends with the end of a session.
    ///   - goesOn: Whether a process goes on with the store: then what nobody needs stays in it too.
    /// - Throws: An error if they say something impossible.
    init(_ snapshot: Snapshot?, _ journals: [MappedJournal], isWhole: Bool, goesOn: Bool) throws(RecordDamage) {
        storage = GraphStorage(snapshot: snapshot)
        // They would have to be written, and so read, in any case.
        storage.keepsLaterRecords = false
        self.journals = journals
        self.goesOn = goesOn
        state = EngineState(
            options: PieOptions(),
            scope: ResourceScope(root: "/"),
            isTracked: false,
            files: InternTable<File, Void>(),
            storage: storage
        )
        try Engine.restore(&state, from: journals, isWhole: isWhole)
    }

    /// Writes the snapshot.
    mutating func write(
        at path: String,
        store: StoreIdentifier,
        generation: UInt64,
        system: StoreSystem
    ) throws(StoreError) {
        let names = storage.catalog.resourceTypes
        let special = names.indices.filter { number in
            names[number] == StoreCatalog.directoryListing || names[number] == StoreCatalog.environmentVariable
                || StoreCatalog.isInput(names[number])
        }
        let specialTypes = Set(special.map { UInt32($0) })
        try Snapshot.write(at: path, store: store, generation: generation, system: system) {
            (writer) throws(StoreError) in
            // What was seen of a resource has a number that the records of tasks refer to.
            for resource in 1..<max(1, ResourceID(state.graph.resources.count)) {
                try write(resource, specialTypes, to: &writer)
            }
            for task in 1..<max(1, TaskID(state.graph.nodes.count)) { try write(task: task, to: &writer) }
            var payload = RecordWriter()
            storage.catalog.write(to: &payload)
            payload.ascending(kinds)
            payload.ascending(provided)
            state.storedState().write(to: &payload)
            return payload.bytes
        }
    }

    // MARK: Resources

    private mutating func write(
        _ id: ResourceID,
        _ special: Set<UInt32>,
        to writer: inout SnapshotWriter
    ) throws(StoreError) {
        guard let (key, blob) = blob(ofResource: id) else { return try writer.skipResource() }
        if special.contains(key.type) { kinds.append(id) }
        try blob.withBytes { (bytes) throws(StoreError) in try writer.appendResource(bytes, hash: key.hash) }
    }

    /// The bytes of a resource; nil if there are none, or they are lost.
    private mutating func blob(ofResource id: ResourceID) -> (key: StoredKey, blob: RecordWriter)? {
        var blob = RecordWriter(reserving: 160)
        do throws(RecordDamage) {
            if storage.resources[id].flags.contains(.head) {
                return try encode(id, &blob).map { ($0, blob) }
            }
            guard let old = try storage.resource(id), let bytes = storage.bytes(ofResource: id) else { return nil }
            let isRead = try hasAny(old.readers)
            guard isRead || old.provider != 0 || goesOn || isNeeded(id) else { return nil }
            blob.raw(bytes)
            if old.provider != 0 { provided.append(id) }
            return (StoredKey(type: old.type, bytes: [UInt8](old.key)), blob)
        } catch {
            storage.noteDamage(error)
            return nil
        }
    }

    /// Encodes a resource that is in memory.
    ///
    /// - Returns: Its key; nil if nobody needs it any more.
    private mutating func encode(_ id: ResourceID, _ blob: inout RecordWriter) throws(RecordDamage) -> StoredKey? {
        let node = state.graph.resources[id]
        let old = try storage.resource(id)
        var readers: [TaskID] = []
        var isComplete = true
        if let old {
            for owner in try state.graph.owners(old.readers)
            where !storage.tasks[owner].flags.contains(.record) {
                isComplete = false
                readers.append(owner)
            }
        }
        // What was seen, in the order of its numbers: as before, if there are records that were not decoded. No
        // observation is of two resources: that it has a number says that it is listed.
        if numbers.count < state.graph.observations.count {
            numbers += Array(repeating: 0, count: state.graph.observations.count - numbers.count)
        }
        var seen: [(observation: ObservationID, references: UInt32)] = []
        let first = storage.resources[id].firstObservation
        let count = storage.resources[id].observationCount
        if !isComplete { for number in 0..<count { list(first + number, in: &seen) } }
        let hasCurrent = node.current != 0 && !state.graph.observations[node.current].isUnreadable
        if hasCurrent { list(node.current, in: &seen) }
        var dependency = node.firstReader
        while dependency != 0 {
            let item = state.graph.dependencies[dependency]
            readers.append(item.owner)
            if !item.never {
                list(item.seen, in: &seen)
                let place = Int(numbers[Int(item.seen)]) - 1
                if place < seen.count { seen[place].references += 1 }
            }
            dependency = item.next
        }
        // A process names again only what it has told the store of; other ids it may have left out.
        let isKnown = goesOn && storage.resources[id].flags.contains(.defined)
        guard node.provider != 0 || !readers.isEmpty || isKnown || isNeeded(id) else { return nil }
        let key = StoredKey(type: node.type, bytes: try storage.key(ofResource: id))
        blob.variable(key.type)
        blob.counted(key.bytes)
        blob.variable(node.provider)
        blob.variable(hasCurrent ? numbers[Int(node.current)] : 0)
        blob.variable(seen.count)
        for (observation, references) in seen {
            let value = state.graph.observations[observation]
            // Those who were not decoded are counted with the rest: less the pin, and the resource itself.
            let isStored = count > 0 && observation >= first && observation < first + count
            var others = value.references
            if isStored { others.lower() }
            if observation == node.current { others.lower() }
            blob.variable(isStored && !isComplete ? others : references)
            if node.type == 0 {
                value.file.write(to: &blob)
            } else {
                blob.counted(value.stamp?.storedBytes ?? [])
            }
        }
        blob.ascending(Mutation.isOn(.foldingLosesReaders) ? [] : Self.distinct(readers))
        if node.provider != 0 { provided.append(id) }
        return key
    }

    /// Gives an observation the next number of its resource, unless it has one.
    private mutating func list(_ id: ObservationID, in seen: inout [(observation: ObservationID, references: UInt32)]) {
        if numbers[Int(id)] != 0 { return }
        seen.append((id, 0))
        numbers[Int(id)] = UInt32(seen.count)
    }

    /// Ids in ascending order, each once.
    private static func distinct(_ ids: [TaskID]) -> [TaskID] {
        var distinct: [TaskID] = []
        distinct.reserveCapacity(ids.count)
        for id in ids.count < 2 ? ids : ids.sorted() where distinct.last != id { distinct.append(id) }
        return distinct
    }

    /// Whether a resource must stay that no task provides or depends on.
    private func isNeeded(_ id: ResourceID) -> Bool {
        state.orphans[id] != nil || state.changedResources.contains(id) || state.remembered.contains(id)
    }

    private func hasAny(_ list: UnsafeRawBufferPointer) throws(RecordDamage) -> Bool {
        var reader = RecordReader(list)
        return try reader.count() > 0
    }

    // MARK: Tasks

    private mutating func write(task id: TaskID, to writer: inout SnapshotWriter) throws(StoreError) {
        guard let (key, blob) = blob(ofTask: id) else { return try writer.skipTask() }
        try blob.withBytes { (bytes) throws(StoreError) in try writer.appendTask(bytes, hash: key.hash) }
    }

    /// The bytes of a task; nil if there are none, or they are lost.
    private mutating func blob(ofTask id: TaskID) -> (key: StoredKey, blob: RecordWriter)? {
        var blob = RecordWriter(reserving: 160)
        do throws(RecordDamage) {
            if storage.tasks[id].flags.contains(.head) {
                return try encode(task: id, &blob).map { ($0, blob) }
            }
            guard let old = try storage.task(id), let bytes = storage.bytes(ofTask: id), try isNeeded(old) else {
                return nil
            }
            blob.raw(bytes)
            return (StoredKey(type: old.type, bytes: [UInt8](old.key)), blob)
        } catch {
            storage.noteDamage(error)
            return nil
        }
    }

    /// Whether a task must stay about which nothing has changed.
    private func isNeeded(_ old: TaskBlob) throws(RecordDamage) -> Bool {
        let isRequired = try hasAny(old.requirers)
        if goesOn || isRequired || old.observers > 0 { return true }
        var reader = RecordReader(old.record)
        let head = try TaskRecord(headFrom: &reader)
        return head.version != 0 || head.flags.contains(.root)
    }

    /// Encodes a task that is in memory.
    ///
    /// - Returns: Its key; nil if it was forgotten.
    private mutating func encode(task id: TaskID, _ blob: inout RecordWriter) throws(RecordDamage) -> StoredKey? {
        let node = state.graph.nodes[id]
        let stored = storage.tasks[id]
        let old = try storage.task(id)
        var requirers: [TaskID] = []
        if let old {
            for owner in try state.graph.owners(old.requirers)
            where !storage.tasks[owner].flags.contains(.record) {
                requirers.append(owner)
            }
        }
        var dependency = node.firstRequirer
        while dependency != 0 {
            requirers.append(state.graph.dependencies[dependency].owner)
            dependency = state.graph.dependencies[dependency].next
        }
        let isNeeded = node.version != 0 || !requirers.isEmpty || node.flags.contains(.observed)
        guard isNeeded || goesOn && stored.flags.contains(.defined) else { return nil }
        let keyBytes = stored.flags.contains(.defined) ? try storage.key(ofTask: id) : []
        blob.variable(node.type)
        blob.counted(keyBytes)
        blob.variable(node.level)
        blob.variable(node.observers)
        blob.variable(node.references)
        var list = RecordWriter(reserving: 16)
        list.ascending(Self.distinct(requirers))
        blob.counted(list.bytes)
        TaskRecord.writeHead(node, to: &blob)
        if stored.flags.contains(.record) {
            try encodeRecord(of: id, node, stored, old, to: &blob)
        } else if let old {
            // What it depends on is as it was; who has seen which of its outputs may not be.
            var reader = RecordReader(old.record)
            var record = try TaskRecord(headFrom: &reader)
            try record.readOutput(from: &reader)
            try record.readOlder(from: &reader)
            blob.byte(record.output == nil ? 0 : 1)
            if let output = record.output { blob.counted(output) }
            encodeOlder(of: id, to: &blob)
            blob.raw(reader.rest)
        } else {
            throw RecordDamage()
        }
        return StoredKey(type: node.type, bytes: keyBytes)
    }

    private func encodeOlder(of id: TaskID, to blob: inout RecordWriter) {
        let older = state.graph.older.all(of: id).compactMap { item in
            storage.older(at: item.place).map {
                (item.version, state.graph.older.references(of: id, version: item.version), $0)
            }
        }
        blob.variable(older.count)
        for (version, references, output) in older {
            blob.variable(version)
            blob.variable(references)
            blob.counted(output)
        }
    }

    private mutating func encodeRecord(
        of id: TaskID,
        _ node: Node,
        _ stored: StoredNode,
        _ old: TaskBlob?,
        to blob: inout RecordWriter
    ) throws(RecordDamage) {
        if node.version == 0 {
            blob.byte(0)
        } else if stored.output != .none {
            guard let journal = journals.first(where: { $0.generation == UInt64(stored.output.journal) }) else {
                throw RecordDamage()
            }
            blob.byte(1)
            blob.counted(try journal.counted(at: stored.output.offset))
        } else if let old {
            var reader = RecordReader(old.record)
            var record = try TaskRecord(headFrom: &reader)
            try record.readOutput(from: &reader)
            guard let output = record.output else { throw RecordDamage() }
            blob.byte(1)
            blob.counted(output)
        } else {
            throw RecordDamage()
        }
        encodeOlder(of: id, to: &blob)
        TaskRecord.write(state.graph.reasons[id], to: &blob)
        TaskRecord.write(attempt: state.graph.attempts[id], to: &blob)
        let range = state.graph.range(of: id)
        blob.variable(range.count)
        var dependencies = TaskRecord.DependencyWriter()
        for index in range {
            var dependency = state.graph.dependencies[index]
            let stamp = dependency.stamper == 0 ? nil : state.graph.stamp(dependency.stamp)?.storedBytes
            var number: UInt32 = 0
            if dependency.kind != .require && !dependency.never {
                // What was seen of a resource that could not be read is lost.
                if dependency.seen < numbers.count { number = numbers[Int(dependency.seen)] }
                if number == 0 { dependency.never = true }
            }
            let isProvider = dependency.kind == .provide && state.graph.resources[dependency.target].provider == id
            dependencies.write(dependency, isProvider: isProvider, to: &blob) {
                $0.variable(number)
            } stamp: {
                $0.counted(stamp ?? [])
            }
        }
    }
}
