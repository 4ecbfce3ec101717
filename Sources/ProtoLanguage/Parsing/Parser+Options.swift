/// Options.
extension Parser {
    /// Parses `option name = value;`.
    mutating func parseOptionStatement() throws(Unparsable) -> OptionSetting {
        advance()
        let option = try parseOptionAssignment()
        endStatement()
        return option
    }

    /// Parses `[name = value, name = value]`.
    mutating func parseOptionList() throws(Unparsable) -> [OptionSetting] {
        advance()
        var options: [OptionSetting] = []
        repeat {
            options.append(try parseOptionAssignment())
        } while take(ASCII.comma)
        try expect(ASCII.closeBracket)
        return options
    }

    /// Parses `name = value`.
    mutating func parseOptionAssignment() throws(Unparsable) -> OptionSetting {
        let site = site(at: current.position)
        var name = [try parseOptionNamePart()]
        while take(ASCII.dot) {
            name.append(try parseOptionNamePart())
        }
        try expect(ASCII.equals)
        if isAt(ASCII.openBrace) {
            return OptionSetting(name: name, value: try parseAggregate(), site: site)
        }
        return OptionSetting(name: name, value: try parseScalarValue(), site: site)
    }

    private mutating func parseOptionNamePart() throws(Unparsable) -> OptionSetting.NamePart {
        guard take(ASCII.openParenthesis) else {
            return OptionSetting.NamePart(name: try identifier(orSay: "Expected identifier."), isExtension: false)
        }
        let dot = take(ASCII.dot) ? "." : ""
        let name = try dottedName(orSay: "Expected identifier.")
        try expect(ASCII.closeParenthesis)
        return OptionSetting.NamePart(name: dot + name, isExtension: true)
    }

    /// Parses a number, a string or an identifier.
    mutating func parseScalarValue() throws(Unparsable) -> OptionValue {
        let isNegative = take(ASCII.minus)
        switch current.kind {
        case .identifier:
            let text = text(of: current)
            if isNegative && text != "inf" && text != "nan" {
                throw fail("Identifier after '-' symbol must be inf or nan.")
            }
            advance()
            return .identifier(isNegative ? "-" + text : text)
        case .integer:
            let limit = isNegative ? UInt64(Int64.max) + 1 : .max
            return .integer(try integer(upTo: limit, orSay: "Expected integer.") ?? 0, isNegative: isNegative)
        case .float:
            defer { advance() }
            let value = NumberLiteral.double(bytes(of: current))
            return .float(isNegative ? -value : value)
        case .string:
            if isNegative {
                throw fail("Invalid '-' symbol before string.")
            }
            return .string(try string(orSay: "Expected string."))
        case .endOfFile:
            throw fail("Unexpected end of stream while parsing option value.")
        case .symbol:
            throw fail("Expected option value.")
        }
    }
}
