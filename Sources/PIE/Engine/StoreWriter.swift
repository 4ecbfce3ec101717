/// Writes what has changed in an engine to the journal of its store; used on one queue.
final class StoreWriter {
    private(set) var folder: StoreFolder
    private(set) var journal: Journal
    private let lock: StoreLock

    /// The numbers of tables of names; this object alone gives new ones.
    private var names: [[UInt8]: UInt32] = [:]
    private var recentNames = RecentNames()

    /// Task types, resource types, stampers and projections that the journal has, by number.
    private var taskTypes: [UInt32: Int] = [:]
    private var resourceTypes: Set<UInt32> = []
    private var reducers: Set<StamperID> = []

    /// Tasks that cannot be stored: nothing is written of them but that they have their ids.
    var unstorable: Set<TaskID> = []

    /// What was last written of what is known between sessions.
    var lastState: StoredState

    /// Whether the files were kept aside, so that nothing is written any more.
    private(set) var isAbandoned = false

    /// Whether the journal says that a session has begun, and not that it ended.
    var isInSession = false

    /// What the user was told about last.
    var lastFailure: StoreError?

    init(
        _ folder: StoreFolder,
        _ journal: consuming Journal,
        lock: consuming StoreLock,
        _ catalog: StoreCatalog,
        _ state: StoredState
    ) {
        self.folder = folder
        self.journal = journal
        self.lock = lock
        lastState = state
        base = folder.snapshot
        journals = folder.journals
        closedSize = folder.journals.dropLast().reduce(0) { $0 + $1.replay.validCount }
        for (number, table) in catalog.names.enumerated().dropFirst() { names[table] = UInt32(number) }
        for (number, type) in catalog.taskTypes.enumerated().dropFirst() where !type.identifier.isEmpty {
            taskTypes[UInt32(number)] = type.versions.count
        }
        for (number, name) in catalog.resourceTypes.enumerated().dropFirst() where !name.isEmpty {
            resourceTypes.insert(UInt32(number))
        }
        for (number, reducer) in catalog.reducers.enumerated() where reducer != nil {
            reducers.insert(StamperID(number))
        }
    }

    // MARK: Entries

    /// Appends an entry.
    ///
    /// - Returns: Where its payload will be in the file.
    @discardableResult
    func append(_ entry: JournalEntry, _ payload: RecordWriter) throws(StoreError) -> Int {
        let start = journal.size + JournalFrame.headSize
        try journal.append(type: entry.rawValue, payload.bytes)
        return start
    }

    /// Notes that a session has begun, before anything of it can be lost.
    ///
    /// - Parameter durability: What the note is to survive.
    /// - Throws: What the system refused.
    func beginSession(_ durability: Durability) throws(StoreError) {
        try journal.beginSession(durability)
        isInSession = true
    }

    func flush(_ durability: Durability) throws(StoreError) {
        try journal.flush(durability)
    }

    func endSession() throws(StoreError) {
        try Mutation.isOn(.sessionEndsNotNoted) ? journal.flush(.synced) : journal.endSession(.synced)
        isInSession = false
        folder.mark(false)
    }

    /// Notes that something has happened that could not be written.
    func markUnfinished() { folder.mark(true) }

    // MARK: Outputs

    /// The outputs that were appended, and that nobody was told about.
    private var outputs: [(task: TaskID, version: UInt32, size: Int)] = []

    /// Notes that an output was appended.
    func note(_ size: Int, of task: TaskID, version: UInt32) {
        outputs.append((task, version, size))
    }

    /// Takes out the outputs that can be read from now on.
    func takeWrittenOutputs() -> [(task: TaskID, version: UInt32, size: Int)] {
        if outputs.isEmpty || journal.hasPendingRecords { return [] }
        defer { outputs = [] }
        return outputs
    }

    // MARK: Damage

    /// Keeps all files aside, and writes nothing more; the lock stays, since the files may be read still.
    ///
    /// - Parameter why: What is wrong with them.
    /// - Returns: What was done with each file.
    /// - Throws: What the system refused.
    func abandon(because why: String) throws(StoreError) -> [StoreNotice] {
        let empty = try folder.emptied(because: why)
        isAbandoned = true
        return Array(empty.notices.dropFirst(folder.notices.count))
    }

    // MARK: Folding

    /// The latest snapshot, and whether the next one is being made.
    private var base: Snapshot?
    private(set) var isFolding = false
    private var folded: UInt64 = 0

    /// The number of bytes of the latest snapshot, and of the journals since then.
    var snapshotSize: Int { base?.size ?? 0 }
    var journalSize: Int { closedSize + journal.size }
    private var closedSize = 0

    /// The journals since the latest snapshot, as far as they are mapped.
    private(set) var journals: [MappedJournal]

    /// Goes on in the journal of the next generation; the ones before do not change any more.
    ///
    /// - Parameter goesOn: Whether this process goes on with the store.
    /// - Returns: What to fold.
    /// - Throws: What the system refused.
    func beginFold(goesOn: Bool) throws(StoreError) -> StoreFolding {
        try journal.flush(.written)
        let since = base?.generation ?? 0
        let unfolded = folder.journals.filter { $0.generation >= since }
        let closed = journal.size
        let next = try folder.rotate(inSession: isInSession)
        // The records that are mapped are those that were there when somebody looked: look again.
        let reopened = try unfolded.map { (journal) throws(StoreError) in try journal.reopened() }
        journal = next
        journals = reopened + folder.journals.suffix(1)
        closedSize += closed
        isFolding = true
        return StoreFolding(
            base: base,
            journals: reopened,
            isWhole: !isInSession,
            goesOn: goesOn,
            path: folder.path,
            store: folder.identifier,
            generation: folder.generation,
            system: folder.system
        )
    }

    /// Takes the new snapshot as the one that the next fold begins with; nil if there is none.
    func endFold(_ snapshot: Snapshot?) {
        isFolding = false
        guard let snapshot else { return }
        base = snapshot
        closedSize = 0
        folder.removeAll(before: snapshot.generation)
    }

    // MARK: Numbers

    /// A value as the store keeps it; its names are given a number if they have none.
    func value(_ encoding: EncodedValue, _ engine: Engine) throws(StoreError) -> StoredValue {
        if let known = recentNames[encoding.names] { return StoredValue(names: known, encoding: encoding.value) }
        let table = [UInt8](encoding.names)
        var number = names[table] ?? 0
        if number == 0 {
            number = engine.state.withLock { $0.graph.storage?.catalog.addNames(table) ?? 0 }
            names[table] = number
            var payload = RecordWriter()
            payload.raw(table)
            try append(.names, payload)
        }
        recentNames.add(table, number)
        return StoredValue(names: number, encoding: encoding.value)
    }

    /// Makes sure that the journal has a task type with its versions.
    func define(_ table: AnyTaskTable, versions: [Int], _ engine: Engine) throws(StoreError) {
        var known = taskTypes[table.type] ?? -1
        if known == versions.count { return }
        if known < 0 {
            known = 0
            var payload = RecordWriter()
            payload.variable(table.type)
            payload.text(table.typeIdentifier)
            try append(.taskType, payload)
            engine.state.withLock { try? $0.graph.storage?.catalog.addTaskType(table.type, table.typeIdentifier) }
        }
        for version in versions[known...] {
            var payload = RecordWriter()
            payload.variable(table.type)
            payload.signed(Int64(version))
            try append(.typeVersion, payload)
            engine.state.withLock { try? $0.graph.storage?.catalog.addVersion(version, ofTaskType: table.type) }
        }
        taskTypes[table.type] = versions.count
    }

    /// Makes sure that the journal has a resource type.
    func define(_ table: AnyResourceTable, _ engine: Engine) throws(StoreError) {
        guard resourceTypes.insert(table.type).inserted else { return }
        var payload = RecordWriter()
        payload.variable(table.type)
        payload.text(table.typeName)
        try append(.resourceType, payload)
        engine.state.withLock { try? $0.graph.storage?.catalog.addResourceType(table.type, table.typeName) }
    }

    /// Makes sure that the journal has a stamper or projection.
    func define(_ id: StamperID, _ reducer: StoreCatalog.Reducer, _ engine: Engine) throws(StoreError) {
        guard reducers.insert(id).inserted else { return }
        var payload = RecordWriter()
        payload.variable(id)
        payload.text(reducer.type)
        payload.counted(reducer.value)
        try append(.reducer, payload)
        engine.state.withLock { try? $0.graph.storage?.catalog.addReducer(id, reducer) }
    }

    func isDefined(_ reducer: StamperID) -> Bool { reducers.contains(reducer) }
}
