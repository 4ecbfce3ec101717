/// A dictionary whose copies share all that was not changed since.
///
/// The host sets one input and begins a session, over and over: each session holds a copy, so the next change of a
/// plain dictionary would copy all of it, and an edit would cost the number of inputs. Here a change copies one path of
/// a tree that branches by four bits of the hash at a time.
struct SharedDictionary<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        let key: Key
        let value: Value
    }

    private enum Node: Sendable {
        /// Few entries, searched one by one.
        case leaf([Entry])

        /// Sixteen nodes, by the next bits of the hash.
        case branch([Node])
    }

    private var root = Node.leaf([])

    /// How many entries a leaf may have, unless all bits of their hashes are spent.
    private static var leafLimit: Int { 8 }

    /// The value of a key; setting `nil` removes it.
    ///
    /// - Complexity: O(log *n*) on average, and no more than that is copied.
    subscript(key: Key) -> Value? {
        get {
            var hash = UInt(bitPattern: key.hashValue)
            var node = root
            while case .branch(let nodes) = node {
                node = nodes[Int(hash & 15)]
                hash >>= 4
            }
            guard case .leaf(let entries) = node else { return nil }
            return entries.first { $0.key == key }?.value
        }
        set {
            let hash = UInt(bitPattern: key.hashValue)
            root = Self.changed(root, key, newValue, hash: hash, bits: UInt.bitWidth)
        }
    }

    private static func changed(_ node: Node, _ key: Key, _ value: Value?, hash: UInt, bits: Int) -> Node {
        switch node {
        case .branch(var nodes):
            let place = Int(hash & 15)
            nodes[place] = changed(nodes[place], key, value, hash: hash >> 4, bits: bits - 4)
            return .branch(nodes)
        case .leaf(var entries):
            entries.removeAll { $0.key == key }
            if let value { entries.append(Entry(key: key, value: value)) }
            if entries.count <= leafLimit || bits == 0 { return .leaf(entries) }
            var parts = [[Entry]](repeating: [], count: 16)
            for entry in entries {
                let hash = UInt(bitPattern: entry.key.hashValue) >> UInt(UInt.bitWidth - bits)
                parts[Int(hash & 15)].append(entry)
            }
            // All may have gone into one part: it is as large as before and split when the next key comes.
            return .branch(parts.map { .leaf($0) })
        }
    }
}
