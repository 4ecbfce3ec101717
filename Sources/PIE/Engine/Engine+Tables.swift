/// Where a task is kept.
@usableFromInline
struct Location<T: IncrementalTask> {
    @usableFromInline let id: TaskID
    @usableFromInline let local: UInt32
    @usableFromInline let table: TaskTable<T>

    /// Whether it was made just now: the task cannot be consistent yet.
    @usableFromInline let isNew: Bool

    @usableFromInline
    init(id: TaskID, local: UInt32, table: TaskTable<T>, isNew: Bool = false) {
        self.id = id
        self.local = local
        self.table = table
        self.isNew = isNew
    }
}

extension Engine {
    /// Finds a task's place, and gives it one the first time.
    ///
    /// - Complexity: O(1) on average; one hash and usually one comparison of the task, without a lock if it is known.
    @inlinable
    func locate<T: IncrementalTask>(_ task: T) -> Location<T> {
        let table = table(of: T.self)
        while true {
            switch table.index.search(task) {
            case .found(let id, _):
                // The node says the same as the search. It is asked for its line of memory, which comes at the same time
                // as that of the key: the lock waits for both, and they would be asked for one after the other.
                return Location(id: id, local: place(of: id), table: table)
            case .missing(let hash, let count):
                if store != nil, let stored = locateStored(task, in: table, hash: hash, count: count) {
                    if let location = stored.location { return location }
                    continue
                }
                let location = state.withLock { state -> Location<T>? in
                    guard let local = table.index.nextIndex(after: count) else { return nil }
                    let id = state.nextTask
                    state.addNode(type: table.type, local: local)
                    table.index.add(task, nil, hash: hash, id: id)
                    return Location(id: id, local: local, table: table, isNew: true)
                }
                if let location { return location }
            }
        }
    }

    /// The place that a task which was found has in its table; without a lock.
    @inlinable
    func place(of task: TaskID) -> UInt32 { nodes.publishedAddress(task).pointee.local }

    /// The table of a task type, made the first time.
    @inlinable
    func table<T: IncrementalTask>(of type: T.Type) -> TaskTable<T> {
        if let table = tables[type] {
            // The map is keyed by the type: the cast cannot fail.
            return unsafeDowncast(table, to: TaskTable<T>.self)
        }
        return addTable(of: type)
    }

    /// Makes the table of a task type.
    ///
    /// Inlinable so that what the table knows of the type's execution is specialised for it.
    @inlinable
    func addTable<T: IncrementalTask>(of type: T.Type) -> TaskTable<T> {
        let table = TaskTable<T> { order, engine in await engine.execute(of: T.self, order) }
        learn(type)
        add(table, for: type, identifier: T.typeIdentifier, version: T.version)
        return self.table(of: type)
    }

    /// Has tasks of a type executed by code that is specialised for it from now on.
    ///
    /// Who tells a ``Pie`` of a type does not know it at compile time; who requires a task of it does.
    @inlinable
    func specialise<T: IncrementalTask>(_ table: TaskTable<T>) {
        if table.isSpecialised { return }
        table.specialise { order, engine in await engine.execute(of: T.self, order) }
    }

    /// Adds a table, unless somebody else has added one for the same type meanwhile.
    @usableFromInline
    func add(_ table: AnyTaskTable, for type: Any.Type, identifier: String, version: Int) {
        state.withLock { state in
            if tables[type] != nil { return }
            let catalog = state.graph.storage?.catalog
            if let number = catalog?.taskType(identifier), tables.table(number) is StoredTaskTable {
                table.type = number
                table.versions = catalog?.taskTypes[Int(number)].versions ?? []
                let place = table.versions.firstIndex(of: version) ?? table.versions.count
                if place == table.versions.count { table.versions.append(version) }
                state.setVersion(UInt16(truncatingIfNeeded: place), ofType: number)
            } else {
                table.type = tables.highestNumber + 1
                table.versions = [version]
                while state.versions.count <= table.type { state.versions.append(0) }
            }
            tables.add(table, for: type, number: table.type)
        }
    }

    func intern(_ task: some IncrementalTask) -> TaskID { locate(task).id }

    /// The task with an id, boxed.
    func box(_ task: TaskID) -> AnyTask {
        if store != nil { name(task) }
        let (table, local) = state.withLock { state -> (AnyTaskTable?, UInt32) in
            let node = state.graph.nodes.address(Int(task))
            return (node.pointee.type == 0 ? nil : tables.table(node.pointee.type), node.pointee.local)
        }
        guard let table, local != Node.unnamed else { return unknownTask(task) }
        return table.box(local)
    }

    // MARK: Resources

    /// Gives a file an id.
    func intern(_ file: File) -> ResourceID {
        let file = file.relative(to: fileSystem.root)
        let stored = { self.stored(file) }
        return intern(file, in: files, (), type: 0, stored: stored) { _, _ in }
    }

    /// Gives a resource an id.
    func intern<R: Resource>(_ resource: R) -> ResourceID {
        let table = resourceTable(of: R.self)
        let stored = { self.stored(resource, table) }
        return intern(resource, in: table.index, nil, type: table.type, stored: stored) { state, id in
            if let listing = resource as? DirectoryListing { state.addListing(listing, id) }
            if resource is EnvironmentVariable && !state.environment.contains(id) { state.environment.append(id) }
            if let input = resource as? any InputResource { state.addInput(input.key, id) }
        }
    }

    private func intern<Key: Hashable & Sendable, Value>(
        _ key: Key,
        in index: InternTable<Key, Value>,
        _ value: Value,
        type: UInt32,
        stored: () -> ResourceID?,
        _ added: (inout EngineState, ResourceID) -> Void
    ) -> ResourceID {
        while true {
            switch index.search(key) {
            case .found(let id, _):
                return id
            case .missing(let hash, let count):
                let known = stored()
                let id = state.withLock { state -> ResourceID? in
                    guard let local = index.nextIndex(after: count) else { return nil }
                    let id = known ?? ResourceID(state.graph.resources.count)
                    index.add(key, value, hash: hash, id: id)
                    if known == nil {
                        state.graph.addResource(type: type, local: local)
                    } else {
                        state.graph.bring(resource: id)
                        state.graph.resources[id].type = type
                        state.graph.resources[id].local = local
                    }
                    added(&state, id)
                    return id
                }
                if let id { return id }
            }
        }
    }

    func resourceTable<R: Resource>(of type: R.Type) -> ResourceTable<R> {
        if let table = resourceTables[type] { return unsafeDowncast(table, to: ResourceTable<R>.self) }
        return state.withLock { state in
            if let table = resourceTables[type] { return unsafeDowncast(table, to: ResourceTable<R>.self) }
            let known = state.graph.storage?.catalog.resourceType(String(reflecting: R.self))
            let isFree = known.map { resourceTables.table($0) is StoredResourceTable } ?? false
            let table = ResourceTable<R>(type: isFree ? known ?? 0 : resourceTables.highestNumber + 1)
            resourceTables.add(table, for: type, number: table.type)
            return table
        }
    }

    /// The table of a resource that is not a file, and its place in it.
    ///
    /// - Returns: `nil` for a resource of a store whose type nobody has told, or that cannot be decoded.
    func table(ofResource resource: ResourceID) -> (table: AnyResourceTable, local: UInt32)? {
        if store != nil && !name(resource: resource) { return nil }
        return state.withLock { state in
            let node = state.graph.resources.address(Int(resource))
            return (resourceTables.table(node.pointee.type), node.pointee.local)
        }
    }

    /// The file with an id.
    func file(_ resource: ResourceID) -> File {
        state.withLock { $0.file(resource) }
    }

    // MARK: Stampers and projections

    /// Gives a stamper or projection an id.
    func intern<R: OutputReducer>(_ reducer: R) -> StamperID {
        let table: ReducerTable<R>
        if let known = reducerTables[R.self] {
            table = unsafeDowncast(known, to: ReducerTable<R>.self)
        } else {
            table = state.withLock { _ in
                if let known = reducerTables[R.self] { return unsafeDowncast(known, to: ReducerTable<R>.self) }
                let table = ReducerTable<R>()
                reducerTables.add(table, for: R.self, number: reducerTables.highestNumber + 1)
                return table
            }
        }
        while true {
            switch table.index.search(reducer) {
            case .found(let id, _):
                return id
            case .missing(let hash, let count):
                let known = stored(reducer)
                let id = state.withLock { state -> StamperID? in
                    guard table.index.nextIndex(after: count) != nil else { return nil }
                    let id = known ?? state.lastReducer + 1
                    table.index.add(reducer, hash: hash, id: id)
                    state.lastReducer = max(state.lastReducer, id)
                    return id
                }
                if let id { return id }
            }
        }
    }
}

/// An ``Input`` of any type.
protocol InputResource {
    var key: InputKey { get }
}

extension Input: InputResource {
    var key: InputKey { InputKey(self) }
}
