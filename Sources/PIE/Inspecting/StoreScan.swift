/// What the files of a store say of each task and resource, read one after the other: an engine would restore a graph.
struct StoreScan {
    /// A task, by what was written of it last.
    struct Task {
        var key: StoredKey
        var recordBytes = 0
        var outputBytes = 0
        var hasOutput = false
        var isRoot = false
        /// It was forgotten, and is as new if somebody requires it again: there is nothing but its key.
        var isForgotten = false
        var madeBy: UInt16 = 0
        var reason = StoredReason()
        var attempt: [TaskID] = []
        var dependencies: [(target: UInt32, kind: Dependency.Kind, stamper: StamperID)] = []
    }

    /// A resource.
    struct Resource {
        var key: StoredKey
        var bytes: Int
    }

    private(set) var catalog = StoreCatalog()
    private(set) var state = StoredState()
    private(set) var tasks: [TaskID: Task] = [:]
    private(set) var resources: [ResourceID: Resource] = [:]

    /// What could not be read.
    private(set) var problems: [String] = []

    /// Reads a snapshot, and the journals since then.
    init(_ snapshot: Snapshot?, _ journals: [MappedJournal]) {
        if let snapshot { read(snapshot) }
        for journal in journals {
            do throws(RecordDamage) {
                try journal.records { (record) throws(RecordDamage) in try read(record) }
            } catch {
                problems.append("\(journal.path) says something impossible (\(error.check))")
            }
        }
        tasks = tasks.filter { !$0.value.isForgotten }
    }

    private mutating func note(_ error: any Error, _ what: String) {
        let damage = error as? SnapshotDamage
        let problem = damage?.title ?? "\(what) says something impossible"
        if problems.last != problem { problems.append(problem) }
    }

    // MARK: Snapshots

    private mutating func read(_ snapshot: Snapshot) {
        do {
            var reader = RecordReader(try snapshot.state())
            catalog = try StoreCatalog(from: &reader)
            try reader.ascending { _ in }
            try reader.ascending { _ in }
            state = try StoredState(from: &reader)
        } catch {
            note(error, snapshot.path)
        }
        for id in 0..<UInt32(snapshot.taskCount) {
            do {
                if let bytes = try snapshot.task(id + 1) { tasks[id + 1] = try Self.task(bytes) }
            } catch {
                note(error, "\(snapshot.path), task \(id + 1)")
            }
        }
        for id in 0..<UInt32(snapshot.resourceCount) {
            do {
                guard let bytes = try snapshot.resource(id + 1) else { continue }
                let blob = try ResourceBlob(bytes)
                resources[id + 1] = Resource(
                    key: StoredKey(type: blob.type, bytes: [UInt8](blob.key)),
                    bytes: bytes.count
                )
            } catch {
                note(error, "\(snapshot.path), resource \(id + 1)")
            }
        }
    }

    private static func task(_ bytes: UnsafeRawBufferPointer) throws(RecordDamage) -> Task {
        let blob = try TaskBlob(bytes)
        var task = Task(key: StoredKey(type: blob.type, bytes: [UInt8](blob.key)))
        var reader = RecordReader(blob.record)
        task.take(try TaskRecord(from: &reader), size: bytes.count - blob.key.count)
        return task
    }

    // MARK: Journals

    private mutating func read(_ record: JournalRecord) throws(RecordDamage) {
        guard let entry = JournalEntry(rawValue: record.type) else { throw RecordDamage() }
        var reader = RecordReader(record.payload)
        switch entry {
        case .names: catalog.addNames([UInt8](record.payload))
        case .taskType: try catalog.addTaskType(try reader.variable(UInt32.self), try reader.text())
        case .typeVersion:
            let number = try reader.variable(UInt32.self)
            guard let version = Int(exactly: try reader.signed()) else { throw RecordDamage() }
            try catalog.addVersion(version, ofTaskType: number)
        case .resourceType: try catalog.addResourceType(try reader.variable(UInt32.self), try reader.text())
        case .reducer:
            let number = try reader.variable(StamperID.self)
            let type = try reader.text()
            try catalog.addReducer(number, StoreCatalog.Reducer(type: type, value: [UInt8](try reader.counted())))
        case .task:
            let id = try reader.variable(TaskID.self)
            let type = try reader.variable(UInt32.self)
            tasks[id] = Task(key: StoredKey(type: type, bytes: [UInt8](try reader.counted())))
        case .resource:
            let id = try reader.variable(ResourceID.self)
            let type = try reader.variable(UInt32.self)
            let key = StoredKey(type: type, bytes: [UInt8](try reader.counted()))
            resources[id] = Resource(key: key, bytes: record.payload.count)
        case .record:
            let id = try reader.variable(TaskID.self)
            let task = try TaskRecord(from: &reader)
            guard tasks[id] != nil else { throw RecordDamage() }
            tasks[id]?.take(task, size: record.payload.count)
        case .forgotten:
            try reader.ascending { id in
                guard let key = tasks[id]?.key else { return }
                tasks[id] = Task(key: key, isForgotten: true)
            }
        case .state: state = try StoredState(from: &reader)
        }
    }

    // MARK: What follows from it

    /// The tasks that updates keep up to date: those that the host requires, and what they use.
    var observed: Set<TaskID> {
        var open = tasks.keys.filter { tasks[$0]?.isRoot ?? false }
        var found = Set(open)
        while let id = open.popLast() {
            guard let task = tasks[id] else { continue }
            let required = task.dependencies.lazy.filter { $0.kind == .require }.map(\.target)
            for next in Array(required) + task.attempt where found.insert(next).inserted { open.append(next) }
        }
        return found
    }
}

extension StoreScan.Task {
    /// Takes over what was recorded last; an output that is not in it is where it was before.
    fileprivate mutating func take(_ record: TaskRecord, size: Int) {
        if record.version == 0 {
            outputBytes = 0
        } else if let output = record.output {
            outputBytes = output.count
        }
        recordBytes = size - (record.output?.count ?? 0)
        hasOutput = record.version != 0
        isRoot = record.flags.contains(.root)
        isForgotten = record.version == 0 && record.flags.isEmpty && record.dependencies.isEmpty
        madeBy = record.madeBy
        reason = record.reason
        attempt = record.attempt ?? []
        dependencies = record.dependencies.map { ($0.target, $0.kind, $0.stamper) }
    }
}
