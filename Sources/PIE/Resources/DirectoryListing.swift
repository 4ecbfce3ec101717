/// The names in a folder, without what the files contain.
///
/// A listing changes when a name that it shows comes or goes, never when a file is edited. It shows the files and
/// folders that lie directly in the folder or, if it is recursive, the files in the folders below as well, by their
/// paths; folders behind symbolic links are not entered. Hidden files are shown like others.
///
/// A pattern restricts the names:
///
/// | | matches |
/// |---|---|
/// | `*` | any characters but `/` |
/// | `?` | one character but `/` |
/// | `[a-z]`, `[!a-z]` | one of these characters, one but these |
/// | `{a,b}` | either pattern |
/// | `**` | as a whole component: any number of folders |
/// | `\` | takes the next character literally |
///
/// A pattern with a `/` is compared with the path as seen from the folder, one without with the last component, in
/// whichever folder: `*.swift` finds all Swift files of a recursive listing, `/*.swift` those at its top.
public struct DirectoryListing: Resource {
    /// The folder whose names are listed.
    package let file: File

    /// What the names have to match; nil for all names.
    package let glob: Glob?

    /// Whether the files of the folders below are listed too.
    public let isRecursive: Bool

    /// Names a listing.
    ///
    /// - Parameters:
    ///   - folder: The path of the folder, relative to the root or absolute.
    ///   - pattern: What the names have to match; nil for all names.
    ///   - recursive: Whether to list the files in the folders below as well.
    public init(_ folder: String, matching pattern: String? = nil, recursive: Bool = false) {
        self.init(File(folder), pattern.map { Glob($0) }, recursive)
    }

    private init(_ folder: File, _ glob: Glob?, _ isRecursive: Bool) {
        self.file = folder
        self.glob = glob
        self.isRecursive = isRecursive
    }

    /// The normalised path of the folder.
    package var folder: String { file.path }

    /// The listing as it is recorded: its folder relative to the root if it lies under it.
    package func relative(to root: String) -> DirectoryListing {
        DirectoryListing(file.relative(to: root), glob, isRecursive)
    }

    /// Whether a name is one that this listing shows if there is a file of that name.
    ///
    /// - Parameter file: A file in the same form as the folder, both relative or both absolute.
    /// - Returns: Whether it is.
    package func mayContain(_ file: File) -> Bool {
        guard let name = file.pathBelow(self.file) else { return false }
        if !isRecursive && name.utf8.contains(UInt8(ascii: "/")) { return false }
        return glob?.matches(name) ?? true
    }

    /// Whether this listing may differ once a file was created or removed.
    ///
    /// That is so for more files than ``mayContain(_:)`` names: with the first file of a folder the folder appears, in
    /// its parent's listing, and with its own listing, whatever the pattern; and a folder above may go as a whole.
    ///
    /// - Parameter file: A file in the same form as the folder, both relative or both absolute.
    /// - Returns: Whether it may.
    package func mayBeAffected(by file: File) -> Bool {
        file.isBelow(self.file) || file == self.file || self.file.isBelow(file)
    }
}

extension DirectoryListing: CustomStringConvertible {
    /// The folder with the pattern.
    public var description: String {
        "\(folder)/\(isRecursive ? "**/" : "")\(glob?.pattern ?? "*")"
    }
}

extension DirectoryListing: Codable {
    /// Decodes a listing.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: A `DecodingError` if this is not a listing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(File.self, forKey: .folder),
            try container.decodeIfPresent(String.self, forKey: .pattern).map { Glob($0) },
            try container.decode(Bool.self, forKey: .recursive)
        )
    }

    /// Encodes the folder, the pattern, and whether the listing is recursive.
    ///
    /// - Parameter encoder: The encoder to write to.
    /// - Throws: Whatever the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .folder)
        try container.encodeIfPresent(glob?.pattern, forKey: .pattern)
        try container.encode(isRecursive, forKey: .recursive)
    }

    private enum CodingKeys: String, CodingKey {
        case folder
        case pattern
        case recursive
    }
}
