/// A name that no field or value may use.
package struct ReservedName: Equatable, Codable, Sendable {
    /// The name.
    package var name: String
    /// The name's place.
    package var site: Site
}
