/// The stamp of a file in a record: a byte with its kind and what it has, then what it has.
///
/// The change time mostly is the modification time, so it is written as the difference of both.
extension FileStamp {
    private static let hasHash: UInt8 = 1 << 4
    private static let provisional: UInt8 = 1 << 5
    private static let buffer: UInt8 = 1 << 6

    /// Writes the stamp.
    func write(to writer: inout RecordWriter) {
        var head = kind.rawValue
        if hash != nil { head |= Self.hasHash }
        if isProvisional { head |= Self.provisional }
        if isBuffer { head |= Self.buffer }
        writer.byte(head)
        if kind == .missing { return }
        writer.variable(UInt64(bitPattern: size))
        if !isBuffer {
            writer.signed(modified)
            writer.signed(changed &- modified)
            writer.variable(inode)
        }
        if let hash {
            writer.number(hash.high)
            writer.number(hash.low)
        }
    }

    /// Reads a stamp.
    init(from reader: inout RecordReader) throws(RecordDamage) {
        let head = try reader.byte()
        guard let kind = Kind(rawValue: head & 0x0F), head < 1 << 7 else { throw RecordDamage() }
        if kind == .missing {
            self = .missing
            return
        }
        let size = Int64(bitPattern: try reader.variable())
        let isBuffer = head & Self.buffer != 0
        var modified: Int64 = 0
        var changed: Int64 = 0
        var inode: UInt64 = 0
        if !isBuffer {
            modified = try reader.signed()
            changed = modified &+ (try reader.signed())
            inode = try reader.variable()
        }
        var hash: ContentHash?
        if head & Self.hasHash != 0 { hash = ContentHash(high: try reader.number(), low: try reader.number()) }
        self.init(
            kind: kind,
            size: size,
            modified: modified,
            changed: changed,
            inode: inode,
            hash: hash,
            isProvisional: head & Self.provisional != 0,
            isBuffer: isBuffer
        )
    }
}
