extension Engine {
    /// Takes in what a store says.
    ///
    /// - Throws: An error if it says something impossible, although its checksums are right.
    /// - Complexity: O(*n*) in the size of the journals; that of the snapshot does not matter.
    static func restore(
        _ state: inout EngineState,
        from journals: [MappedJournal],
        isWhole: Bool
    ) throws(RecordDamage) {
        guard let storage = state.graph.storage else { return }
        // No task was verified in this session.
        state.epoch = 1
        var stored = StoredState()
        if let snapshot = storage.snapshot {
            let bytes: UnsafeRawBufferPointer
            do {
                bytes = try snapshot.state()
            } catch {
                throw RecordDamage()
            }
            var reader = RecordReader(bytes)
            storage.catalog = try StoreCatalog(from: &reader)
            var kinds: [ResourceID] = []
            try reader.ascending { kinds.append($0) }
            try reader.ascending { storage.provided.append($0) }
            for file in storage.provided where file == 0 || file >= state.graph.resources.count { throw RecordDamage() }
            stored = try StoredState(from: &reader)
            // What failed has to be there with what its last attempt required: circles are looked for among these.
            try stored.check(tasks: state.graph.nodes.count, resources: state.graph.resources.count)
            for task in stored.pending { state.graph.bringRecord(of: task) }
            for resource in kinds {
                guard resource > 0, resource < state.graph.resources.count else { throw RecordDamage() }
                state.graph.bring(resource: resource)
                let key = StoredKey(
                    type: state.graph.resources[resource].type,
                    bytes: try storage.key(ofResource: resource)
                )
                try state.restoreKind(of: resource, key)
            }
        }
        for journal in journals {
            try journal.records { (record) throws(RecordDamage) in
                if let later = try state.restore(record, journal, storage) { stored = later }
            }
        }
        try state.restore(stored, isWhole: isWhole && !storage.isDamaged)
        storage.endRestoring()
    }

    /// Makes the tables of the types that a store names, in the order of their numbers.
    func addStoredTables() {
        let catalog = state.withLock { $0.graph.storage?.catalog }
        guard let catalog else { return }
        state.withLock { state in
            for (number, type) in catalog.taskTypes.enumerated().dropFirst() {
                let table = StoredTaskTable(identifier: type.identifier)
                table.type = UInt32(number)
                table.versions = type.versions
                tables.add(table, for: nil, number: UInt32(number))
                while state.versions.count <= number { state.versions.append(EngineState.unknownVersion) }
            }
            for (number, name) in catalog.resourceTypes.enumerated().dropFirst() {
                let table = StoredResourceTable(type: UInt32(number), name: name)
                resourceTables.add(table, for: nil, number: UInt32(number))
            }
            state.lastReducer = catalog.lastReducer
        }
        _ = resourceTable(of: DirectoryListing.self)
        _ = resourceTable(of: EnvironmentVariable.self)
    }

    /// The task types that the store names and nobody has told.
    func unknownTypes() -> [String] {
        state.withLock { _ in tables.all.filter { !$0.isKnown && !$0.typeIdentifier.isEmpty }.map(\.typeIdentifier) }
    }
}

extension EngineState {
    /// Takes in a record of a journal.
    ///
    /// - Returns: What is known between sessions, if the record says so.
    mutating func restore(
        _ record: JournalRecord,
        _ journal: MappedJournal,
        _ storage: GraphStorage
    ) throws(RecordDamage) -> StoredState? {
        // A kind that this version does not know is of a later one, which would have said so in the header.
        guard let entry = JournalEntry(rawValue: record.type) else { throw RecordDamage() }
        var reader = RecordReader(record.payload)
        switch entry {
        case .names:
            storage.catalog.addNames([UInt8](record.payload))
        case .taskType:
            try storage.catalog.addTaskType(try reader.variable(UInt32.self), try reader.text())
        case .typeVersion:
            let number = try reader.variable(UInt32.self)
            guard let version = Int(exactly: try reader.signed()) else { throw RecordDamage() }
            try storage.catalog.addVersion(version, ofTaskType: number)
        case .resourceType:
            try storage.catalog.addResourceType(try reader.variable(UInt32.self), try reader.text())
        case .reducer:
            let number = try reader.variable(StamperID.self)
            let type = try reader.text()
            try storage.catalog.addReducer(
                number,
                StoreCatalog.Reducer(type: type, value: [UInt8](try reader.counted()))
            )
        case .task:
            let id = try reader.variable(TaskID.self)
            let type = try reader.variable(UInt32.self)
            guard type > 0, type < storage.catalog.taskTypes.count else { throw RecordDamage() }
            try restoreTask(id, StoredKey(type: type, bytes: [UInt8](try reader.counted())))
        case .resource:
            let id = try reader.variable(ResourceID.self)
            let type = try reader.variable(UInt32.self)
            guard type < storage.catalog.resourceTypes.count else { throw RecordDamage() }
            try restoreResource(id, StoredKey(type: type, bytes: [UInt8](try reader.counted())))
        case .record:
            let id = try reader.variable(TaskID.self)
            let start = record.offset + JournalFrame.headSize
            let bytes = reader.rest
            let task = try TaskRecord(from: &reader)
            let place = StoredPlace(journal: Int(journal.generation), offset: start + task.outputOffset)
            try restore(id, task, bytes, output: place)
        case .forgotten:
            var tasks: [TaskID] = []
            try reader.ascending { tasks.append($0) }
            for task in tasks {
                guard task > 0, task < graph.nodes.count else { throw RecordDamage() }
                graph.bringRecord(of: task)
                trustRecord(of: task)
            }
            hasLostObservers = true
            letGoOfCircles()
            forget(tasks)
        case .state:
            return try StoredState(from: &reader)
        }
        return nil
    }
}

extension Engine {
    /// Opens a store, and makes an engine over it.
    ///
    /// - Throws: A ``BuildError`` of kind `store`.
    convenience init(
        opening path: String,
        _ access: StoreAccess,
        registry: TaskRegistry,
        scope: ResourceScope,
        options: PieOptions,
        trackers: [any Tracker],
        system: StoreSystem = .live
    ) throws {
        do throws(StoreError) {
            var opened = try OpenedStore.open(path, access, system: system)
            var files = InternTable<File, Void>()
            var state = EngineState(
                options: options,
                scope: scope,
                isTracked: !trackers.isEmpty,
                files: files,
                storage: GraphStorage(snapshot: opened.folder.snapshot, outputMemory: options.outputMemory)
            )
            do throws(RecordDamage) {
                try Self.restore(&state, from: opened.folder.journals, isWhole: opened.folder.isWhole)
            } catch {
                try opened.startAnew(because: "says something impossible (\(error.check))")
                // The files have ids of the graph that is given up.
                files = InternTable()
                state = EngineState(
                    options: options,
                    scope: scope,
                    isTracked: !trackers.isEmpty,
                    files: files,
                    storage: GraphStorage(snapshot: nil, outputMemory: options.outputMemory)
                )
            }
            let store = EngineStore(opened.folder, registry: registry, isWritable: opened.folder.isWritable)
            store.notices = opened.folder.notices
            if !opened.folder.isWhole { store.notices.append(.unfinished) }
            if let journal = opened.journal.take(), let lock = opened.lock.take() {
                let catalog = state.graph.storage?.catalog ?? StoreCatalog()
                store.writer = StoreWriter(opened.folder, journal, lock: lock, catalog, state.storedState())
            }
            self.init(scope: scope, options: options, trackers: trackers, files: files, state: state, store: store)
            addStoredTables()
        } catch {
            throw BuildError.store(error)
        }
    }

    /// Makes the table of a task type, so that its tasks can be executed when they are found in the store.
    func register<T: IncrementalTask>(_ type: T.Type) {
        _ = table(of: type)
    }

    /// Lets the store know a task type, and the stampers that every output has.
    @usableFromInline
    func learn<T: IncrementalTask>(_ type: T.Type) {
        guard let store else { return }
        store.learn(type)
        store.learn(StamperReducer<EqualStamper<T.Output>>.self)
        store.learn(StamperReducer<InconsequentialStamper<T.Output>>.self)
    }

    func register<R: Resource>(_ type: R.Type) {
        _ = resourceTable(of: type)
    }

    func register<S: OutputStamper>(_ type: S.Type) {
        store?.learn(StamperReducer<S>.self)
    }

    func register<P: Projection>(_ type: P.Type) {
        store?.learn(ProjectionReducer<P>.self)
    }

    /// Tells the trackers what was found when the store was opened.
    func tellAboutStore() {
        guard let store else { return }
        for notice in store.notices { tell(notice) }
        for type in unknownTypes() { tell(.unknownType(type)) }
    }
}
