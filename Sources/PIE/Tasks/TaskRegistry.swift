/// The task types that may come back from encoded data, by their type identifiers.
///
/// A registry is the only way from a name in a file to a type: names are never looked up in the running program, so a
/// file cannot name types that the program did not offer.
public struct TaskRegistry: Sendable {
    private var types: [String: any IncrementalTask.Type] = [:]

    /// Creates a registry.
    ///
    /// - Parameter tasks: The types to know.
    /// - Throws: A ``BuildError`` of kind `duplicateTaskType` if two types share an identifier, or of kind
    ///   `unstableTypeIdentifier` if a private or local type relies on its reflected name, which differs from run to
    ///   run.
    public init(_ tasks: [any IncrementalTask.Type] = []) throws {
        for type in tasks {
            try register(type)
        }
    }

    /// Adds a type; adding it twice is no error.
    ///
    /// - Parameter type: The type to know.
    /// - Throws: As ``init(_:)``.
    public mutating func register(_ type: any IncrementalTask.Type) throws {
        let identifier = type.typeIdentifier
        guard Self.isStable(identifier) else {
            throw BuildError.unstableTypeIdentifier(identifier)
        }
        if let known = types[identifier], known != type {
            throw BuildError.duplicateTaskType(identifier, known, type)
        }
        types[identifier] = type
    }

    /// The type with an identifier, or `nil` if none was registered.
    ///
    /// - Parameter identifier: A type identifier, as in ``IncrementalTask/typeIdentifier``.
    public subscript(identifier: String) -> (any IncrementalTask.Type)? { types[identifier] }

    /// All types, in no particular order.
    var all: [any IncrementalTask.Type] { Array(types.values) }

    /// Whether a name is the same in every run: the reflected name of a private or local type contains an address.
    static func isStable(_ identifier: String) -> Bool {
        !identifier.isEmpty && !identifier.contains("(unknown context at ")
    }
}
