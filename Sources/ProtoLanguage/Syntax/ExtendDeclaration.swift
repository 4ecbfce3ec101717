/// A block of fields for a message declared elsewhere.
package struct ExtendDeclaration: Equatable, Codable, Sendable {
    /// The message that is extended.
    package var extendee: TypeReference
    /// The extensions.
    package var fields: [FieldDeclaration] = []
}
