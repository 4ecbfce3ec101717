extension FileStamp: Codable {
    private static let hashFlag: UInt8 = 1 << 4
    private static let provisionalFlag: UInt8 = 1 << 5
    private static let bufferFlag: UInt8 = 1 << 6

    /// Decodes a stamp from a short list of numbers.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: A `DecodingError` if this is not a stamp.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let head = try container.decode(UInt8.self)
        guard let kind = Kind(rawValue: head & 0x0F), head < 1 << 7 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not the stamp of a file")
        }
        if kind == .missing {
            self = .missing
            return
        }
        self.init(
            kind: kind,
            size: try container.decode(Int64.self),
            modified: try container.decode(Int64.self),
            changed: try container.decode(Int64.self),
            inode: try container.decode(UInt64.self),
            hash: head & Self.hashFlag == 0 ? nil : try container.decode(ContentHash.self),
            isProvisional: head & Self.provisionalFlag != 0,
            isBuffer: head & Self.bufferFlag != 0
        )
    }

    /// Encodes the stamp as a short list of numbers; a missing file takes one.
    ///
    /// - Parameter encoder: The encoder to write to.
    /// - Throws: Whatever the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        var head = kind.rawValue
        if hash != nil { head |= Self.hashFlag }
        if isProvisional { head |= Self.provisionalFlag }
        if isBuffer { head |= Self.bufferFlag }
        try container.encode(head)
        if kind == .missing { return }
        try container.encode(size)
        try container.encode(modified)
        try container.encode(changed)
        try container.encode(inode)
        if let hash { try container.encode(hash) }
    }
}
