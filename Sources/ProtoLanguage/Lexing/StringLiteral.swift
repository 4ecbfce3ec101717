/// Decodes string literals that the lexer has checked.
enum StringLiteral {
    /// Appends the bytes that a literal stands for, without its quotes, to `output`.
    ///
    /// A literal with mistakes is decoded as far as it makes sense: the lexer has reported them.
    static func decode(_ literal: ArraySlice<UInt8>, into output: inout [UInt8]) {
        guard let quote = literal.first else {
            return
        }
        var body = literal.dropFirst()
        if body.last == quote {
            body = body.dropLast()
        }
        guard body.contains(ASCII.backslash) else {
            output.append(contentsOf: body)
            return
        }
        while let byte = body.popFirst() {
            if byte == ASCII.backslash {
                decodeEscape(&body, into: &output)
            } else {
                output.append(byte)
            }
        }
    }

    private static func decodeEscape(_ body: inout ArraySlice<UInt8>, into output: inout [UInt8]) {
        guard let byte = body.popFirst() else {
            return
        }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = UInt32(byte - ASCII.zero)
            for _ in 0..<2 {
                guard let digit = body.first, ASCII.isOctalDigit(digit) else {
                    break
                }
                value = value << 3 | UInt32(digit - ASCII.zero)
                body.removeFirst()
            }
            output.append(UInt8(truncatingIfNeeded: value))
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            output.append(UInt8(truncatingIfNeeded: hexValue(&body, atMost: 2)))
        case UInt8(ascii: "u"):
            appendScalar(hexValue(&body, atMost: 4), trailing: &body, into: &output)
        case UInt8(ascii: "U"):
            appendScalar(hexValue(&body, atMost: 8), trailing: &body, into: &output)
        default:
            output.append(simpleEscape(byte))
        }
    }

    private static func simpleEscape(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "v"): 0x0B
        default: byte
        }
    }

    private static func hexValue(_ body: inout ArraySlice<UInt8>, atMost count: Int) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = body.first.flatMap(ASCII.hexValue(of:)) else {
                break
            }
            value = value << 4 | UInt32(digit)
            body.removeFirst()
        }
        return value
    }

    /// Appends a scalar as UTF-8; a high surrogate takes the `\u` escape after it along.
    private static func appendScalar(
        _ value: UInt32,
        trailing body: inout ArraySlice<UInt8>,
        into output: inout [UInt8]
    ) {
        var value = value
        if (0xD800..<0xDC00).contains(value), body.starts(with: Array("\\u".utf8)) {
            var rest = body.dropFirst(2)
            let low = hexValue(&rest, atMost: 4)
            if (0xDC00..<0xE000).contains(low) {
                value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00)
                body = rest
            }
        }
        output.append(contentsOf: Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8))
    }
}
