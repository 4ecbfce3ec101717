import PIETesting
@testable import PIE

/// What a snapshot contains, to be written and to be compared with.
struct SnapshotContent {
    /// The blobs and the hashes of their keys, by id; nil where an id is skipped.
    var tasks: [Entry?] = []
    var resources: [Entry?] = []
    var state: [UInt8] = []

    struct Entry: Hashable {
        var blob: [UInt8]
        var hash: UInt64
    }

    static let store = StoreIdentifier(high: 17, low: 4)
    static let generation: UInt64 = 3

    /// Everything that is special, and little of it.
    static let small = SnapshotContent(
        tasks: [entry(7), nil, entry(0), entry(1, hash: 1 << 63), nil, entry(2, hash: 1 << 63), entry(128), nil],
        resources: [nil, entry(3), entry(4)],
        state: [1, 2, 3, 4, 5]
    )

    /// As many blobs as asked for, of up to so many bytes.
    static func random(count: Int, length: Int, seed: UInt64) -> SnapshotContent {
        var random = SeededGenerator(seed: seed)
        func entries() -> [Entry?] {
            (0..<count).map { _ in
                if Int.random(in: 0..<10, using: &random) == 0 { return nil }
                let blob = (0..<Int.random(in: 0...length, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                return Entry(blob: blob, hash: random.next())
            }
        }
        return SnapshotContent(tasks: entries(), resources: entries(), state: Array(repeating: 7, count: 5000))
    }

    /// A blob of so many bytes, with a hash that is its own.
    private static func entry(_ length: Int, hash: UInt64? = nil) -> Entry {
        let blob = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + length) }
        return Entry(blob: blob, hash: hash ?? ContentHash(blob).low)
    }

    func write(to path: String, limit: Int = Snapshot.maximumSize, system: StoreSystem = .live) throws(StoreError) {
        try Snapshot.write(
            at: path,
            store: Self.store,
            generation: Self.generation,
            limit: limit,
            system: system
        ) { (writer) throws(StoreError) in
            for index in 0..<max(tasks.count, resources.count) {
                if index < tasks.count {
                    if let task = tasks[index] {
                        try writer.append(task: task)
                    } else {
                        try writer.skipTask()
                    }
                }
                if index < resources.count {
                    if let resource = resources[index] {
                        try writer.append(resource: resource)
                    } else {
                        try writer.skipResource()
                    }
                }
            }
            return state
        }
    }

    /// The bytes of the file.
    func written() throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try write(to: folder.path("snapshot"))
        return try folder.bytes("snapshot") ?? []
    }
}

extension SnapshotWriter {
    mutating func append(task: SnapshotContent.Entry) throws(StoreError) {
        try task.blob.withUnsafeBufferPointer { (blob) throws(StoreError) in
            try appendTask(UnsafeRawBufferPointer(blob), hash: task.hash)
        }
    }

    mutating func append(resource: SnapshotContent.Entry) throws(StoreError) {
        try resource.blob.withUnsafeBufferPointer { (blob) throws(StoreError) in
            try appendResource(UnsafeRawBufferPointer(blob), hash: resource.hash)
        }
    }
}

/// What asking a snapshot for everything has given.
struct SnapshotAnswers: Equatable {
    /// The number of answers that are those of the content.
    var right = 0

    /// What was answered otherwise.
    var wrong: [String] = []

    /// The damage that was thrown instead of an answer.
    var damages: [SnapshotDamage] = []

    /// Asks for all that there is in a content, and for some of what there is not.
    init(of snapshot: Snapshot, comparedWith content: SnapshotContent) {
        check("store") { snapshot.store == SnapshotContent.store }
        check("generation") { snapshot.generation == SnapshotContent.generation }
        check("state") { () throws(SnapshotDamage) in Array(try snapshot.state()) == content.state }
        check("task count") { snapshot.taskCount == content.tasks.count }
        check("resource count") { snapshot.resourceCount == content.resources.count }
        let ids = [0, UInt32(content.tasks.count + 1), UInt32(content.resources.count + 1), 1 << 31, .max]
        check(content.tasks, "task", absent: ids, snapshot.task, snapshot.findTask)
        check(content.resources, "resource", absent: ids, snapshot.resource, snapshot.findResource)
    }

    private mutating func check(_ name: String, _ isRight: () throws(SnapshotDamage) -> Bool) {
        do throws(SnapshotDamage) {
            if try isRight() { right += 1 } else { wrong.append(name) }
        } catch {
            damages.append(error)
        }
    }

    private mutating func check(
        _ entries: [SnapshotContent.Entry?],
        _ name: String,
        absent: [UInt32],
        _ blob: @escaping (UInt32) throws(SnapshotDamage) -> UnsafeRawBufferPointer?,
        _ find: (UInt64, (UInt32) throws(SnapshotDamage) -> Bool) throws(SnapshotDamage) -> UInt32?
    ) {
        for (index, entry) in entries.enumerated() {
            let id = UInt32(index + 1)
            check("\(name) \(id)") { () throws(SnapshotDamage) in try blob(id).map(Array.init) == entry?.blob }
            guard let entry else { continue }
            check("\(name) \(id) by its hash") { () throws(SnapshotDamage) in
                try find(entry.hash) { (candidate) throws(SnapshotDamage) in
                    try blob(candidate).map(Array.init) == entry.blob
                } == id
            }
            check("no \(name) by the hash of \(id)") { () throws(SnapshotDamage) in
                try find(entry.hash) { _ in false } == nil
            }
        }
        for id in absent where id == 0 || id > entries.count {
            check("no \(name) \(id)") { () throws(SnapshotDamage) in try blob(id) == nil }
        }
        for hash: UInt64 in [0, 1, 1 << 63 | 1, .max] {
            check("no \(name) by \(hash)") { () throws(SnapshotDamage) in
                try find(hash) { (candidate) throws(SnapshotDamage) in entries[Int(candidate) - 1]?.hash == hash }
                    == nil
            }
        }
    }
}

/// Opens bytes that lie in memory as if they were a file, at the end of a piece of memory of their own.
func snapshot(of bytes: [UInt8]) throws(SnapshotFailure) -> Snapshot {
    var system = StoreSystem.live
    system.openFile = { _, _ throws(SystemFailure) in 0 }
    system.closeFile = { _ in }
    system.lookAtFile = { _ throws(SystemFailure) in
        StoreSystem.Status(device: 0, inode: 0, size: bytes.count, isRegular: true)
    }
    system.mapFile = { _, count throws(SystemFailure) in
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        copy.copyBytes(from: bytes[..<count])
        guard let start = copy.baseAddress else { throw SystemFailure(12) }
        return UnsafeRawPointer(start)
    }
    system.unmapFile = { start, _ in start.deallocate() }
    return try Snapshot(at: "snapshot", system: system)
}
