/// What parsing a source gives: its tree, the positions that the tree leaves out, and the errors met on the way.
package struct ParsedFile: Equatable, Codable, Sendable {
    /// The tree, without positions.
    package var syntax = SyntaxTree()
    /// The position of each site of the tree.
    package var positions: [SourcePosition] = []
    /// The errors of the lexer and the parser.
    package var diagnostics: [SyntaxDiagnostic] = []

    /// The position of `site`; the start of the file for a site that is not of this parse.
    package func position(of site: Site) -> SourcePosition {
        site.index < positions.count ? positions[Int(site.index)] : .start
    }
}
