/// A typed cell that the host sets and tasks read.
///
/// ```swift
/// let optimise = Input<Bool>("optimise", default: false)
///
/// // In a task:
/// let isOptimised = try await context.read(optimise)
///
/// // In the host, before a session:
/// let pie = try Pie()
/// pie.set(optimise, to: true)
/// ```
///
/// An input is identified by its name and the type of its value. The default is not part of that: it belongs to the
/// code that reads, like any other constant there, and is neither compared nor stored. Hence a stamp is of the value
/// that the host has set, or says that it has set none.
public struct Input<Value: Equatable & Codable & Sendable>: Resource {
    /// The name, compared byte by byte.
    public let name: String

    private let defaultValue: Value?

    /// Names an input.
    ///
    /// - Parameters:
    ///   - name: The name, unique among the inputs of this type.
    ///   - defaultValue: What a task reads as long as the host has set nothing; without one, that is an error.
    public init(_ name: String, default defaultValue: Value? = nil) {
        self.name = name
        self.defaultValue = defaultValue
    }

    /// The value that the host had set at one moment, if any.
    public struct Stamp: Equatable, Codable, Sendable {
        /// The value; nil if the default was read.
        package let value: Value?

        package init(_ value: Value?) {
            self.value = value
        }

        /// Decodes a list of no value or one.
        ///
        /// - Parameter decoder: The decoder to read from.
        /// - Throws: A `DecodingError` if there is no such list.
        public init(from decoder: any Decoder) throws {
            value = try decoder.singleValueContainer().decode([Value].self).first
        }

        /// Encodes a list of no value or one, which tells a value that is nil from none.
        ///
        /// - Parameter encoder: The encoder to write to.
        /// - Throws: Whatever the encoder throws.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(value.map { [$0] } ?? [])
        }
    }

    /// Gets the value that the host has set, or else the default.
    ///
    /// - Parameter scope: The scope that holds the inputs.
    /// - Returns: The value and its stamp.
    /// - Throws: An error if there is neither.
    public func load(in scope: ResourceScope) async throws -> (Value, Stamp) {
        let value = scope.inputs[self]
        guard let content = value ?? defaultValue else {
            throw InputError.noValue(name: name, type: String(describing: Value.self))
        }
        return (content, Stamp(value))
    }

    /// Takes a stamp of what the host has set.
    ///
    /// - Parameter scope: The scope that holds the inputs.
    /// - Returns: The stamp.
    /// - Throws: Nothing; a missing value is for ``load(in:)`` to report.
    public func stamp(in scope: ResourceScope) async throws -> Stamp {
        Stamp(scope.inputs[self])
    }
}

extension Input {
    /// Whether two inputs have the same name.
    public static func == (left: Input, right: Input) -> Bool {
        left.name.hasSameBytes(as: right.name)
    }

    /// Hashes the bytes of the name.
    ///
    /// - Parameter hasher: The hasher to feed.
    public func hash(into hasher: inout Hasher) {
        name.hashBytes(into: &hasher)
    }

    /// Decodes a name from a single string; the type of the value is that of the input which is decoded.
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

/// A stamp of an ``Input`` of any type.
protocol InputStamp {
    /// Whether the host had set a value.
    var isSet: Bool { get }
}

extension Input.Stamp: InputStamp {
    var isSet: Bool { value != nil }
}

extension Input: CustomStringConvertible {
    /// The name and the type of the value.
    public var description: String { "\(name): \(Value.self)" }
}
