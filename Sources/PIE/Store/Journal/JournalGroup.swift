/// Records that are to be written together.
///
/// A group is a value with nothing but memory behind it. An owner may collect one under a lock of his own, take it out,
/// and hand it to the journal outside of that lock; checksums are computed when it is written.
package struct JournalGroup: Sendable {
    /// The greatest number of bytes in a record: 1 GiB.
    package static let maximumPayload = 1 << 30

    /// Room for the checksum in front of the first frame, and the frames, without their checksums.
    private var bytes: [UInt8]

    /// Creates a group without records.
    package init() {
        bytes = Array(repeating: 0, count: JournalFrame.checksumSize)
    }

    /// A group with the note that a session has begun; no two of these are the same.
    static func beginningOfSession() -> JournalGroup {
        var group = JournalGroup()
        var random: [UInt8] = []
        random.appendLittleEndian(UInt64.random(in: 0...UInt64.max))
        group.append(.sessionBegun, random)
        return group
    }

    /// Whether there is no record in it.
    package var isEmpty: Bool { count == 0 }

    /// The number of bytes that the records take in the file.
    package var count: Int { bytes.count - JournalFrame.checksumSize }

    /// Appends a record.
    ///
    /// - Parameters:
    ///   - type: What kind of record it is, for the one who replays it.
    ///   - payload: Its bytes; ``maximumPayload`` at most.
    /// - Returns: Whether it was appended; false for a payload that is too large.
    package mutating func append(type: UInt8, _ payload: UnsafeRawBufferPointer) -> Bool {
        guard payload.count <= Self.maximumPayload else { return false }
        append(JournalFrame(length: payload.count, type: type, note: .record), payload)
        return true
    }

    /// Appends the records of another group.
    package mutating func append(_ group: JournalGroup) {
        bytes.append(contentsOf: group.bytes.dropFirst(JournalFrame.checksumSize))
    }

    /// Appends a note of the journal.
    mutating func append(_ note: JournalFrame.Note, _ payload: [UInt8] = []) {
        payload.withUnsafeBytes { append(JournalFrame(length: $0.count, type: 0, note: note), $0) }
    }

    private mutating func append(_ frame: JournalFrame, _ payload: UnsafeRawBufferPointer) {
        bytes.appendLittleEndian(UInt32(frame.length))
        bytes.append(frame.type)
        bytes.append(frame.note.rawValue)
        bytes.appendLittleEndian(UInt32(0))
        bytes.append(contentsOf: payload)
        bytes.appendLittleEndian(UInt64(0))
    }

    /// Takes back what was appended since the group had so many bytes.
    mutating func shorten(to count: Int) {
        bytes.removeLast(self.count - count)
    }

    /// Removes all records, but keeps the memory for the next.
    mutating func removeAll() {
        // A group that was large once need not stay so.
        if bytes.capacity > 1 << 22 { bytes = [] }
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: repeatElement(0, count: JournalFrame.checksumSize))
    }

    /// Computes the checksums of all records; doing it twice gives the same.
    ///
    /// - Parameter previous: The checksum in front of the first.
    /// - Returns: The checksum of the last.
    mutating func seal(after previous: UInt64) -> UInt64 {
        bytes.setLittleEndian(previous, at: 0)
        var last = previous
        var offset = JournalFrame.checksumSize
        while offset < bytes.count {
            let check = bytes.withUnsafeBytes { JournalFrame.headCheck($0, at: offset) }
            bytes.setLittleEndian(check, at: offset + 6)
            let end = bytes.withUnsafeBytes { bytes in
                offset + JournalFrame.headSize + Int(bytes.littleEndian(at: offset, as: UInt32.self))
            }
            last = bytes.withUnsafeBytes { JournalFrame.checksum($0, from: offset, to: end) }
            bytes.setLittleEndian(last, at: end)
            offset = end + JournalFrame.checksumSize
        }
        return last
    }

    /// Calls a function with the bytes that go into the file.
    func withBytes<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
            try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[JournalFrame.checksumSize...])))
        }
    }
}
