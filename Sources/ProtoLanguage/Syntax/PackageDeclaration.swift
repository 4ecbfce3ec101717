/// The package of a file.
package struct PackageDeclaration: Equatable, Codable, Sendable {
    /// The name, with its dots.
    package var name: String
    /// The statement's place.
    package var site: Site
}
