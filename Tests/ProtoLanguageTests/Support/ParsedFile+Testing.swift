import ProtoLanguage

extension ParsedFile {
    /// The parse of `text`.
    static func of(_ text: String) -> ParsedFile {
        Parser.parse(Array(text.utf8))
    }

    /// The mistakes as `line:column message`.
    var mistakes: [String] {
        diagnostics.map { "\($0.position.line):\($0.position.column) \($0.message)" }
    }
}
