/// What the top of a file says to other files: its package and its imports.
package struct FileHeader: Equatable, Codable, Sendable {
    /// An import.
    package struct Import: Equatable, Codable, Sendable {
        /// The name of the imported file.
        package var path: String
        /// Whether who imports this file sees the imported one too.
        package var isPublic: Bool
    }

    /// The package; empty for none.
    package var package: String
    /// The imports, in the order of the text.
    package var imports: [Import]

    /// The header of `syntax`.
    package init(_ syntax: SyntaxTree) {
        package = syntax.packageName
        imports = syntax.imports.map { Import(path: $0.path, isPublic: $0.kind == .public) }
    }
}
