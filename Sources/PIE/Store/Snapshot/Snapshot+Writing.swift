extension Snapshot {
    /// Writes a snapshot, in the place of whatever has that name.
    ///
    /// - Parameters:
    ///   - path: The path of the file; its folder exists.
    ///   - store: Whose snapshot it is.
    ///   - generation: How often the store was folded.
    ///   - durability: What it is to survive; less than ``Durability/synced`` is for tests.
    ///   - limit: The greatest number of bytes of the file; less than ``maximumSize`` is for tests.
    ///   - system: The system calls.
    ///   - body: Appends the blobs, and returns the state.
    /// - Throws: What the system refused, that the snapshot would be too large, or what the body threw. What was there
    ///   before is then untouched, as far as ``DurableFile`` says.
    package static func write(
        at path: String,
        store: StoreIdentifier,
        generation: UInt64,
        durability: Durability = .synced,
        limit: Int = maximumSize,
        system: StoreSystem = .live,
        with body: (inout SnapshotWriter) throws(StoreError) -> [UInt8]
    ) throws(StoreError) {
        try DurableFile.replace(path, durability: durability, system: system) { (file) throws(StoreError) in
            let header = SnapshotHeader.encoded(store: store, generation: generation)
            var writer = SnapshotWriter(file, header: header, path: path, limit: min(limit, maximumSize))
            do throws(StoreError) {
                let state = try body(&writer)
                try writer.append(state: state, header: header)
            } catch {
                file = writer.end()
                throw error
            }
            file = writer.end()
        }
    }
}
