import Foundation

/// What of a file a dependency is on.
public enum FileStamper: Hashable, Codable, Sendable {
    /// Whether there is such a file.
    case exists
    /// When it was modified.
    case modified
    /// What is in it.
    case content
}

/// What a stamper saw of a file; the file counts as unchanged if the stamps are equal.
enum FileStamp: Hashable, Codable, Sendable {
    case absent
    case present
    case modified(Date)
    case content(UInt64)

    /// The stamp of contents: their FNV-1a digest, which is the same in every process.
    static func content(of bytes: [UInt8]) -> FileStamp {
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes {
            digest ^= UInt64(byte)
            digest &*= 0x0000_0100_0000_01b3
        }
        return .content(digest)
    }
}
