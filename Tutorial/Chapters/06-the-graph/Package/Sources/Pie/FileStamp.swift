import Foundation

/// What of a file a dependency is on.
public enum FileStamper: Hashable, Sendable {
    /// Whether there is such a file.
    case exists
    /// When it was modified.
    case modified
    /// What is in it.
    case content
}

/// What a stamper saw of a file; the file counts as unchanged if the stamps are equal.
enum FileStamp: Hashable, Sendable {
    case absent
    case present
    case modified(Date)
    case content(Int)

    /// The stamp of contents.
    static func content(of bytes: [UInt8]) -> FileStamp {
        var hasher = Hasher()
        hasher.combine(bytes)
        return .content(hasher.finalize())
    }
}
