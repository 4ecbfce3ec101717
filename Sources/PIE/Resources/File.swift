/// The name of a file, whether or not there is one of that name.
///
/// A relative name starts from the root folder of the ``Pie``. Names are normalised without looking at the disk:
/// `.` and empty components go, `..` takes its predecessor with it, and a trailing `/` is dropped. So
/// `"src/../src//a.txt"` and `"src/a.txt"` are one file. Symbolic links are not resolved, and names are compared byte
/// by byte, as the system does it, not by Unicode equivalence. A name that lies under the root becomes relative when
/// it is used, so that what was recorded moves with the folder; one outside of the root is kept as an absolute name.
///
/// Names that are not UTF-8 cannot be expressed.
public struct File: Sendable {
    /// The normalised name, with `/` between its components; `.` is the root folder itself.
    public let path: String

    /// Creates the name of a file.
    ///
    /// - Parameter path: A path, relative to the root or absolute.
    /// - Complexity: O(*n*) where *n* is the length of the path.
    public init(_ path: String) {
        self.path = Self.normalised(path)
    }

    /// Creates a name from a path that is known to be normalised.
    init(normalised path: String) {
        self.path = path
    }

    /// The part after the last `/`.
    package var name: String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }
}

extension File: Hashable {
    /// Whether two names consist of the same bytes.
    public static func == (left: File, right: File) -> Bool {
        left.path.hasSameBytes(as: right.path)
    }

    /// Hashes the bytes of the name.
    ///
    /// - Parameter hasher: The hasher to feed.
    public func hash(into hasher: inout Hasher) {
        path.hashBytes(into: &hasher)
    }
}

extension File: ExpressibleByStringLiteral {
    /// Creates the name of a file from a literal.
    ///
    /// - Parameter literal: A path, relative to the root or absolute.
    public init(stringLiteral literal: String) {
        self.init(literal)
    }
}

extension File: CustomStringConvertible {
    /// The normalised name.
    public var description: String { path }
}

extension File: Codable {
    /// Decodes a name from a single string.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: A `DecodingError` if there is no string.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes the name as a single string.
    ///
    /// - Parameter encoder: The encoder to write to.
    /// - Throws: Whatever the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(path)
    }
}
