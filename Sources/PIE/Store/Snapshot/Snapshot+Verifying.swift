extension Snapshot {
    /// Compares the checksums of all blocks, also of those that were verified before.
    ///
    /// - Throws: The first damage.
    /// - Complexity: O(*n*) where *n* is the number of bytes.
    package func verifyAll() throws(SnapshotDamage) {
        for block in 0..<layout.blockCount { try verify(block) }
    }

    /// The number of blocks that were verified so far.
    package var verifiedBlockCount: Int { verified.count }

    /// Some bytes in front of the checksums, all blocks of which are verified.
    ///
    /// Every byte that is read after opening comes from here.
    func verifiedBytes(_ range: Range<Int>) throws(SnapshotDamage) -> UnsafeRawBufferPointer {
        precondition(range.lowerBound >= 0 && range.upperBound <= layout.checkedCount, "bytes outside of the snapshot")
        if !range.isEmpty {
            let size = SnapshotLayout.blockSize
            for block in range.lowerBound / size...(range.upperBound - 1) / size where !verified.contains(block) {
                try verify(block)
            }
        }
        return UnsafeRawBufferPointer(rebasing: bytes[range])
    }

    /// The damage of the block in which a byte lies.
    func damage(at offset: Int) -> SnapshotDamage {
        SnapshotDamage(offset: offset / SnapshotLayout.blockSize * SnapshotLayout.blockSize, path: path)
    }

    private func verify(_ block: Int) throws(SnapshotDamage) {
        let start = block * SnapshotLayout.blockSize
        let end = min(start + SnapshotLayout.blockSize, layout.checkedCount)
        let checksum = bytes.littleEndian(at: layout.checksums.lowerBound + 8 * block, as: UInt64.self)
        guard StoreChecksum.of(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) == checksum else {
            throw damage(at: start)
        }
        verified.insert(block)
    }
}
