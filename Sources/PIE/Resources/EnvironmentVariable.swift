/// A variable of the environment of this process.
///
/// Only a hash of the value is kept, so that no secret gets into a store.
public struct EnvironmentVariable: Resource {
    /// The name of the variable, compared byte by byte.
    public let name: String

    /// Names a variable.
    ///
    /// - Parameter name: The name of the variable.
    public init(_ name: String) {
        self.name = name
    }

    /// Stands for the value of a variable at one moment.
    public struct Stamp: Hashable, Codable, Sendable {
        private let hash: ContentHash?

        fileprivate init(_ value: String?) {
            hash = value.map { ContentHash(utf8: $0) }
        }
    }

    /// Gets the value.
    ///
    /// - Parameter scope: Where to look it up: outside of tests, the environment of the process.
    /// - Returns: The value, nil if the variable is not set, and its stamp.
    /// - Throws: Nothing.
    public func load(in scope: ResourceScope) async throws -> (String?, Stamp) {
        let value = scope.environment.value(name)
        return (value, Stamp(value))
    }

    /// Takes a stamp of the present value.
    ///
    /// - Parameter scope: Where to look it up: outside of tests, the environment of the process.
    /// - Returns: The stamp.
    /// - Throws: Nothing.
    public func stamp(in scope: ResourceScope) async throws -> Stamp {
        try await load(in: scope).1
    }
}

extension EnvironmentVariable {
    /// Whether two names consist of the same bytes.
    public static func == (left: EnvironmentVariable, right: EnvironmentVariable) -> Bool {
        left.name.hasSameBytes(as: right.name)
    }

    /// Hashes the bytes of the name.
    ///
    /// - Parameter hasher: The hasher to feed.
    public func hash(into hasher: inout Hasher) {
        name.hashBytes(into: &hasher)
    }

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
        try container.encode(name)
    }
}

extension EnvironmentVariable: CustomStringConvertible {
    /// The name with a `$` in front.
    public var description: String { "$" + name }
}
