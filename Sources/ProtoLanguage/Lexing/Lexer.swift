/// Cuts the bytes of a source into tokens, skipping white space and comments.
///
/// It never gives up: an error is noted, and a token that the parser can go on with is made all the same.
struct Lexer {
    /// The source.
    let bytes: [UInt8]
    /// The offset of the next byte to look at.
    var offset = 0
    /// The errors so far.
    var diagnostics: [SyntaxDiagnostic] = []

    private var line: UInt32 = 1
    private var lineStart = 0
    /// How many columns the tabs of the current line have added.
    private var tabShift = 0

    /// A lexer at the start of `bytes`, past a byte order mark.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            offset = 3
        } else if bytes.first == 0xEF {
            report("The file starts with 0xEF but not with a UTF-8 byte order mark. Only UTF-8 is accepted.")
            offset = 1
        }
    }

    /// The byte under the cursor; zero at the end.
    var byte: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    /// Whether every byte has been looked at.
    var isAtEnd: Bool { offset >= bytes.count }

    /// Where the cursor stands.
    var position: SourcePosition {
        SourcePosition(line: line, column: UInt32(truncatingIfNeeded: offset - lineStart + tabShift + 1))
    }

    /// The byte `distance` places after the cursor; zero past the end.
    func byte(ahead distance: Int) -> UInt8 {
        offset + distance < bytes.count ? bytes[offset + distance] : 0
    }

    /// Moves past one byte that is neither a newline nor a tab.
    mutating func advance() {
        offset += 1
    }

    /// Moves past one byte, whatever it is.
    mutating func advanceTracking() {
        let byte = bytes[offset]
        if byte == ASCII.newline {
            line += 1
            lineStart = offset + 1
            tabShift = 0
        } else if byte == ASCII.tab {
            let column = offset - lineStart + tabShift
            tabShift += 7 - column % 8
        }
        offset += 1
    }

    /// Notes an error at `position`, or at the cursor.
    mutating func report(_ message: String, at position: SourcePosition? = nil) {
        diagnostics.append(SyntaxDiagnostic(position: position ?? self.position, message: message))
    }

    /// The next token; at the end of the source the end, however often it is asked for.
    mutating func next() -> Token {
        while true {
            skipTrivia()
            guard !isAtEnd else {
                return Token(kind: .endOfFile, range: offset..<offset, position: position)
            }
            let byte = bytes[offset]
            if ASCII.isLetter(byte) {
                return identifier()
            }
            if ASCII.isDigit(byte) {
                return number()
            }
            if byte == ASCII.dot && ASCII.isDigit(self.byte(ahead: 1)) {
                return number()
            }
            if byte == ASCII.quote || byte == ASCII.apostrophe {
                return string()
            }
            if byte < ASCII.space || byte == 0x7F {
                skipControlCharacters()
                continue
            }
            let length = byte < 0x80 ? 1 : reportForeignByte(byte)
            let token = Token(kind: .symbol, symbol: byte, range: offset..<offset + length, position: position)
            offset += length
            return token
        }
    }

    private mutating func identifier() -> Token {
        let start = offset
        let position = position
        var packed: UInt128 = 0
        while offset < bytes.count, ASCII.isLetterOrDigit(bytes[offset]) {
            packed = packed << 8 | UInt128(bytes[offset])
            offset += 1
        }
        if byte == ASCII.dot && ASCII.isDigit(byte(ahead: 1)) {
            report("Need space between identifier and decimal point.")
        }
        let word = offset - start <= 16 ? Word(packed: packed) : .none
        return Token(kind: .identifier, word: word, range: start..<offset, position: position)
    }

    private mutating func skipControlCharacters() {
        report("Invalid control characters encountered in text.")
        while !isAtEnd, byte < ASCII.space || byte == 0x7F, !ASCII.isSpace(byte) {
            advance()
        }
    }

    /// Notes a byte outside ASCII, saying apart whether it belongs to a character or to none.
    ///
    /// - Parameter byte: the byte under the cursor.
    /// - Returns: the number of bytes that belong together.
    private mutating func reportForeignByte(_ byte: UInt8) -> Int {
        let rest = bytes[offset..<min(offset + 4, bytes.count)]
        var decoder = UTF8()
        var iterator = rest.makeIterator()
        switch decoder.decode(&iterator) {
        case .scalarValue(let scalar):
            report("Interpreting non ascii codepoint \(byte): the character \"\(scalar)\" is only allowed in strings.")
            // The bytes of one character are one mistake.
            return UTF8.width(scalar)
        case .emptyInput, .error:
            report("Interpreting non ascii codepoint \(byte): the file is not valid UTF-8 here.")
            return 1
        }
    }
}
