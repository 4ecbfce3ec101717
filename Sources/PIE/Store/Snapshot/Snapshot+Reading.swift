extension Snapshot {
    /// The blob of a task.
    ///
    /// - Parameter id: Any number.
    /// - Returns: The bytes, valid as long as the snapshot lives; nil if there is no blob with this id.
    /// - Throws: The damage that keeps it from being read.
    package func task(_ id: UInt32) throws(SnapshotDamage) -> UnsafeRawBufferPointer? {
        try blob(id, in: layout.tasks)
    }

    /// The blob of a resource.
    ///
    /// - Parameter id: Any number.
    /// - Returns: The bytes, valid as long as the snapshot lives; nil if there is no blob with this id.
    /// - Throws: The damage that keeps it from being read.
    package func resource(_ id: UInt32) throws(SnapshotDamage) -> UnsafeRawBufferPointer? {
        try blob(id, in: layout.resources)
    }

    /// The state.
    ///
    /// - Returns: The bytes, valid as long as the snapshot lives.
    /// - Throws: The damage that keeps it from being read.
    package func state() throws(SnapshotDamage) -> UnsafeRawBufferPointer {
        try verifiedBytes(layout.state)
    }

    /// Finds the task with a key.
    ///
    /// - Parameters:
    ///   - hash: The hash of the key.
    ///   - matches: Whether the task with this id has the key; called with the candidates until it returns true.
    /// - Returns: The id; nil if no candidate matches.
    /// - Throws: The damage that keeps the index from being read, or what the function throws.
    /// - Complexity: O(1) for hashes that are well mixed.
    package func findTask(
        _ hash: UInt64,
        where matches: (UInt32) throws(SnapshotDamage) -> Bool
    ) throws(SnapshotDamage) -> UInt32? {
        try find(hash, in: layout.tasks, where: matches)
    }

    /// Finds the resource with a key.
    ///
    /// - Parameters:
    ///   - hash: The hash of the key.
    ///   - matches: Whether the resource with this id has the key; called with the candidates until it returns true.
    /// - Returns: The id; nil if no candidate matches.
    /// - Throws: The damage that keeps the index from being read, or what the function throws.
    /// - Complexity: O(1) for hashes that are well mixed.
    package func findResource(
        _ hash: UInt64,
        where matches: (UInt32) throws(SnapshotDamage) -> Bool
    ) throws(SnapshotDamage) -> UInt32? {
        try find(hash, in: layout.resources, where: matches)
    }

    private func blob(_ id: UInt32, in table: SnapshotTable) throws(SnapshotDamage) -> UnsafeRawBufferPointer? {
        guard id >= 1, Int(id) <= table.count else { return nil }
        let entry = table.offsets + 4 * (Int(id) - 1)
        let start = 4 * Int(try number(at: entry))
        if start == 0 { return nil }
        guard start >= SnapshotHeader.size, start < layout.blobsEnd else { throw damage(at: entry) }
        var length = 0
        var position = start
        while true {
            // What lies behind a blob, such as the rest of a damaged block, keeps nobody from reading it.
            let byte = try verifiedBytes(position..<position + 1)[0]
            length |= Int(byte & 0x7F) << (7 * (position - start))
            position += 1
            if byte < 0x80 { break }
            guard position < min(start + 5, layout.blobsEnd) else { throw damage(at: start) }
        }
        guard length <= layout.blobsEnd - position else { throw damage(at: start) }
        return try verifiedBytes(position..<position + length)
    }

    private func find(
        _ hash: UInt64,
        in table: SnapshotTable,
        where matches: (UInt32) throws(SnapshotDamage) -> Bool
    ) throws(SnapshotDamage) -> UInt32? {
        let index = table.index
        if index.entries == 0 { return nil }
        var place = index.home(of: hash)
        for _ in 0..<index.slotCount {
            let position = table.slots + 4 * place
            let slot = try number(at: position)
            if slot == 0 { return nil }
            if let id = index.candidate(in: slot, for: hash) {
                guard id >= 1, Int(id) <= table.count else { throw damage(at: position) }
                if try matches(id) { return id }
            }
            place = index.place(after: place)
        }
        return nil
    }

    private func number(at offset: Int) throws(SnapshotDamage) -> UInt32 {
        try verifiedBytes(offset..<offset + 4).littleEndian(at: 0, as: UInt32.self)
    }
}
