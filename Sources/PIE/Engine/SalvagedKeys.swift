/// What can be found by its key in a snapshot that cannot be searched.
///
/// Without it a task would get another id than the one by which its requirers know it, and be two tasks.
struct SalvagedKeys {
    private(set) var tasks: [StoredKey: TaskID] = [:]
    private(set) var resources: [StoredKey: ResourceID] = [:]

    /// Reads all that can be read.
    init(of snapshot: Snapshot?) {
        guard let snapshot else { return }
        for id in 1..<max(1, TaskID(snapshot.taskCount + 1)) {
            guard let bytes = try? snapshot.task(id), let blob = try? TaskBlob(bytes) else { continue }
            tasks[StoredKey(type: blob.type, bytes: [UInt8](blob.key))] = id
        }
        for id in 1..<max(1, ResourceID(snapshot.resourceCount + 1)) {
            guard let bytes = try? snapshot.resource(id), let blob = try? ResourceBlob(bytes) else { continue }
            resources[StoredKey(type: blob.type, bytes: [UInt8](blob.key))] = id
        }
    }
}
