/// A 128-bit hash of bytes, the same on every platform and in every process.
///
/// It tells contents apart that differ by accident, of which it confuses no two in the life of a store; it is not
/// made to withstand somebody who constructs two contents with the same hash.
package struct ContentHash: Hashable, Sendable {
    /// The hash, as two halves that were computed independently of each other.
    package let high: UInt64
    package let low: UInt64

    /// Creates a hash from its halves.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Hashes bytes that lie in memory.
    ///
    /// - Complexity: O(*n*) where *n* is the number of bytes.
    package init(_ bytes: UnsafeRawBufferPointer) {
        var hasher = ContentHasher()
        let whole = bytes.count & ~(ContentHasher.stripe - 1)
        hasher.combine(stripes: UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
        self = hasher.finish(tail: UnsafeRawBufferPointer(rebasing: bytes[whole...]))
    }

    /// Hashes an array of bytes.
    ///
    /// - Complexity: O(*n*) where *n* is the number of bytes.
    package init(_ bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { ContentHash($0) }
    }

    /// Hashes the UTF-8 bytes of a string.
    package init(utf8 string: String) {
        var string = string
        self = string.withUTF8 { ContentHash(UnsafeRawBufferPointer($0)) }
    }
}

extension ContentHash: CustomStringConvertible {
    /// The hash as 32 hexadecimal digits.
    package var description: String { Self.hexadecimal(high) + Self.hexadecimal(low) }

    private static func hexadecimal(_ half: UInt64) -> String {
        let digits = String(half, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension ContentHash: Codable {
    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        high = try container.decode(UInt64.self)
        low = try container.decode(UInt64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(high)
        try container.encode(low)
    }
}
