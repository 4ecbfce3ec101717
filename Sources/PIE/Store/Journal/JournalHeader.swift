/// The first bytes of a journal.
enum JournalHeader {
    /// The number of bytes.
    static let size = 48

    /// The version of the format that this code writes, and the only one it reads.
    static let version: UInt32 = 1

    /// What a journal begins with: a byte that no text has, its name, and a line end that text transfers would change.
    static let magic: [UInt8] = [0x89, 0x50, 0x49, 0x45, 0x4A, 0x0D, 0x0A, 0x1A]

    /// The bytes of a header.
    static func encoded(_ identity: JournalIdentity) -> [UInt8] {
        var bytes = magic
        bytes.appendLittleEndian(version)
        bytes.appendLittleEndian(UInt32(0))
        bytes.appendLittleEndian(identity.store.high)
        bytes.appendLittleEndian(identity.store.low)
        bytes.appendLittleEndian(identity.generation)
        bytes.appendLittleEndian(bytes.withUnsafeBytes { StoreChecksum.of($0) })
        return bytes
    }

    /// The checksum at the end of a header, which the first frame continues.
    static func checksum(of header: [UInt8]) -> UInt64 {
        header.withUnsafeBytes { $0.littleEndian(at: size - 8, as: UInt64.self) }
    }

    /// Reads a header.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of a journal.
    ///   - expected: Whose journal it should be; nil if any will do.
    /// - Returns: Whose journal it is; nil with the reason if there is nothing to read behind the header.
    static func decode(
        _ bytes: UnsafeRawBufferPointer,
        expecting expected: JournalIdentity?
    ) -> (identity: JournalIdentity?, stop: JournalReplay.Stop) {
        if bytes.count < size {
            if let expected, encoded(expected).starts(with: bytes) { return (nil, .torn) }
            let isJournal = magic.starts(with: bytes.prefix(magic.count))
            return (nil, bytes.isEmpty ? .torn : isJournal ? .damaged(.header) : .notAJournal)
        }
        guard bytes.starts(with: magic) else { return (nil, .notAJournal) }
        let checked = UnsafeRawBufferPointer(rebasing: bytes[..<(size - 8)])
        guard StoreChecksum.of(checked) == bytes.littleEndian(at: size - 8, as: UInt64.self) else {
            return (nil, .damaged(.header))
        }
        let version = bytes.littleEndian(at: 8, as: UInt32.self)
        guard version == Self.version else { return (nil, .otherVersion(version)) }
        let identity = JournalIdentity(
            store: StoreIdentifier(
                high: bytes.littleEndian(at: 16, as: UInt64.self),
                low: bytes.littleEndian(at: 24, as: UInt64.self)
            ),
            generation: bytes.littleEndian(at: 32, as: UInt64.self)
        )
        if let expected, identity != expected { return (nil, .otherStore(identity)) }
        return (identity, .end)
    }
}
