/// Writes the blobs of a snapshot in the order of their ids; those of tasks and of resources may alternate.
///
/// What is kept in memory is a buffer, and 12 bytes for each id. Blobs that are asked for together are best appended
/// together.
package struct SnapshotWriter: ~Copyable {
    private var file: DurableFileWriter
    private let path: String
    private let limit: Int

    /// What comes behind the bytes that the file has.
    private var buffer: [UInt8]

    /// The checksums of the blocks that the file has, ready to be written.
    private var checksums: [UInt64] = []

    private var tasks = SnapshotTableBuilder()
    private var resources = SnapshotTableBuilder()

    /// The error after which nothing more is written.
    private var failure: StoreError?

    private static var bufferSize: Int { 256 * 1024 }

    init(_ file: consuming DurableFileWriter, header: [UInt8], path: String, limit: Int) {
        self.file = file
        self.path = path
        self.limit = limit
        buffer = header
        buffer.reserveCapacity(2 * Self.bufferSize)
    }

    /// Gives the file back.
    consuming func end() -> DurableFileWriter { file }

    /// Appends the blob of the next task.
    ///
    /// - Parameters:
    ///   - blob: The bytes.
    ///   - hash: The hash of the key of the task, well mixed.
    /// - Throws: An error if the system does not take them, or the snapshot is too large.
    package mutating func appendTask(_ blob: UnsafeRawBufferPointer, hash: UInt64) throws(StoreError) {
        try checkRoom(for: blob.count, id: tasks.count)
        tasks.append(at: position, hash: hash)
        try append(blob: blob)
    }

    /// Leaves the id of the next task unused.
    ///
    /// - Throws: An error if the snapshot is too large.
    package mutating func skipTask() throws(StoreError) {
        try checkRoom(for: 0, id: tasks.count)
        tasks.skip()
    }

    /// Appends the blob of the next resource.
    ///
    /// - Parameters:
    ///   - blob: The bytes.
    ///   - hash: The hash of the key of the resource, well mixed.
    /// - Throws: An error if the system does not take them, or the snapshot is too large.
    package mutating func appendResource(_ blob: UnsafeRawBufferPointer, hash: UInt64) throws(StoreError) {
        try checkRoom(for: blob.count, id: resources.count)
        resources.append(at: position, hash: hash)
        try append(blob: blob)
    }

    /// Leaves the id of the next resource unused.
    ///
    /// - Throws: An error if the snapshot is too large.
    package mutating func skipResource() throws(StoreError) {
        try checkRoom(for: 0, id: resources.count)
        resources.skip()
    }

    /// Appends all that comes behind the blobs.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - header: The bytes of the header.
    /// - Throws: An error if the system does not take it all, or the snapshot is too large.
    mutating func append(state: [UInt8], header: [UInt8]) throws(StoreError) {
        let layout = SnapshotLayout(
            blobsEnd: position,
            tasks: (tasks.count, tasks.entries),
            resources: (resources.count, resources.entries),
            stateSize: state.count
        )
        guard layout.fileSize <= limit else { throw tooLarge }
        try append(tasks.offsets)
        try append(resources.offsets)
        try append(tasks.slots())
        try append(resources.slots())
        try append(state)
        try flush(buffer.count)
        var table: [UInt8] = []
        table.reserveCapacity(8 * checksums.count)
        for checksum in checksums { table.appendLittleEndian(checksum) }
        try file.append(table)
        try file.append(
            layout.footer(
                header: header.withUnsafeBytes { $0.littleEndian(at: header.count - 8, as: UInt64.self) },
                checksums: table.withUnsafeBytes { StoreChecksum.of($0) }
            )
        )
    }

    /// The number of bytes so far.
    private var position: Int { file.count + buffer.count }

    private var tooLarge: StoreError { StoreError(.snapshotTooLarge(limit: limit), path: path) }

    /// Refuses what leads beyond the limits, or comes behind a failure, before anything is appended.
    private func checkRoom(for count: Int, id: Int) throws(StoreError) {
        if let failure { throw failure }
        // Five bytes are the longest length.
        guard count + 5 <= limit - position, id < UInt32.max else { throw tooLarge }
    }

    private mutating func append(blob: UnsafeRawBufferPointer) throws(StoreError) {
        buffer.appendVariable(blob.count)
        try append(blob)
        while !position.isMultiple(of: 4) { buffer.append(0) }
    }

    private mutating func append<Element: BitwiseCopyable>(_ elements: [Element]) throws(StoreError) {
        try elements.withUnsafeBufferPointer { (elements) throws(StoreError) in
            try append(UnsafeRawBufferPointer(elements))
        }
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        var rest = bytes
        repeat {
            let piece = rest.prefix(Self.bufferSize)
            buffer.append(contentsOf: piece)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            if buffer.count >= Self.bufferSize {
                try flush(buffer.count / SnapshotLayout.blockSize * SnapshotLayout.blockSize)
            }
        } while !rest.isEmpty
    }

    /// Writes the first bytes of the buffer: whole blocks, unless they are the last.
    private mutating func flush(_ count: Int) throws(StoreError) {
        if let failure { throw failure }
        do throws(StoreError) {
            try buffer.withUnsafeBufferPointer { (buffer) throws(StoreError) in
                let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
                for start in stride(from: 0, to: count, by: SnapshotLayout.blockSize) {
                    let end = min(start + SnapshotLayout.blockSize, count)
                    checksums.append(StoreChecksum.of(UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
                }
                try file.append(bytes)
            }
        } catch {
            failure = error
            throw error
        }
        buffer.removeFirst(count)
    }
}
