/// A name that stands for a type, as the source writes it.
package struct TypeReference: Equatable, Codable, Sendable {
    /// The name, with a leading dot when it is fully qualified.
    package var name: String
    /// The name's place.
    package var site: Site
}
