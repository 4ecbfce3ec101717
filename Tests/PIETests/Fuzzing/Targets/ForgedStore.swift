@testable import PIE

/// Bytes that are made to look like files of a store, whatever they contain.
enum ForgedStore {
    /// The generation that a snapshot says it has; 0 if it says nothing.
    static func generation(of snapshot: [UInt8]) -> UInt64 {
        snapshot.count < SnapshotHeader.size ? 0 : snapshot.withUnsafeBytes { $0.littleEndian(at: 32, as: UInt64.self) }
    }

    /// Makes all checksums of a snapshot right, as far as its numbers say where they are.
    static func seal(snapshot bytes: inout [UInt8]) {
        let end = bytes.count - SnapshotLayout.footerSize
        guard end >= SnapshotHeader.size else { return }
        bytes.replaceSubrange(0..<8, with: SnapshotHeader.magic)
        bytes.setLittleEndian(SnapshotHeader.version, at: 8)
        bytes.setLittleEndian(checksum(of: 0..<40, in: bytes), at: 40)
        bytes.setLittleEndian(checksum(of: 0..<40, in: bytes), at: end + 32)
        // The more blocks there are, the more checksums: the number of blocks that fits the size of the file.
        let block = SnapshotLayout.blockSize
        let count = (end + block + 7) / (block + 8)
        let start = end - 8 * count
        guard start > 0 else { return }
        for number in 0..<count {
            let covered = number * block..<min((number + 1) * block, start)
            guard !covered.isEmpty else { break }
            bytes.setLittleEndian(checksum(of: covered, in: bytes), at: start + 8 * number)
        }
        bytes.setLittleEndian(checksum(of: start..<end, in: bytes), at: end + 40)
        bytes.setLittleEndian(checksum(of: end..<end + 48, in: bytes), at: end + 48)
    }

    /// Makes all checksums of a journal right, and makes it that of a snapshot.
    static func seal(journal bytes: inout [UInt8], of snapshot: [UInt8]) {
        guard bytes.count >= JournalHeader.size else { return }
        bytes.replaceSubrange(0..<8, with: JournalHeader.magic)
        bytes.setLittleEndian(JournalHeader.version, at: 8)
        if snapshot.count >= SnapshotHeader.size { bytes.replaceSubrange(16..<40, with: snapshot[16..<40]) }
        bytes.setLittleEndian(checksum(of: 0..<40, in: bytes), at: 40)
        var offset = JournalHeader.size
        while offset <= bytes.count - JournalFrame.headSize - JournalFrame.checksumSize {
            let room = bytes.count - offset - JournalFrame.headSize - JournalFrame.checksumSize
            let said = bytes.withUnsafeBytes { Int($0.littleEndian(at: offset, as: UInt32.self)) }
            let length = min(said, room)
            bytes.setLittleEndian(UInt32(length), at: offset)
            bytes.setLittleEndian(bytes.withUnsafeBytes { JournalFrame.headCheck($0, at: offset) }, at: offset + 6)
            let end = offset + JournalFrame.headSize + length
            let last = bytes.withUnsafeBytes { JournalFrame.checksum($0, from: offset, to: end) }
            bytes.setLittleEndian(last, at: end)
            offset = end + JournalFrame.checksumSize
        }
    }

    private static func checksum(of range: Range<Int>, in bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBytes { StoreChecksum.of(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}
