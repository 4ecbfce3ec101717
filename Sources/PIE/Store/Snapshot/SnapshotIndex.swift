/// The hash table by which a snapshot finds the id of a key: where a hash begins to look, and what a slot contains.
///
/// A slot is the id and, in the bits that no id of this snapshot needs, the lowest bits of the hash. So of the ids that
/// are met on the way only those are candidates that have these bits in common, one wrong one in 4,096 with a million
/// ids, and no other blob is touched to compare its key. The highest bits of the hash say where to begin: multiplying
/// the hash by the number of slots gives an even spread without a division, for any number of slots.
///
/// Hashes must be well mixed, as those of ``ContentHash`` are.
struct SnapshotIndex: Hashable, Sendable {
    /// The number of ids in the table.
    let entries: Int

    /// The bits of a slot that are the id.
    private let idMask: UInt32

    /// Creates the rules for a table.
    ///
    /// - Parameters:
    ///   - entries: The number of ids in it.
    ///   - greatest: The greatest id that there is.
    init(entries: Int, greatest: Int) {
        self.entries = entries
        let bits = Int.bitWidth - greatest.leadingZeroBitCount
        // Shifting all bits out leaves none.
        idMask = ~(UInt32.max << UInt32(bits))
    }

    /// The number of slots: three of four are in use, and one at least is not.
    var slotCount: Int { entries == 0 ? 0 : entries + entries / 3 + 1 }

    /// The slot at which a hash begins to look; there is one unless the table is empty.
    func home(of hash: UInt64) -> Int {
        Int(hash.multipliedFullWidth(by: UInt64(slotCount)).high)
    }

    /// The slot behind another, the first behind the last.
    func place(after place: Int) -> Int {
        place + 1 == slotCount ? 0 : place + 1
    }

    /// What a slot contains for an id; never 0, which is an empty slot.
    func slot(for id: UInt32, hash: UInt64) -> UInt32 {
        id | UInt32(truncatingIfNeeded: hash) & ~idMask
    }

    /// The id in a slot; nil if that of the hash is another for sure.
    func candidate(in slot: UInt32, for hash: UInt64) -> UInt32? {
        (slot ^ UInt32(truncatingIfNeeded: hash)) & ~idMask == 0 ? slot & idMask : nil
    }
}
