public import Synchronization

/// Gives each distinct key a dense index, keeps a value beside it, and finds it again without a lock.
///
/// An open-addressed table over columns. A slot is four bytes, so that a table of 100,000 keys fits a cache: the lower
/// bits hold the key's index, the others those of its hash, and the mask parts the two. The ids that keys stand for are
/// a column of their own, which fits a cache as well: what an id names can be on its way from memory while the key is,
/// and not after it.
///
/// Keys are often looked for in the order in which they were added, or one of them many times: whoever requires the
/// parts of something does so in the same order each time, and a configuration is required by all. After two keys in a
/// row, or one key twice, what is expected next is compared before anything is hashed. Then a search costs no more in a
/// large table than in a small one, since no line of memory is asked for out of order.
///
/// Finding a key hashes and compares keys, which is users' code, so it takes no lock; adding one happens under the
/// engine's lock and runs no users' code: who adds has looked before, and looks again if somebody else has added in
/// between.
// SAFETY: `@unchecked` because of the columns. `slots` is published with a release store and read with an acquire
// load; each slot is written once, with a release store, after the entry and the id it leads to; keys and ids are
// immutable from then on and never move, and values are touched under the engine's lock only. A table that was outgrown
// stays allocated until the end, since a reader may still be probing it. `add` is called under the engine's lock only.
@usableFromInline
final class InternTable<Key: Hashable & Sendable, Value>: @unchecked Sendable {
    /// A key, the value beside it, and the hash that finds it.
    @usableFromInline
    struct Entry {
        @usableFromInline let key: Key
        @usableFromInline var value: Value
        let hash: UInt32
    }

    /// What a search found, or what adding needs to know after it found nothing.
    @usableFromInline
    enum Search {
        case found(id: UInt32, index: UInt32)
        case missing(hash: UInt32, count: Int)
    }

    @usableFromInline typealias Slots = UnsafeMutablePointer<Atomic<UInt32>>

    @usableFromInline let entries = StableColumn<Entry>()
    @usableFromInline let ids = StableColumn<UInt32>()
    /// The current slots; the first one holds the mask.
    @usableFromInline let slots: Atomic<Slots>
    @usableFromInline let published = Atomic<Int>(0)
    @usableFromInline let guess = Atomic<UInt64>(Guess(last: 0, step: .unknown).bits)
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
        slots.initialize(to: Atomic(UInt32(capacity - 1)))
        for index in 1...capacity {
            (slots + index).initialize(to: Atomic(0))
        }
        return slots
    }

    /// The number of keys.
    @usableFromInline var count: Int { published.load(ordering: .acquiring) }

    /// Looks a key up.
    ///
    /// - Complexity: O(1) on average.
    @inlinable
    func search(_ key: Key) -> Search {
        let count = published.load(ordering: .acquiring)
        let guess = Guess(bits: self.guess.load(ordering: .relaxed))
        if let index = guess.index, index < count, entries.publishedAddress(index).pointee.key == key {
            note(index, after: guess)
            return .found(id: id(index), index: index)
        }
        return search(key, count: count, guess: guess)
    }

    /// Notes which key is probably looked for next.
    @inlinable
    func expect(_ index: UInt32) { guess.store(Guess(last: index, step: .none).bits, ordering: .relaxed) }

    /// Remembers which key was found.
    @inlinable
    func note(_ index: UInt32, after guess: Guess) {
        let next = guess.following(index)
        // Who finds the same keys from several threads need not share a line that is written.
        if next != guess { self.guess.store(next.bits, ordering: .relaxed) }
    }

    /// Looks a key up by its hash.
    @inlinable
    func search(_ key: Key, count: Int, guess: Guess) -> Search {
        let hash = UInt32(truncatingIfNeeded: key.hashValue &>> 17)
        let slots = self.slots.load(ordering: .acquiring)
        let mask = slots.pointee.load(ordering: .relaxed)
        var position = hash & mask
        while true {
            let slot = (slots + 1 + Int(position)).pointee.load(ordering: .acquiring)
            if slot == 0 { return .missing(hash: hash, count: count) }
            if (slot ^ hash) & ~mask == 0 {
                let index = (slot & mask) &- 1
                if entries.publishedAddress(index).pointee.key == key {
                    note(index, after: guess)
                    return .found(id: id(index), index: index)
                }
            }
            position = (position &+ 1) & mask
        }
    }

    /// The key with an index.
    @inlinable
    func key(_ index: UInt32) -> Key { entries.publishedAddress(index).pointee.key }

    /// What the key with an index stands for.
    @inlinable
    func id(_ index: UInt32) -> UInt32 { ids.publishedAddress(index).pointee }

    /// The value beside the key with an index; under the engine's lock.
    @inlinable
    subscript(index: UInt32) -> Value {
        get { entries.address(Int(index)).pointee.value }
        _modify { yield &entries.address(Int(index)).pointee.value }
    }

    /// The index that the next key gets; under the engine's lock.
    ///
    /// - Parameter count: The number of keys at the time of the search that did not find it.
    /// - Returns: `nil` if another key was added since the search, which then must be repeated.
    @inlinable
    func nextIndex(after count: Int) -> UInt32? {
        entries.count == count ? UInt32(truncatingIfNeeded: count) : nil
    }

    /// Adds a key, which gets the next index; under the engine's lock.
    ///
    /// From here on others find the key without a lock: what the id names must be there before.
    ///
    /// - Parameters:
    ///   - key: The key, which is not in the table.
    ///   - value: What is kept beside it.
    ///   - hash: Its hash, from the search.
    ///   - id: What the key is to stand for.
    @usableFromInline
    func add(_ key: Key, _ value: Value, hash: UInt32, id: UInt32) {
        let count = entries.count
        var current = slots.load(ordering: .relaxed)
        var capacity = Int(current.pointee.load(ordering: .relaxed)) + 1
        if (count + 1) * 8 > capacity * 7 {
            let grown = Self.allocate(capacity * 2)
            capacity *= 2
            for index in 0..<count {
                Self.place(index, entries.address(index).pointee.hash, in: grown, mask: UInt32(capacity - 1))
            }
            allocations.append((grown, capacity))
            current = grown
            slots.store(grown, ordering: .releasing)
        }
        entries.append(Entry(key: key, value: value, hash: hash))
        ids.append(id)
        Self.place(count, hash, in: current, mask: UInt32(capacity - 1))
        published.store(count + 1, ordering: .releasing)
    }

    private static func place(_ index: Int, _ hash: UInt32, in slots: Slots, mask: UInt32) {
        var position = hash & mask
        while (slots + 1 + Int(position)).pointee.load(ordering: .relaxed) != 0 {
            position = (position &+ 1) & mask
        }
        // At most seven eighths of the slots are filled: an index and one fits below the mask.
        let slot = hash & ~mask | UInt32(truncatingIfNeeded: index + 1)
        (slots + 1 + Int(position)).pointee.store(slot, ordering: .releasing)
    }
}

extension InternTable where Value == Void {
    /// Adds a key with nothing beside it.
    func add(_ key: Key, hash: UInt32, id: UInt32) {
        add(key, (), hash: hash, id: id)
    }
}
