/// String literals.
extension Lexer {
    /// The string literal under the cursor, its escapes checked but not decoded.
    mutating func string() -> Token {
        let start = offset
        let position = position
        let quote = bytes[offset]
        offset += 1
        while true {
            guard !isAtEnd else {
                report("Unexpected end of string.")
                break
            }
            let byte = bytes[offset]
            if byte == quote {
                offset += 1
                break
            }
            if byte == ASCII.newline {
                report("String literals cannot cross line boundaries.")
                break
            }
            if byte == ASCII.backslash {
                offset += 1
                checkEscape()
            } else {
                advanceTracking()
            }
        }
        return Token(kind: .string, range: start..<offset, position: position)
    }

    /// Checks what follows a backslash and moves past the part that decides.
    private mutating func checkEscape() {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            offset += 1
        case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"), UInt8(ascii: "v"), ASCII.backslash, UInt8(ascii: "?"), ASCII.quote, ASCII.apostrophe:
            offset += 1
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            offset += 1
            checkHexDigits(1, otherwise: "Expected hex digits for escape sequence.")
        case UInt8(ascii: "u"):
            offset += 1
            checkHexDigits(4, otherwise: "Expected four hex digits for \\u escape sequence.")
        case UInt8(ascii: "U"):
            offset += 1
            checkLongEscape()
        default:
            report("Invalid escape sequence in string literal.")
        }
    }

    private mutating func checkLongEscape() {
        let message = "Expected eight hex digits up to 10ffff for \\U escape sequence."
        let digits = bytes[offset..<min(offset + 8, bytes.count)]
        var value: UInt32 = 0
        for case let digit? in digits.map(ASCII.hexValue(of:)) {
            value = value << 4 | UInt32(digit)
        }
        if value > 0x10FFFF {
            report(message)
        }
        checkHexDigits(8, otherwise: message)
    }

    private mutating func checkHexDigits(_ count: Int, otherwise message: String) {
        for _ in 0..<count {
            guard ASCII.hexValue(of: byte) != nil else {
                report(message)
                return
            }
            offset += 1
        }
    }
}
