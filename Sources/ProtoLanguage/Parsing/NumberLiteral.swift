/// Reads the numbers that the lexer has found.
enum NumberLiteral {
    /// The value of a decimal, octal or hexadecimal integer; nil if it takes more than 64 bits or has a wrong digit.
    static func integer(_ literal: ArraySlice<UInt8>) -> UInt64? {
        var digits = literal
        var base: UInt64 = 10
        if digits.first == ASCII.zero && digits.count > 1 {
            let isHexadecimal = digits[digits.startIndex + 1] | 0x20 == UInt8(ascii: "x")
            base = isHexadecimal ? 16 : 8
            digits = digits.dropFirst(isHexadecimal ? 2 : 1)
        }
        var value: UInt64 = 0
        for byte in digits {
            guard let digit = ASCII.hexValue(of: byte), digit < base else {
                return nil
            }
            let (product, overflow) = value.multipliedReportingOverflow(by: base)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            guard !overflow && !carry else {
                return nil
            }
            value = sum
        }
        return value
    }

    /// The value of a decimal number with or without a fraction and an exponent; infinite if it is too large.
    static func double(_ literal: ArraySlice<UInt8>) -> Double {
        var text = String(decoding: literal, as: UTF8.self)
        // The language allows `1.` and `1.e5`, which Swift does not read.
        if let dot = text.firstIndex(of: ".") {
            let next = text.index(after: dot)
            if next == text.endIndex || !text[next].isWholeNumber {
                text.insert("0", at: next)
            }
        }
        return Double(text) ?? 0
    }
}
