internal import Dispatch
internal import Synchronization

/// The store of an engine: its files, and the coders between values and bytes.
///
/// What the graph knows of the store is in its ``GraphStorage``, under the engine's lock; here is what must not wait for
/// that lock. Files are written on a queue of its own, in the order of the calls.
// SAFETY: `@unchecked` because of `writer`, which is used on `queue` alone.
@usableFromInline
final class EngineStore: @unchecked Sendable {
    let snapshot: Snapshot?
    let isWritable: Bool
    let queue = DispatchQueue(label: "PIE.store")
    let foldQueue = DispatchQueue(label: "PIE.fold", qos: .utility)

    /// ``queue``, as Swift tasks run on it.
    let executor: SerialExecutor

    /// Used on ``queue`` alone; nil for a store that is only read, or was closed.
    var writer: StoreWriter?

    /// Whether there was nothing in the store when it was opened.
    let isEmpty: Bool

    /// How much may have happened that closing leaves to be read; only tests change it, before the first session.
    ///
    /// The next process reads all of it, and folding writes the whole snapshot: so it grows with that, within limits.
    var closingSize: Int

    /// How much may happen before it is folded, if not what is good; only tests set it, before the first session.
    var foldingSize: Int?

    /// What was found when the store was opened; not changed afterwards.
    var notices: [StoreNotice] = []

    private let hasToldOfDamage = Lock<Bool>(false)

    /// The keys that can be read in a snapshot whose indices cannot.
    private let salvaged = Lock<SalvagedKeys?>(nil)

    private let files: Lock<(latest: Snapshot?, journals: [MappedJournal])>
    private let coders = Lock<[Coders]>([])
    private let reducers = Lock<[String: AnyReducerCoder]>([:])
    private let registry: Lock<TaskRegistry>
    private let registrations = Atomic<Int>(0)

    /// An encoder and a decoder, which keep their memory from one value to the next.
    private final class Coders: @unchecked Sendable {
        let encoder = ValueEncoder()
        let decoder = ValueDecoder()

        /// How many types had been registered when the decoder was told of them.
        var registered = -1

        init() {
            encoder.userInfo[.keepsUnknownTasks] = true
            decoder.userInfo[.keepsUnknownTasks] = true
        }
    }

    init(_ folder: StoreFolder, registry: TaskRegistry, isWritable: Bool) {
        snapshot = folder.snapshot
        files = Lock((nil, folder.journals))
        self.isWritable = isWritable
        executor = SerialExecutor(queue)
        isEmpty = folder.snapshot == nil && folder.journals.allSatisfy(\.isEmpty)
        closingSize = min(1 << 17, max(1 << 14, (folder.snapshot?.size ?? 0) / 64))
        self.registry = Lock(registry)
    }

    /// Whether nobody has told of damage yet; the caller does.
    func isFirstToTellOfDamage() -> Bool {
        hasToldOfDamage.withLock { hasTold in
            defer { hasTold = true }
            return !hasTold
        }
    }

    /// The keys that can be read in the snapshot, where its indices cannot.
    ///
    /// - Complexity: O(*n*) in the size of the snapshot for the first call.
    func salvagedKeys() -> SalvagedKeys {
        salvaged.withLock { salvaged in
            let keys = salvaged ?? SalvagedKeys(of: snapshot)
            salvaged = keys
            return keys
        }
    }

    func setJournals(_ journals: [MappedJournal]) {
        files.withLock { $0.journals = journals }
    }

    /// Notes that the journals before a snapshot are gone: what was in them is there.
    func setLatest(_ snapshot: Snapshot) {
        files.withLock { files in
            files.latest = snapshot
            files.journals.removeAll { $0.generation < snapshot.generation }
        }
    }

    // MARK: Values

    private func withCoders<Result>(_ body: (Coders) throws -> Result) rethrows -> Result {
        let coders = coders.withLock { $0.popLast() } ?? Coders()
        defer { self.coders.withLock { $0.append(coders) } }
        return try body(coders)
    }

    /// Encodes a value.
    func encode(_ value: some Encodable) throws -> EncodedValue {
        try withCoders { coders in
            guard let encoding = EncodedValue(try coders.encoder.encode(value)) else {
                throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "no encoding"))
            }
            return encoding
        }
    }

    /// Decodes a value.
    func decode<Value: Decodable>(_ type: Value.Type, from encoding: [UInt8]) throws -> Value {
        try withCoders { coders in
            let registered = registrations.load(ordering: .acquiring)
            if coders.registered != registered {
                coders.decoder.userInfo[.taskRegistry] = registry.withLock { $0 }
                coders.registered = registered
            }
            return try coders.decoder.decode(type, from: encoding)
        }
    }

    /// Notes a task type that somebody uses, so that boxes with its tasks can be decoded.
    func learn(_ type: any IncrementalTask.Type) {
        registry.withLock { registry in
            // A type without a stable name, or with another's, cannot come back: it was not stored either.
            try? registry.register(type)
            registrations.add(1, ordering: .releasing)
        }
    }

    /// The task types that can be decoded.
    var knownTypes: [any IncrementalTask.Type] { registry.withLock { $0.all } }

    /// Notes a type of stampers or projections.
    func learn<R: OutputReducer>(_ type: R.Type) {
        reducers.withLock { reducers in
            if reducers[R.name] == nil { reducers[R.name] = ReducerCoder<R>() }
        }
    }

    func reducerCoder(_ name: String) -> AnyReducerCoder? { reducers.withLock { $0[name] } }

    // MARK: Bytes

    /// The present output of a task as a decoder wants it; under the engine's lock.
    func encodedOutput(of task: TaskID, _ version: UInt32, _ state: inout EngineState) -> [UInt8]? {
        guard let storage = state.graph.storage else { return nil }
        let stored = storage.tasks[task]
        guard stored.storedVersion == version else { return nil }
        do throws(RecordDamage) {
            if stored.output == .none {
                return try output(version, in: try storage.task(task), storage.catalog)
            }
            let generation = UInt64(stored.output.journal)
            let (latest, journal) = files.withLock { files in
                (files.latest, files.journals.first { $0.generation == generation })
            }
            if let journal {
                return try storage.catalog.encoding(of: try journal.counted(at: stored.output.offset))
            }
            guard let latest, generation < latest.generation, let bytes = try? latest.task(task) else { return nil }
            return try output(version, in: try TaskBlob(bytes), storage.catalog)
        } catch {
            return nil
        }
    }

    private func output(
        _ version: UInt32,
        in blob: TaskBlob?,
        _ catalog: StoreCatalog
    ) throws(RecordDamage) -> [UInt8]? {
        guard let blob else { return nil }
        var reader = RecordReader(blob.record)
        var record = try TaskRecord(headFrom: &reader)
        try record.readOutput(from: &reader)
        guard record.version == version, let output = record.output else { return nil }
        return try catalog.encoding(of: output)
    }
}

extension CodingUserInfoKey {
    /// The key under which a coder's `userInfo` says that boxes of tasks of unknown types are kept as they are.
    static let keepsUnknownTasks: CodingUserInfoKey = {
        guard let key = CodingUserInfoKey(rawValue: "PIE.keepsUnknownTasks") else {
            preconditionFailure("a coding key can be made of any string")
        }
        return key
    }()
}
