/// Numbers.
extension Lexer {
    /// The number under the cursor: decimal, octal, hexadecimal, or with a fraction or an exponent.
    mutating func number() -> Token {
        let start = offset
        let position = position
        var isFloat = false
        if byte == ASCII.zero && byte(ahead: 1) | 0x20 == UInt8(ascii: "x") {
            offset += 2
            if ASCII.hexValue(of: byte) == nil {
                report("\"0x\" must be followed by hex digits.")
            }
            while ASCII.hexValue(of: byte) != nil {
                offset += 1
            }
        } else if byte == ASCII.zero && ASCII.isDigit(byte(ahead: 1)) {
            skipOctalDigits()
        } else {
            isFloat = skipDecimal()
        }
        if ASCII.isLetter(byte) {
            report("Need space between number and identifier.")
        } else if byte == ASCII.dot {
            report(
                isFloat
                    ? "Already saw decimal point or exponent; can't have another one."
                    : "Hex and octal numbers must be integers."
            )
        }
        return Token(kind: isFloat ? .float : .integer, range: start..<offset, position: position)
    }

    private mutating func skipOctalDigits() {
        var isReported = false
        while ASCII.isDigit(byte) {
            if !ASCII.isOctalDigit(byte) && !isReported {
                report("Numbers starting with leading zero must be in octal.")
                isReported = true
            }
            offset += 1
        }
    }

    /// Moves past a decimal number and says whether it has a fraction or an exponent.
    private mutating func skipDecimal() -> Bool {
        var isFloat = false
        skipDigits()
        if byte == ASCII.dot {
            isFloat = true
            offset += 1
            skipDigits()
        }
        if byte | 0x20 == UInt8(ascii: "e") {
            isFloat = true
            offset += 1
            if byte == ASCII.plus || byte == ASCII.minus {
                offset += 1
            }
            if !ASCII.isDigit(byte) {
                report("\"e\" must be followed by exponent.")
            }
            skipDigits()
        }
        return isFloat
    }

    private mutating func skipDigits() {
        while ASCII.isDigit(byte) {
            offset += 1
        }
    }
}
