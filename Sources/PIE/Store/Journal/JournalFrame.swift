/// What stands in front of a record's payload; see ``Journal`` for the layout.
struct JournalFrame {
    /// The number of bytes in front of the payload.
    static let headSize = 10

    /// The number of bytes of the checksum, behind the payload of a record and at the end of the header.
    static let checksumSize = 8

    /// The number of bytes of the payload.
    var length: Int

    /// What the owner of the journal calls the record.
    var type: UInt8

    /// Whether it is a record of the owner, or a note of the journal.
    var note: Note

    /// What a frame is for.
    enum Note: UInt8 {
        case record = 0
        case sessionBegun = 1
        case sessionEnded = 2
    }

    /// The number of bytes of the whole frame.
    var size: Int { Self.headSize + length + Self.checksumSize }

    /// Why there is no frame at an offset.
    enum Refusal: Error {
        /// The bytes end before the frame does.
        case torn
        case damaged(JournalReplay.Damage)
    }

    /// Reads the frame at an offset, behind the checksum of the frame before it or of the header.
    ///
    /// - Returns: The frame, whose bytes are all there and have their checksum.
    static func read(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Refusal) -> JournalFrame {
        guard offset <= bytes.count - headSize else { throw .torn }
        guard headCheck(bytes, at: offset) == bytes.littleEndian(at: offset + 6, as: UInt32.self) else {
            // Where a power failure came between making the file longer and writing its blocks, there are zeros.
            let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
            throw rest.allSatisfy { $0 == 0 } ? .torn : .damaged(.head)
        }
        let length = Int(bytes.littleEndian(at: offset, as: UInt32.self))
        guard length <= bytes.count - offset - headSize - checksumSize else { throw .torn }
        let end = offset + headSize + length
        guard checksum(bytes, from: offset, to: end) == bytes.littleEndian(at: end, as: UInt64.self) else {
            throw .damaged(.content)
        }
        guard let note = Note(rawValue: bytes[offset + 5]) else { throw .damaged(.kind) }
        return JournalFrame(length: length, type: bytes[offset + 4], note: note)
    }

    /// The last four bytes of a head: a checksum of those in front of them, and of the checksum in front of the head.
    static func headCheck(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
        let head = UnsafeRawBufferPointer(rebasing: bytes[offset - checksumSize..<offset + 6])
        return UInt32(truncatingIfNeeded: StoreChecksum.of(head))
    }

    /// The checksum of a frame: of its head and payload, and of the checksum in front of them.
    static func checksum(_ bytes: UnsafeRawBufferPointer, from offset: Int, to end: Int) -> UInt64 {
        StoreChecksum.of(UnsafeRawBufferPointer(rebasing: bytes[offset - checksumSize..<end]))
    }
}
