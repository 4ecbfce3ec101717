/// The bytes that the lexer and the parser name.
enum ASCII {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let slash = UInt8(ascii: "/")
    static let backslash = UInt8(ascii: "\\")
    static let star = UInt8(ascii: "*")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let dot = UInt8(ascii: ".")
    static let plus = UInt8(ascii: "+")
    static let minus = UInt8(ascii: "-")
    static let underscore = UInt8(ascii: "_")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let openParenthesis = UInt8(ascii: "(")
    static let closeParenthesis = UInt8(ascii: ")")
    static let less = UInt8(ascii: "<")
    static let greater = UInt8(ascii: ">")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let zero = UInt8(ascii: "0")

    /// Whether `byte` is white space: a space or one of tab, newline, vertical tab, form feed, return.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == space || (byte >= tab && byte <= 0x0D)
    }

    /// Whether `byte` may start an identifier.
    static func isLetter(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || byte == underscore
    }

    /// Whether `byte` is a decimal digit.
    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= zero && byte <= UInt8(ascii: "9")
    }

    /// Whether `byte` is an octal digit.
    static func isOctalDigit(_ byte: UInt8) -> Bool {
        byte >= zero && byte <= UInt8(ascii: "7")
    }

    /// Whether `byte` may continue an identifier.
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte)
    }

    /// The value of a hexadecimal digit, or nil.
    static func hexValue(of byte: UInt8) -> UInt8? {
        if isDigit(byte) {
            return byte - zero
        }
        let lower = byte | 0x20
        guard lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f") else {
            return nil
        }
        return lower - UInt8(ascii: "a") + 10
    }
}
