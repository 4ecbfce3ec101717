/// The stamp of a resource as bytes of a store: decoded by the one that it is compared with.
final class StoredStamp: AnyStamp, @unchecked Sendable {
    /// How the stamp was encoded.
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    override var storedBytes: [UInt8]? { bytes }

    override func isEqual(to other: AnyStamp) -> Bool {
        if let other = other as? StoredStamp { return bytes == other.bytes }
        return other.isEqual(to: self)
    }

    override var text: String { "a stamp of \(bytes.count) bytes" }
}
