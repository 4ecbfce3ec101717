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
            case .found(let id, let index):
                return Location(id: id, local: index, table: table)
            case .missing(let hash, let count):
                let location = state.withLock { state -> Location<T>? in
                    let id = state.nextTask
                    guard let local = table.index.add(task, hash: hash, count: count, id: id) else { return nil }
                    table.addPlace()
                    state.addNode(type: table.type, local: local)
                    return Location(id: id, local: local, table: table, isNew: true)
                }
                if let location { return location }
            }
        }
    }

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
        add(table, for: type, version: T.version)
        return self.table(of: type)
    }

    /// Adds a table, unless somebody else has added one for the same type meanwhile.
    @usableFromInline
    func add(_ table: AnyTaskTable, for type: Any.Type, version: Int) {
        state.withLock { state in
            if tables[type] != nil { return }
            table.type = UInt32(tables.count + 1)
            table.versions = [version]
            state.versions.append(0)
            tables.add(table, for: type)
        }
    }

    func intern(_ task: some IncrementalTask) -> TaskID { locate(task).id }

    /// The table of a task, and its place in it.
    func table(of task: TaskID) -> (table: AnyTaskTable, local: UInt32) {
        state.withLock { state in
            let node = state.graph.nodes.address(Int(task))
            return (tables.table(node.pointee.type), node.pointee.local)
        }
    }

    /// The task with an id, boxed.
    func box(_ task: TaskID) -> AnyTask {
        let (table, local) = table(of: task)
        return table.box(local)
    }

    /// The present output of a task.
    func presentOutput<T: IncrementalTask>(of task: TaskID, as type: T.Type) -> T.Output? {
        let table = table(of: type)
        return state.withLock { state in
            table.outputs[state.graph.nodes.address(Int(task)).pointee.local]
        }
    }

    // MARK: Resources

    /// Gives a file an id.
    func intern(_ file: File) -> ResourceID {
        let file = file.relative(to: fileSystem.root)
        return intern(file, in: files, type: 0) { _, _ in }
    }

    /// Gives a resource an id.
    func intern<R: Resource>(_ resource: R) -> ResourceID {
        let table = resourceTable(of: R.self)
        return intern(resource, in: table.index, type: table.type) { state, id in
            if let listing = resource as? DirectoryListing { state.listings.add(listing, id) }
            if resource is EnvironmentVariable { state.environment.append(id) }
            if let input = resource as? any InputResource { state.inputs[input.key] = id }
        }
    }

    private func intern<Key: Hashable & Sendable>(
        _ key: Key,
        in index: InternTable<Key>,
        type: UInt32,
        _ added: (inout EngineState, ResourceID) -> Void
    ) -> ResourceID {
        while true {
            switch index.search(key) {
            case .found(let id, _):
                return id
            case .missing(let hash, let count):
                let id = state.withLock { state -> ResourceID? in
                    let id = ResourceID(state.graph.resources.count)
                    guard let local = index.add(key, hash: hash, count: count, id: id) else { return nil }
                    state.graph.resources.append(ResourceNode(type: type, local: local))
                    added(&state, id)
                    return id
                }
                if let id { return id }
            }
        }
    }

    func resourceTable<R: Resource>(of type: R.Type) -> ResourceTable<R> {
        if let table = resourceTables[type] { return unsafeDowncast(table, to: ResourceTable<R>.self) }
        return state.withLock { _ in
            if let table = resourceTables[type] { return unsafeDowncast(table, to: ResourceTable<R>.self) }
            let table = ResourceTable<R>(type: UInt32(resourceTables.count + 1))
            resourceTables.add(table, for: type)
            return table
        }
    }

    /// The table of a resource that is not a file, and its place in it.
    func table(ofResource resource: ResourceID) -> (table: AnyResourceTable, local: UInt32) {
        state.withLock { state in
            let node = state.graph.resources.address(Int(resource))
            return (resourceTables.table(node.pointee.type), node.pointee.local)
        }
    }

    /// The file with an id.
    func file(_ resource: ResourceID) -> File {
        files.key(state.withLock { $0.graph.resources[resource].local })
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
                reducerTables.add(table, for: R.self)
                return table
            }
        }
        while true {
            switch table.index.search(reducer) {
            case .found(let id, _):
                return id
            case .missing(let hash, let count):
                let id = state.withLock { state -> StamperID? in
                    let id = state.lastReducer + 1
                    guard table.index.add(reducer, hash: hash, count: count, id: id) != nil else { return nil }
                    state.lastReducer = id
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
