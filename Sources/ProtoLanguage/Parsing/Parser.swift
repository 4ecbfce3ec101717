/// Makes a syntax tree of a source by recursive descent.
///
/// A statement with a mistake is skipped and the next one is parsed, so that one run finds all mistakes. The depth of
/// the recursion is bounded: no source can exhaust the stack.
package struct Parser {
    /// How deep messages may be nested, as in `protoc`.
    static let maximumMessageDepth = 31
    /// How deep the values of options may be nested, as deep as the wire format allows.
    static let maximumValueDepth = 100

    private var lexer: Lexer
    /// The token to look at.
    private(set) var current: Token
    /// The line of the token before the current one.
    private(set) var previousLine: UInt32 = 1
    /// The version of the language, known after the first statement.
    var version = LanguageVersion.proto2
    /// How many braces of an option's value are open.
    var openBraces = 0
    private var positions: [SourcePosition] = []
    private var diagnostics: [SyntaxDiagnostic] = []
    /// Where in the two lists of errors an unsupported version was found: what follows would only be noise.
    private var diagnosticLimits: (parser: Int, lexer: Int)?

    private init(_ bytes: [UInt8]) {
        lexer = Lexer(bytes)
        current = lexer.next()
    }

    /// Parses `bytes`, whatever they are.
    package static func parse(_ bytes: [UInt8]) -> ParsedFile {
        var parser = Parser(bytes)
        var syntax = parser.parseFile()
        syntax.isIncomplete = !parser.allDiagnostics.isEmpty
        return ParsedFile(syntax: syntax, positions: parser.positions, diagnostics: parser.allDiagnostics)
    }

    private var allDiagnostics: [SyntaxDiagnostic] {
        var all = diagnostics + lexer.diagnostics
        if let diagnosticLimits {
            all = Array(diagnostics.prefix(diagnosticLimits.parser) + lexer.diagnostics.prefix(diagnosticLimits.lexer))
        }
        all.sort { $0.position < $1.position }
        return all
    }
}

/// What the rest of the parser is made of.
extension Parser {
    /// Moves to the next token.
    mutating func advance() {
        previousLine = current.position.line
        current = lexer.next()
    }

    /// Takes a site for what stands at `position`.
    mutating func site(at position: SourcePosition) -> Site {
        positions.append(position)
        return Site(index: UInt32(truncatingIfNeeded: positions.count - 1))
    }

    /// Notes an error at `position`, or at the current token.
    mutating func report(_ message: String, at position: SourcePosition? = nil) {
        let diagnostic = SyntaxDiagnostic(position: position ?? current.position, message: message)
        // The end of the file is missed by every open block.
        if diagnostics.last != diagnostic {
            diagnostics.append(diagnostic)
        }
    }

    /// Keeps silent from here on: the file is in a version of the language that is not supported.
    mutating func dropLaterDiagnostics() {
        diagnosticLimits = (diagnostics.count, lexer.diagnostics.count)
    }

    /// Notes an error at the current token and gives the statement up.
    mutating func fail(_ message: String) -> Unparsable {
        report(message)
        return Unparsable()
    }

    /// The bytes of `token`.
    func bytes(of token: Token) -> ArraySlice<UInt8> {
        lexer.bytes[token.range]
    }

    /// The spelling of `token`.
    func text(of token: Token) -> String {
        // One check of the bytes is enough: an identifier is ASCII.
        String(decoding: lexer.bytes[token.range], as: UTF8.self)
    }
}
