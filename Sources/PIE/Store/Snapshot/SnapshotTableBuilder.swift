/// Collects, while the blobs of one kind are written, what comes behind them.
struct SnapshotTableBuilder {
    /// Where the blobs begin, in units of four bytes, ready to be written; 0 where there is none.
    private(set) var offsets: [UInt32] = []

    /// The number of ids that have a blob.
    private(set) var entries = 0

    private var hashes: [UInt64] = []

    /// The number of ids.
    var count: Int { offsets.count }

    /// Gives the next id to a blob.
    ///
    /// - Parameters:
    ///   - offset: Where the blob begins, at a multiple of four below 2^34.
    ///   - hash: The hash of its key.
    mutating func append(at offset: Int, hash: UInt64) {
        offsets.append(UInt32(offset / 4).littleEndian)
        hashes.append(hash)
        entries += 1
    }

    /// Gives the next id to nothing.
    mutating func skip() {
        offsets.append(0)
        hashes.append(0)
    }

    /// The slots of the index, ready to be written.
    func slots() -> [UInt32] {
        let index = SnapshotIndex(entries: entries, greatest: count)
        var slots = [UInt32](repeating: 0, count: index.slotCount)
        for (position, hash) in hashes.enumerated() where offsets[position] != 0 {
            var place = index.home(of: hash)
            while slots[place] != 0 { place = index.place(after: place) }
            slots[place] = index.slot(for: UInt32(position + 1), hash: hash).littleEndian
        }
        return slots
    }
}
