/// Looking at tokens and taking them.
extension Parser {
    /// Whether the source ends here.
    var isAtEnd: Bool { current.kind == .endOfFile }

    /// Whether the current token is the symbol `symbol`.
    func isAt(_ symbol: UInt8) -> Bool {
        current.symbol == symbol && current.kind == .symbol
    }

    /// Whether the current token is the identifier `word`.
    func isAt(_ word: Word) -> Bool {
        current.word == word
    }

    /// Moves past `symbol` if it is there.
    mutating func take(_ symbol: UInt8) -> Bool {
        guard isAt(symbol) else {
            return false
        }
        advance()
        return true
    }

    /// Moves past `word` if it is there.
    mutating func take(_ word: Word) -> Bool {
        guard isAt(word) else {
            return false
        }
        advance()
        return true
    }

    /// Moves past `symbol`, which has to be there.
    mutating func expect(_ symbol: UInt8, orSay message: String? = nil) throws(Unparsable) {
        guard take(symbol) else {
            throw fail(message ?? "Expected \"\(Unicode.Scalar(symbol))\".")
        }
    }

    /// Moves past `word`, which has to be there.
    mutating func expect(_ word: Word, named name: StaticString) throws(Unparsable) {
        guard take(word) else {
            throw fail("Expected \"\(name)\".")
        }
    }

    /// Takes an identifier, which has to be there.
    mutating func identifier(orSay message: String) throws(Unparsable) -> String {
        guard current.kind == .identifier else {
            throw fail(message)
        }
        defer { advance() }
        return text(of: current)
    }

    /// Takes identifiers with dots between them.
    mutating func dottedName(orSay message: String) throws(Unparsable) -> String {
        var name = try identifier(orSay: message)
        while take(ASCII.dot) {
            name += "."
            name += try identifier(orSay: "Expected identifier.")
        }
        return name
    }

    /// Takes string literals, which stand for one string, and gives its bytes.
    mutating func string(orSay message: String) throws(Unparsable) -> [UInt8] {
        guard current.kind == .string else {
            throw fail(message)
        }
        var result: [UInt8] = []
        while current.kind == .string {
            StringLiteral.decode(bytes(of: current), into: &result)
            advance()
        }
        return result
    }

    /// Takes an integer of at most `limit`; nil, after an error, for a larger one.
    mutating func integer(upTo limit: UInt64, orSay message: String) throws(Unparsable) -> UInt64? {
        guard current.kind == .integer else {
            throw fail(message)
        }
        defer { advance() }
        guard let value = NumberLiteral.integer(bytes(of: current)), value <= limit else {
            report("Integer out of range.")
            return nil
        }
        return value
    }

    /// Takes the number of a field, or of an end of a range.
    mutating func fieldNumber(orSay message: String) throws(Unparsable) -> Int32? {
        try integer(upTo: UInt64(Int32.max), orSay: message).map { Int32($0) }
    }

    /// Takes the number of an enum's value, or of an end of a range of them.
    mutating func enumNumber(orSay message: String) throws(Unparsable) -> Int32? {
        let isNegative = take(ASCII.minus)
        let limit = UInt64(Int32.max) + (isNegative ? 1 : 0)
        guard let magnitude = try integer(upTo: limit, orSay: message) else {
            return nil
        }
        return Int32(truncatingIfNeeded: isNegative ? -Int64(magnitude) : Int64(magnitude))
    }
}
