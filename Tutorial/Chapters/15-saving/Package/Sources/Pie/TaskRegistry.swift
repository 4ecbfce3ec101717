/// The task types that may come back from a saved graph, by their type identifiers.
struct TaskRegistry: Sendable {
    private var types: [String: any IncrementalTask.Type] = [:]

    init(_ types: [any IncrementalTask.Type]) throws {
        for type in types {
            let identifier = type.typeIdentifier
            // The reflected name of a private type has an address in it, which is another one in each run.
            if identifier.contains("(unknown context at ") { throw BuildError.unstableTypeIdentifier(identifier) }
            if self.types.updateValue(type, forKey: identifier) != nil {
                throw BuildError.duplicateTypeIdentifier(identifier)
            }
        }
    }

    subscript(identifier: String) -> (any IncrementalTask.Type)? { types[identifier] }
}

extension CodingUserInfoKey {
    /// Where a decoder finds the registry.
    static let taskRegistry = CodingUserInfoKey(rawValue: "Pie.taskRegistry")
}
