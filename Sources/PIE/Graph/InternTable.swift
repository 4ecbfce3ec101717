public import Synchronization

/// Gives each distinct key a dense index, and finds it again without a lock.
///
/// An open-addressed table of hashes and indices over a column of entries. Finding a key hashes and compares keys,
/// which is users' code, so it takes no lock; adding one happens under the engine's lock and runs no users' code: who
/// adds has looked before, and looks again if somebody else has added in between.
// SAFETY: `@unchecked` because of the columns. `slots` is published with a release store and read with an acquire
// load; each slot is written once, with a release store, after the entry it names; entries are immutable from then on
// and never move. A table that was outgrown stays allocated until the end, since a reader may still be probing it.
// `add` is called under the engine's lock only.
@usableFromInline
final class InternTable<Key: Hashable & Sendable>: @unchecked Sendable {
    /// A key and the id it stands for.
    @usableFromInline
    struct Entry {
        @usableFromInline let key: Key
        @usableFromInline let id: UInt32

        @usableFromInline
        init(key: Key, id: UInt32) {
            self.key = key
            self.id = id
        }
    }

    /// What a search found, or what adding needs to know after it found nothing.
    @usableFromInline
    enum Search {
        case found(id: UInt32, index: UInt32)
        case missing(hash: UInt32, count: Int)
    }

    @usableFromInline typealias Slots = UnsafeMutablePointer<Atomic<UInt64>>

    @usableFromInline let entries = StableColumn<Entry>()
    /// The current slots; the first one holds the mask.
    @usableFromInline let slots: Atomic<Slots>
    @usableFromInline let published = Atomic<Int>(0)
    private var allocations: [(slots: Slots, capacity: Int)] = []

    @usableFromInline
    init() {
        let first = Self.allocate(16)
        slots = Atomic(first)
        allocations = [(first, 16)]
    }

    deinit {
        for allocation in allocations {
            allocation.slots.deinitialize(count: allocation.capacity + 1)
            allocation.slots.deallocate()
        }
    }

    private static func allocate(_ capacity: Int) -> Slots {
        let slots = Slots.allocate(capacity: capacity + 1)
        slots.initialize(to: Atomic(UInt64(capacity - 1)))
        for index in 1...capacity {
            (slots + index).initialize(to: Atomic(0))
        }
        return slots
    }

    /// The number of keys.
    @usableFromInline var count: Int { published.load(ordering: .acquiring) }

    @usableFromInline
    static func hash(of key: Key) -> UInt32 {
        UInt32(truncatingIfNeeded: key.hashValue &>> 17)
    }

    /// Looks a key up.
    ///
    /// - Complexity: O(1) on average.
    @inlinable
    func search(_ key: Key) -> Search {
        let count = published.load(ordering: .acquiring)
        let hash = UInt32(truncatingIfNeeded: key.hashValue &>> 17)
        let slots = self.slots.load(ordering: .acquiring)
        let mask = UInt32(truncatingIfNeeded: slots.pointee.load(ordering: .relaxed))
        var position = hash & mask
        while true {
            let slot = (slots + 1 + Int(position)).pointee.load(ordering: .acquiring)
            if slot == 0 { return .missing(hash: hash, count: count) }
            if UInt32(truncatingIfNeeded: slot &>> 32) == hash {
                let index = UInt32(truncatingIfNeeded: slot) &- 1
                let entry = entryAddress(index)
                if entry.pointee.key == key {
                    return .found(id: entry.pointee.id, index: index)
                }
            }
            position = (position &+ 1) & mask
        }
    }

    /// The address of an entry; unlike the column's own, it may be asked for without the lock that guards the count.
    @inlinable
    func entryAddress(_ index: UInt32) -> UnsafeMutablePointer<Entry> {
        let shifted = UInt(index) &+ (1 << UInt(StableColumn<Entry>.firstChunkBits))
        let bits = UInt.bitWidth - 1 - shifted.leadingZeroBitCount
        let chunk = entries.directory[bits - StableColumn<Entry>.firstChunkBits].unsafelyUnwrapped
        return chunk + Int(bitPattern: shifted ^ (1 << UInt(bits)))
    }

    /// The key with an index.
    @inlinable
    func key(_ index: UInt32) -> Key { entryAddress(index).pointee.key }

    /// Adds a key that a search has not found; under the engine's lock.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - hash: Its hash, from the search.
    ///   - count: The number of keys at the time of the search.
    ///   - id: What the key is to stand for.
    /// - Returns: The key's index, or `nil` if another key was added since the search, which then must be repeated.
    @usableFromInline
    func add(_ key: Key, hash: UInt32, count: Int, id: UInt32) -> UInt32? {
        guard entries.count == count else { return nil }
        var current = slots.load(ordering: .relaxed)
        var capacity = Int(current.pointee.load(ordering: .relaxed)) + 1
        if (count + 1) * 4 > capacity * 3 {
            let grown = Self.allocate(capacity * 2)
            for index in 1...capacity {
                let slot = (current + index).pointee.load(ordering: .relaxed)
                if slot != 0 { Self.place(slot, in: grown, mask: UInt32(capacity * 2 - 1)) }
            }
            capacity *= 2
            allocations.append((grown, capacity))
            current = grown
            slots.store(grown, ordering: .releasing)
        }
        entries.append(Entry(key: key, id: id))
        let slot = UInt64(hash) &<< 32 | UInt64(count + 1)
        Self.place(slot, in: current, mask: UInt32(capacity - 1))
        published.store(count + 1, ordering: .releasing)
        return UInt32(count)
    }

    private static func place(_ slot: UInt64, in slots: Slots, mask: UInt32) {
        var position = UInt32(truncatingIfNeeded: slot &>> 32) & mask
        while (slots + 1 + Int(position)).pointee.load(ordering: .relaxed) != 0 {
            position = (position &+ 1) & mask
        }
        (slots + 1 + Int(position)).pointee.store(slot, ordering: .releasing)
    }
}
