/// Where the parts of a snapshot lie: the numbers in its footer, and those that follow from them.
struct SnapshotLayout: Hashable, Sendable {
    /// The number of bytes of the footer.
    static let footerSize = 56

    /// The number of bytes that have one checksum.
    static let blockSize = 4096

    /// Where the blobs end, at a multiple of four.
    let blobsEnd: Int

    let tasks: SnapshotTable
    let resources: SnapshotTable

    /// The bytes of the state.
    let state: Range<Int>

    /// Lays a snapshot out.
    ///
    /// - Parameters:
    ///   - blobsEnd: Where the blobs end.
    ///   - tasks: The number of task ids, and of those that have a blob.
    ///   - resources: The number of resource ids, and of those that have a blob.
    ///   - stateSize: The number of bytes of the state.
    init(
        blobsEnd: Int,
        tasks: (count: Int, entries: Int),
        resources: (count: Int, entries: Int),
        stateSize: Int
    ) {
        let taskIndex = SnapshotIndex(entries: tasks.entries, greatest: tasks.count)
        let resourceIndex = SnapshotIndex(entries: resources.entries, greatest: resources.count)
        let resourceOffsets = blobsEnd + 4 * tasks.count
        let taskSlots = resourceOffsets + 4 * resources.count
        let resourceSlots = taskSlots + 4 * taskIndex.slotCount
        let stateStart = resourceSlots + 4 * resourceIndex.slotCount
        self.blobsEnd = blobsEnd
        self.tasks = SnapshotTable(count: tasks.count, offsets: blobsEnd, index: taskIndex, slots: taskSlots)
        self.resources = SnapshotTable(
            count: resources.count,
            offsets: resourceOffsets,
            index: resourceIndex,
            slots: resourceSlots
        )
        state = stateStart..<stateStart + stateSize
    }

    /// The number of bytes that the checksums are about: all that lies in front of them.
    var checkedCount: Int { state.upperBound }

    /// The number of blocks, of which the last may be shorter.
    var blockCount: Int { (checkedCount + Self.blockSize - 1) / Self.blockSize }

    /// The bytes of the checksums.
    var checksums: Range<Int> { checkedCount..<checkedCount + 8 * blockCount }

    /// The number of bytes of the file.
    var fileSize: Int { checksums.upperBound + Self.footerSize }

    /// The bytes of the footer.
    ///
    /// - Parameters:
    ///   - header: The checksum at the end of the header.
    ///   - checksums: The checksum of the table of checksums.
    /// - Returns: As many as there are in every footer.
    func footer(header: UInt64, checksums: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(UInt64(blobsEnd))
        bytes.appendLittleEndian(UInt64(state.count))
        for table in [tasks, resources] {
            bytes.appendLittleEndian(UInt32(table.count))
            bytes.appendLittleEndian(UInt32(table.index.entries))
        }
        bytes.appendLittleEndian(header)
        bytes.appendLittleEndian(checksums)
        bytes.appendLittleEndian(bytes.withUnsafeBytes { StoreChecksum.of($0) })
        return bytes
    }

    /// Reads the footer of a file, and compares the checksum of the table of checksums.
    ///
    /// Whatever the file contains, all parts of the layout lie in it.
    ///
    /// - Parameters:
    ///   - bytes: All bytes of the file.
    ///   - header: The checksum at the end of its header.
    /// - Throws: Which part is not what was written.
    init(_ bytes: UnsafeRawBufferPointer, header: UInt64) throws(SnapshotFailure.Kind) {
        let start = bytes.count - Self.footerSize
        guard start >= SnapshotHeader.size else { throw .damaged(.end) }
        let footer = UnsafeRawBufferPointer(rebasing: bytes[start...])
        let checked = UnsafeRawBufferPointer(rebasing: footer[..<(Self.footerSize - 8)])
        guard StoreChecksum.of(checked) == footer.littleEndian(at: Self.footerSize - 8, as: UInt64.self),
            footer.littleEndian(at: 32, as: UInt64.self) == header
        else { throw .damaged(.end) }
        let blobsEnd = footer.littleEndian(at: 0, as: UInt64.self)
        let stateSize = footer.littleEndian(at: 8, as: UInt64.self)
        let counts = (0..<4).map { Int(footer.littleEndian(at: 16 + 4 * $0, as: UInt32.self)) }
        // With both sizes below that of the file, and counts below 2^32, no sum overflows.
        guard blobsEnd >= UInt64(SnapshotHeader.size), blobsEnd <= UInt64(start), blobsEnd.isMultiple(of: 4),
            stateSize <= UInt64(start), counts[1] <= counts[0], counts[3] <= counts[2]
        else { throw .damaged(.end) }
        self.init(
            blobsEnd: Int(blobsEnd),
            tasks: (counts[0], counts[1]),
            resources: (counts[2], counts[3]),
            stateSize: Int(stateSize)
        )
        guard fileSize == bytes.count else { throw .damaged(.end) }
        let table = UnsafeRawBufferPointer(rebasing: bytes[checksums])
        guard StoreChecksum.of(table) == footer.littleEndian(at: 40, as: UInt64.self) else {
            throw .damaged(.checksums)
        }
    }
}
