/// An import, as in `import public "a/b.proto"`.
package struct ImportDeclaration: Equatable, Codable, Sendable {
    /// The kinds of import.
    package enum Kind: UInt8, Codable, Sendable {
        case plain
        /// Who imports this file sees the imported file too.
        case `public`
        case weak
    }

    /// Whether the import is public or weak.
    package var kind: Kind
    /// The name of the imported file.
    package var path: String
    /// The statement's place.
    package var site: Site
}
