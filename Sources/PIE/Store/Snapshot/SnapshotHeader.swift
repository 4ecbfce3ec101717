/// The first bytes of a snapshot.
enum SnapshotHeader {
    /// The number of bytes.
    static let size = 48

    /// The version of the format that this code writes, and the only one it reads.
    static let version: UInt32 = 1

    /// What a snapshot begins with: that of a journal but for one letter.
    static let magic: [UInt8] = [0x89, 0x50, 0x49, 0x45, 0x53, 0x0D, 0x0A, 0x1A]

    /// The bytes of a header.
    static func encoded(store: StoreIdentifier, generation: UInt64) -> [UInt8] {
        var bytes = magic
        bytes.appendLittleEndian(version)
        bytes.appendLittleEndian(UInt32(0))
        bytes.appendLittleEndian(store.high)
        bytes.appendLittleEndian(store.low)
        bytes.appendLittleEndian(generation)
        bytes.appendLittleEndian(bytes.withUnsafeBytes { StoreChecksum.of($0) })
        return bytes
    }

    /// More often no store is folded: what counts up from here comes to no end.
    private static let highestGeneration = UInt64(1) << 62

    /// Reads the header of a file.
    ///
    /// - Parameter bytes: All bytes of the file.
    /// - Returns: Whose snapshot it is, and the checksum at the end of the header, which the footer repeats.
    /// - Throws: Why there is no header that can be read.
    static func decode(
        _ bytes: UnsafeRawBufferPointer
    ) throws(SnapshotFailure.Kind) -> (store: StoreIdentifier, generation: UInt64, checksum: UInt64) {
        guard magic.starts(with: bytes.prefix(magic.count)) else { throw .notASnapshot }
        guard bytes.count >= size else { throw .damaged(.end) }
        let checksum = StoreChecksum.of(UnsafeRawBufferPointer(rebasing: bytes[..<(size - 8)]))
        guard checksum == bytes.littleEndian(at: size - 8, as: UInt64.self) else { throw .damaged(.header) }
        let version = bytes.littleEndian(at: 8, as: UInt32.self)
        guard version == Self.version else { throw .otherVersion(version) }
        let store = StoreIdentifier(
            high: bytes.littleEndian(at: 16, as: UInt64.self),
            low: bytes.littleEndian(at: 24, as: UInt64.self)
        )
        let generation = bytes.littleEndian(at: 32, as: UInt64.self)
        guard generation <= Self.highestGeneration else { throw .damaged(.header) }
        return (store, generation, checksum)
    }
}
