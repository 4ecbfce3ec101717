/// The names that a file declares, to be looked up.
package struct DeclaredNames: Equatable, Codable, Sendable {
    /// The package and the imports.
    package var header: FileHeader
    /// What each path, relative to the package, stands for; of two declarations of one path, the first.
    package var symbols: [String: SymbolKind]
    /// The extension ranges of the messages that have some.
    package var extensionRanges: [String: [NumberBounds]]
    /// The values of each enum.
    package var enumValues: [String: [String]]

    /// A table of what `outline` lists.
    package init(_ outline: Outline) {
        header = outline.header
        symbols = Dictionary(zip(outline.paths, outline.kinds)) { first, _ in first }
        extensionRanges = outline.extensionRanges
        enumValues = outline.enumValues
    }
}
