/// An error that the lexer or the parser found, with its place in the source.
package struct SyntaxDiagnostic: Hashable, Codable, Sendable {
    /// Where the error stands.
    package var position: SourcePosition
    /// What is wrong.
    package var message: String
}
