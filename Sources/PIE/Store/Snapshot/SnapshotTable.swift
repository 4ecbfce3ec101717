/// Where a snapshot keeps the blobs of one kind: by id, and by the hash of the key.
struct SnapshotTable: Hashable, Sendable {
    /// The number of ids.
    let count: Int

    /// Where the offsets of the blobs begin, that of id 1 first.
    let offsets: Int

    /// How the ids are found.
    let index: SnapshotIndex

    /// Where the slots of the index begin.
    let slots: Int
}
