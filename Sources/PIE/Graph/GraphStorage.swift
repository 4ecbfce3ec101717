/// The part of a graph that lies in a store, and how far it was brought into memory.
///
/// The columns of the graph have a place for every node of the snapshot from the beginning: zeroed pages, which cost
/// nothing until they are touched. A node is decoded when somebody reaches it, in three steps. Its *head* (version,
/// level, flags) is there as soon as a dependency of a task in memory is on it, or it is asked for by its key. Its
/// *record* (what it depends on) comes when it is checked. Its *dependents* come when something must follow from it:
/// with them come their records, and so the links that the list of dependents consists of.
///
/// Hence these hold at all times, and only who walks records or lists of dependents has to ask first:
///
/// - the targets of a record in memory have their heads in memory, and so do the providers of these resources;
/// - the list of dependents of a node is complete once it was asked for, and stays so.
///
/// All of it is used under the engine's lock; decoding a node runs no users' code.
@usableFromInline
final class GraphStorage {
    /// What the graph begins with; nil for a store without a snapshot.
    let snapshot: Snapshot?

    /// What is known of the bytes of each task and of each resource.
    let tasks = StableColumn<StoredNode>()
    let resources = StableColumn<StoredResource>()

    /// What of the snapshot could not be read: then what it says about dependents may be incomplete.
    private(set) var damage: String?

    var isDamaged: Bool { damage != nil }

    /// Notes that something of the snapshot could not be read.
    func noteDamage(_ error: RecordDamage) {
        if damage == nil { damage = error.check }
    }

    /// Older outputs that nobody has decoded.
    private var older: [UInt32: [UInt8]] = [:]
    private var lastOlder = GraphStorage.olderMark

    /// Tasks whose record must be written, in the order of their last change; entries that came again are stale.
    private var dirty: [TaskID] = []
    private var dirtyStart = 0

    /// Which outputs are in memory that the store has too.
    var outputs: OutputMemory

    /// - Parameters:
    ///   - snapshot: What the graph begins with.
    ///   - outputMemory: How many bytes decoded outputs may take; nil: as many as there are.
    init(snapshot: Snapshot?, outputMemory: Int? = nil) {
        self.snapshot = snapshot
        outputs = OutputMemory(limit: outputMemory)
        newTasks = NewKeys(after: snapshot?.taskCount ?? 0)
        newResources = NewKeys(after: snapshot?.resourceCount ?? 0)
        tasks.append(StoredNode())
        resources.append(StoredResource())
        if let snapshot {
            tasks.appendZeroes(snapshot.taskCount)
            resources.appendZeroes(snapshot.resourceCount)
        }
    }

    // MARK: Later records

    /// Whether records that journals have stay bytes where that is possible; who writes all of them wants them whole.
    var keepsLaterRecords = true

    /// Records that journals have, in place of the snapshot's, of tasks whose record is not in memory.
    ///
    /// They have the same dependencies, and differ in what was seen: the lists of dependents in the snapshot are right,
    /// and how many have seen which version was counted when the journal was read.
    private var laterRecords: [TaskID: [UInt8]] = [:]

    func laterRecord(of task: TaskID) -> [UInt8]? { laterRecords.isEmpty ? nil : laterRecords[task] }

    func keepLaterRecord(_ bytes: [UInt8], of task: TaskID) { laterRecords[task] = bytes }

    func takeLaterRecord(of task: TaskID) -> [UInt8]? {
        laterRecords.isEmpty ? nil : laterRecords.removeValue(forKey: task)
    }

    /// The highest id of a stamper or projection.
    var stamperCount: StamperID { catalog.lastReducer }

    /// What the snapshot says of a task; nil if it says nothing.
    func task(_ id: TaskID) throws(RecordDamage) -> TaskBlob? {
        let bytes = try read { (snapshot) throws(SnapshotDamage) in try snapshot.task(id) }
        return try bytes.map { (bytes) throws(RecordDamage) in try TaskBlob(bytes) }
    }

    /// What the snapshot says of a resource; nil if it says nothing.
    func resource(_ id: ResourceID) throws(RecordDamage) -> ResourceBlob? {
        let bytes = try read { (snapshot) throws(SnapshotDamage) in try snapshot.resource(id) }
        return try bytes.map { (bytes) throws(RecordDamage) in try ResourceBlob(bytes) }
    }

    private func read(
        _ body: (Snapshot) throws(SnapshotDamage) -> UnsafeRawBufferPointer?
    ) throws(RecordDamage) -> UnsafeRawBufferPointer? {
        guard let snapshot else { return nil }
        do throws(SnapshotDamage) {
            return try body(snapshot)
        } catch {
            throw RecordDamage(error)
        }
    }

    /// The bytes that the snapshot has of a task.
    func bytes(ofTask id: TaskID) -> UnsafeRawBufferPointer? { (try? snapshot?.task(id)) ?? nil }

    /// The bytes that the snapshot has of a resource.
    func bytes(ofResource id: ResourceID) -> UnsafeRawBufferPointer? { (try? snapshot?.resource(id)) ?? nil }

    // MARK: Keys

    /// The numbers of types, names, stampers and projections.
    var catalog = StoreCatalog()

    /// The keys of tasks and resources that are not in the snapshot, as the journals define them.
    private var newTasks: NewKeys
    private var newResources: NewKeys

    func addKey(_ key: StoredKey, ofTask id: TaskID) { newTasks.add(key, id) }
    func addKey(_ key: StoredKey, ofResource id: ResourceID) { newResources.add(key, id) }

    func newTask(_ key: StoredKey) -> TaskID? { newTasks.id(of: key) }
    func newResource(_ key: StoredKey) -> ResourceID? { newResources.id(of: key) }

    /// The key of a task, as it was encoded.
    func key(ofTask id: TaskID) throws(RecordDamage) -> [UInt8] {
        if let key = newTasks[id] { return key.bytes }
        guard let blob = try task(id) else { throw RecordDamage() }
        return [UInt8](blob.key)
    }

    /// The key of a resource, as it was encoded.
    func key(ofResource id: ResourceID) throws(RecordDamage) -> [UInt8] {
        if let key = newResources[id] { return key.bytes }
        guard let blob = try resource(id) else { throw RecordDamage() }
        return [UInt8](blob.key)
    }

    /// Gives the key of a resource, as it was encoded, without a copy; nothing if it is lost.
    func withKey(ofResource id: ResourceID, _ body: (UnsafeRawBufferPointer) -> Void) {
        if let key = newResources[id] { return key.bytes.withUnsafeBytes(body) }
        if let blob = (try? resource(id)) ?? nil { body(UnsafeRawBufferPointer(rebasing: blob.key[...])) }
    }

    /// The key of an encoded value; nil if its names have no number, so that the store cannot know it.
    func key(of encoding: EncodedValue, type: UInt32) -> StoredKey? {
        value(of: encoding).map { StoredKey(type: type, bytes: $0) }
    }

    /// An encoded value as the store keeps it: the number of its names, and the value.
    func value(of encoding: EncodedValue) -> [UInt8]? {
        guard let names = catalog.number(ofNames: encoding.names) else { return nil }
        return StoredValue(names: names, encoding: encoding.value).bytes
    }

    /// The key of a task as a decoder wants it.
    func encodedKey(ofTask id: TaskID) -> [UInt8]? {
        try? catalog.encoding(of: key(ofTask: id))
    }

    /// The key of a resource as a decoder wants it.
    func encodedKey(ofResource id: ResourceID) -> [UInt8]? {
        try? catalog.encoding(of: key(ofResource: id))
    }

    // MARK: What must be written

    /// Whether there are tasks whose record must be written.
    var isDirty: Bool { dirtyStart < dirty.count }

    /// Notes that a task's record must be written, after those that were noted before.
    ///
    /// The order matters: whatever part of the list was written when a process dies, no record in it has seen an output
    /// that is not in it.
    func touch(_ task: TaskID) {
        dirty.append(task)
        tasks.address(Int(task)).pointee.dirtyAt = UInt32(dirty.count)
    }

    /// Notes that a task's record must be written, though it has seen nothing new: it keeps its place in line.
    ///
    /// Otherwise it would come after the records of those who have seen its output.
    func touchAgain(_ task: TaskID) {
        if tasks.address(Int(task)).pointee.dirtyAt == 0 { touch(task) }
    }

    /// Takes out tasks whose records must be written, the oldest first, up to a number.
    func takeDirty(_ limit: Int) -> [TaskID] {
        var taken: [TaskID] = []
        while dirtyStart < dirty.count && taken.count < limit {
            let task = dirty[dirtyStart]
            dirtyStart += 1
            let node = tasks.address(Int(task))
            if node.pointee.dirtyAt == UInt32(dirtyStart) {
                node.pointee.dirtyAt = 0
                taken.append(task)
            }
        }
        if !isDirty {
            dirty.removeAll(keepingCapacity: dirty.capacity < 1 << 16)
            dirtyStart = 0
        }
        return taken
    }

    /// Takes what was noted so far as written: it came out of the store.
    func endRestoring() {
        while !takeDirty(.max).isEmpty {}
    }

    // MARK: Provided files

    /// Files that were provided when the snapshot was made, until somebody wants to know.
    var provided: [ResourceID] = []

    func takeProvided() -> [ResourceID] {
        defer { provided = [] }
        return provided
    }

    // MARK: Older outputs

    /// What the places of older outputs begin with that are bytes still.
    static let olderMark: UInt32 = 1 << 31

    @usableFromInline static func isStored(_ place: UInt32) -> Bool { place & olderMark != 0 }

    /// Keeps the bytes of an older output.
    ///
    /// - Returns: Its place for ``OlderVersions``.
    func keepOlder(_ bytes: [UInt8]) -> UInt32 {
        lastOlder += 1
        older[lastOlder] = bytes
        return lastOlder
    }

    func older(at place: UInt32) -> [UInt8]? { older[place] }

    func dropOlder(at place: UInt32) { older[place] = nil }
}
