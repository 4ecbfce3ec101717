/// From bytes of a store to values, when somebody needs them, and from values to what the store knows of them.
///
/// All of this runs users' code, so not under the lock.
extension Engine {
    // MARK: Finding

    /// Finds a task among those of the store, and gives it its place.
    ///
    /// - Returns: `nil` if the store does not know the task; else its place, or no place if somebody was faster and the
    ///   search must be repeated.
    @usableFromInline
    func locateStored<T: IncrementalTask>(
        _ task: T,
        in table: TaskTable<T>,
        hash: UInt32,
        count: Int
    ) -> (location: Location<T>?, Void)? {
        guard let store, !store.isEmpty, let id = find(store, task, type: table.type) else { return nil }
        let location = state.withLock { state -> Location<T>? in
            guard let local = table.index.nextIndex(after: count) else { return nil }
            state.graph.bring(id)
            state.graph.nodes[id].local = local
            // Its key has said so, whatever else of it may be lost.
            state.graph.nodes[id].type = table.type
            table.index.add(task, nil, hash: hash, id: id)
            state.forgive(id)
            return Location(id: id, local: local, table: table)
        }
        return (location, ())
    }

    private func find<T: IncrementalTask>(_ store: EngineStore, _ task: T, type: UInt32) -> TaskID? {
        guard let encoding = try? store.encode(task) else { return nil }
        let (key, known) = state.withLock { state -> (StoredKey?, TaskID?) in
            guard let key = state.graph.storage?.key(of: encoding, type: type) else { return (nil, nil) }
            return (key, state.graph.storage?.newTask(key))
        }
        guard let key else { return nil }
        if let known { return known }
        guard let snapshot = store.snapshot else { return nil }
        do {
            return try snapshot.findTask(key.hash) { (id) throws(SnapshotDamage) in
                guard let bytes = try snapshot.task(id), let blob = try? TaskBlob(bytes) else { return false }
                return blob.type == key.type && blob.key.elementsEqual(key.bytes)
            }
        } catch {
            noteUnsearchable(error)
            return store.salvagedKeys().tasks[key]
        }
    }

    /// Finds a file among those of the store.
    func stored(_ file: File) -> ResourceID? {
        guard let store, !store.isEmpty else { return nil }
        return stored(StoredKey(type: 0, bytes: [UInt8](file.path.utf8)))
    }

    /// Finds a resource among those of the store.
    func stored<R: Resource>(_ resource: R, _ table: ResourceTable<R>) -> ResourceID? {
        guard let store, !store.isEmpty, let encoding = try? store.encode(resource) else { return nil }
        let key = state.withLock { $0.graph.storage?.key(of: encoding, type: table.type) }
        return key.flatMap { stored($0) }
    }

    private func stored(_ key: StoredKey) -> ResourceID? {
        if let known = state.withLock({ $0.graph.storage?.newResource(key) }) { return known }
        guard let snapshot = store?.snapshot else { return nil }
        do {
            return try snapshot.findResource(key.hash) { (id) throws(SnapshotDamage) in
                guard let bytes = try snapshot.resource(id), let blob = try? ResourceBlob(bytes) else { return false }
                return blob.type == key.type && blob.key.elementsEqual(key.bytes)
            }
        } catch {
            noteUnsearchable(error)
            return store?.salvagedKeys().resources[key]
        }
    }

    /// Notes that the store could not be searched.
    private func noteUnsearchable(_ damage: SnapshotDamage) {
        state.withLock { $0.graph.storage?.noteDamage(RecordDamage(damage)) }
    }

    /// Finds a stamper or projection among those of the store.
    func stored<R: OutputReducer>(_ reducer: R) -> StamperID? {
        guard let store else { return nil }
        store.learn(R.self)
        guard let encoding = try? store.encode(reducer.stored) else { return nil }
        return state.withLock { state in
            guard let value = state.graph.storage?.value(of: encoding) else { return nil }
            return state.graph.storage?.catalog.number(of: StoreCatalog.Reducer(type: R.name, value: value))
        }
    }

    // MARK: Decoding

    /// Makes sure that a task that came out of a store has a place among the tasks of its type.
    ///
    /// - Returns: Whether it has; not if its type is unknown, or it does not decode.
    @discardableResult
    func name(_ task: TaskID) -> Bool {
        guard let store else { return true }
        let (isNamed, work) = state.withLock { state -> (Bool, (AnyTaskTable, [UInt8])?) in
            state.graph.bring(task)
            let node = state.graph.nodes.address(Int(task))
            if node.pointee.local != Node.unnamed { return (true, nil) }
            guard node.pointee.type != 0, node.pointee.type <= tables.highestNumber,
                let storage = state.graph.storage,
                !storage.tasks[task].flags.contains(.undecodable)
            else { return (false, nil) }
            let table = tables.table(node.pointee.type)
            guard table.isKnown, let encoding = storage.encodedKey(ofTask: task) else { return (false, nil) }
            return (false, (table, encoding))
        }
        guard let (table, encoding) = work else { return isNamed }
        if table.name(task, encoding, in: self, store) { return true }
        // Somebody may have been faster.
        let (isNamedNow, isNew) = state.withLock { state -> (Bool, Bool) in
            if state.graph.nodes[task].local != Node.unnamed { return (true, false) }
            let stored = state.graph.storage?.tasks.address(Int(task))
            return (false, stored?.pointee.flags.insert(.undecodable).inserted ?? false)
        }
        if isNew { tell(.undecodable(type: table.typeIdentifier, .task)) }
        return isNamedNow
    }

    /// Makes sure that a resource that came out of a store has a place among the resources of its type.
    @discardableResult
    func name(resource: ResourceID) -> Bool {
        guard let store else { return true }
        let (isNamed, work) = state.withLock { state -> (Bool, (AnyResourceTable, [UInt8])?) in
            state.graph.bring(resource: resource)
            let node = state.graph.resources.address(Int(resource))
            if node.pointee.local != Node.unnamed { return (true, nil) }
            if node.pointee.type == 0 {
                state.nameFile(resource)
                return (true, nil)
            }
            guard node.pointee.type <= resourceTables.highestNumber,
                let encoding = state.graph.storage?.encodedKey(ofResource: resource)
            else { return (false, nil) }
            return (false, (resourceTables.table(node.pointee.type), encoding))
        }
        guard let (table, encoding) = work else { return isNamed }
        return table.name(resource, encoding, in: self, store)
            || state.withLock { $0.graph.resources[resource].local != Node.unnamed }
    }

    /// The stamp of an input of a store whose type nobody has told: so nobody has set it.
    func stampOfUnsetInput(_ resource: ResourceID) -> AnyStamp? {
        guard let store, let encoding = try? store.encode(Input<Bool>.Stamp(nil)) else { return nil }
        return state.withLock { state in
            guard let storage = state.graph.storage, let bytes = storage.value(of: encoding) else { return nil }
            let type = Int(state.graph.resources[resource].type)
            let names = storage.catalog.resourceTypes
            return type < names.count && StoreCatalog.isInput(names[type]) ? StoredStamp(bytes) : nil
        }
    }

    /// Decodes an older output of a task.
    @usableFromInline
    func decodeOlder<T: IncrementalTask>(at place: UInt32, of type: T.Type) -> T.Output? {
        guard let store else { return nil }
        let encoding = state.withLock { state -> [UInt8]? in
            guard let storage = state.graph.storage, let bytes = storage.older(at: place) else { return nil }
            return try? storage.catalog.encoding(of: bytes)
        }
        return encoding.flatMap { try? store.decode(T.Output.self, from: $0) }
    }

    /// A box for a task that cannot be decoded.
    func unknownTask(_ task: TaskID) -> AnyTask {
        let (identifier, bytes) = state.withLock { state -> (String, [UInt8]) in
            let type = state.graph.nodes[task].type
            let identifier = type == 0 || type > tables.highestNumber ? "" : tables.table(type).typeIdentifier
            return (identifier, (try? state.graph.storage?.key(ofTask: task)) ?? [])
        }
        return AnyTask(UnknownTask(typeIdentifier: identifier, encoding: bytes))
    }

    /// Tells trackers something about the store.
    func tell(_ notice: StoreNotice) {
        guard isTracked else { return }
        locked { $0.note(.store(notice)) }
    }
}

extension EngineState {
    /// Notes that a task whose type was unknown can be executed now.
    mutating func forgive(_ task: TaskID) {
        guard failures[task] is UnknownTaskError else { return }
        failures[task] = nil
        graph.nodes[task].flags.remove(.failed)
    }

    /// Notes that a task's output is lost: it has to be made again.
    ///
    /// - Returns: Whether that was not known.
    mutating func invalidate(_ task: TaskID, version: UInt32) -> Bool {
        let node = graph.nodes.address(Int(task))
        guard node.pointee.version == version, node.pointee.madeBy != Self.noVersion else { return false }
        node.pointee.madeBy = Self.noVersion
        node.pointee.verified = 0
        node.pointee.flags.remove(.kept)
        return true
    }

    /// What stands for a version that no type has.
    static var noVersion: UInt16 { .max - 1 }

    /// Whether a task's output was made by the version of its type that is in force, as far as anybody knows.
    func isOfPresentVersion(_ node: UnsafeMutablePointer<Node>) -> Bool {
        let present = versions[Int(node.pointee.type)]
        let isUnknown = present == Self.unknownVersion || Mutation.isOn(.versionsIgnored)
        return node.pointee.madeBy == present || isUnknown && node.pointee.madeBy != Self.noVersion
    }

    /// Notes which version of a type is in force.
    mutating func setVersion(_ place: UInt16, ofType type: UInt32) {
        while versions.count <= type { versions.append(Self.unknownVersion) }
        let before = versions[Int(type)]
        versions[Int(type)] = place
        if before != place && before != Self.unknownVersion { changedTypes.insert(type) }
    }

    /// Gives up a claim for a task that must execute and cannot, since its type is unknown: its requirer runs.
    mutating func refuseUnknown(_ request: inout Request, _ task: TaskID) {
        guard request.epoch == epoch, isSessionOpen, request.base != 0, claims[request.current].task == task else {
            return
        }
        failures[task] = UnknownTaskError()
        let node = graph.nodes.address(Int(task))
        node.pointee.flags.insert(.failed)
        node.pointee.flags.remove(.kept)
        graph.storage?.touchAgain(task)
        if node.pointee.flags.contains(.observed) { addPending(task) }
        let id = request.current
        let parent = claims[id].parent
        if isUpdating { scheduleRequirers(of: task) }
        release(id)
        if request.fan == id { request.fan = 0 }
        request.current = id == request.base ? 0 : parent
        if id == request.base { request.base = 0 }
    }
}

/// A task must execute and cannot: its type is unknown, or its bytes do not decode.
struct UnknownTaskError: Error {}
