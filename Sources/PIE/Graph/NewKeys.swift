/// The keys of tasks, or of resources, that journals define: by id, and the other way round.
///
/// Ids go on from those of the snapshot, nearly without gaps. Who only wants to know the key of an id, as a fold does,
/// pays for no more: keys are looked for in an index that is made when somebody looks for the first.
struct NewKeys {
    /// The keys of the ids from ``first`` on.
    private var keys: [StoredKey?] = []

    /// The first id that the snapshot does not have.
    private let first: UInt32

    /// The keys of ids that the snapshot has, and says nothing of.
    private var early: [UInt32: StoredKey] = [:]

    /// The ids by key; nil as long as nobody has looked for one.
    private var ids: [StoredKey: UInt32]?

    /// - Parameter count: The number of ids that the snapshot has.
    init(after count: Int) {
        first = UInt32(count) + 1
    }

    /// Gives a key to an id.
    mutating func add(_ key: StoredKey, _ id: UInt32) {
        ids?[key] = id
        guard id >= first else {
            early[id] = key
            return
        }
        let place = Int(id - first)
        while keys.count < place { keys.append(nil) }
        if place == keys.count { keys.append(key) } else { keys[place] = key }
    }

    /// The key of an id; nil if none was given to it.
    subscript(id: UInt32) -> StoredKey? {
        guard id >= first else { return early[id] }
        let place = Int(id - first)
        return place < keys.count ? keys[place] : nil
    }

    /// The id with a key; nil if there is none.
    ///
    /// - Complexity: O(1) on average; O(*n*) the first time, where *n* is the number of keys.
    mutating func id(of key: StoredKey) -> UInt32? {
        if let ids { return ids[key] }
        var found: [StoredKey: UInt32] = [:]
        found.reserveCapacity(keys.count + early.count)
        for (id, key) in early { found[key] = id }
        for (place, key) in keys.enumerated() {
            if let key { found[key] = first + UInt32(place) }
        }
        ids = found
        return found[key]
    }
}
