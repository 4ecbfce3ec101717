/// What was seen of a file at one moment.
///
/// Metadata is cheap to see and bytes are not, so a stamp holds both: as long as the metadata is the same, the bytes
/// are, and only when it differs do the bytes have to be hashed. That inference needs a stamp which was not taken too
/// early. File systems keep time in ticks of some milliseconds, or of seconds; a second write in the tick of the first
/// leaves the metadata as it was. Therefore a stamp taken that close to the file's own times is *provisional*: equal
/// metadata proves nothing, the content decides, and the stamp of that later look takes the place of the first.
///
/// The change time, which no program can set, and the inode uncover a restored modification time and a save by rename.
/// The device is left out on purpose: its number changes when a network or an overlay file system is mounted again, so
/// that comparing it would call every file changed, and a different file with the same inode, size and change
/// time to the nanosecond does not occur.
///
/// Two stamps are `==` if everything that was seen is the same; whether a dependency still holds is a question for its
/// ``FileStamper`` as well.
public struct FileStamp: Hashable, Sendable {
    /// What kind of thing has the name.
    package enum Kind: UInt8, Sendable {
        case missing
        case regularFile
        case directory
        /// A pipe, a device, a socket.
        case other
    }

    /// The size in bytes.
    package let size: Int64

    /// The modification time in nanoseconds since 1970; compared for inequality, never for order.
    package let modified: Int64

    /// The change time in nanoseconds since 1970; compared for inequality, never for order.
    package let changed: Int64

    /// The number of the file in its file system.
    package let inode: UInt64

    /// The hash of the bytes, if they were read.
    package var hash: ContentHash?

    /// What kind of thing has the name.
    package let kind: Kind

    /// Whether the file could have been written again without a trace in the metadata.
    package var isProvisional: Bool

    /// Whether this is an unsaved buffer that lay over the file, which has no metadata.
    package let isBuffer: Bool

    /// Creates a stamp from its parts.
    package init(
        kind: Kind,
        size: Int64 = 0,
        modified: Int64 = 0,
        changed: Int64 = 0,
        inode: UInt64 = 0,
        hash: ContentHash? = nil,
        isProvisional: Bool = false,
        isBuffer: Bool = false
    ) {
        self.size = size
        self.modified = modified
        self.changed = changed
        self.inode = inode
        self.hash = hash
        self.kind = kind
        self.isProvisional = isProvisional
        self.isBuffer = isBuffer
    }

    /// The stamp of a name that no file has.
    package static let missing = FileStamp(kind: .missing)

    /// The stamp of an unsaved buffer.
    package static func buffer(_ bytes: [UInt8]) -> FileStamp {
        FileStamp(kind: .regularFile, size: Int64(bytes.count), hash: ContentHash(bytes), isBuffer: true)
    }

    /// Whether there is anything of that name.
    package var exists: Bool { kind != .missing }
}

extension FileStamp: CustomStringConvertible {
    /// What was seen, for people: the kind, the size, the beginning of the hash and the times.
    public var description: String {
        switch kind {
        case .missing: return "missing"
        case .directory: return "directory"
        case .other: return "neither file nor directory"
        case .regularFile: break
        }
        var text = isBuffer ? "unsaved buffer, " : ""
        text += size == 1 ? "1 byte" : "\(size) bytes"
        if let hash { text += ", content \(hash.description.prefix(12))" }
        if !isBuffer {
            text += ", modified \(Self.seconds(modified))"
            if changed != modified { text += ", changed \(Self.seconds(changed))" }
        }
        return isProvisional ? text + ", provisional" : text
    }

    /// Nanoseconds as seconds with nine decimals, without the help of a formatter.
    private static func seconds(_ nanoseconds: Int64) -> String {
        let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        let decimals = String(rest)
        let padding = String(repeating: "0", count: 9 - decimals.utf8.count)
        return (nanoseconds < 0 ? "-" : "") + "\(seconds).\(padding)\(decimals)"
    }
}
