/// Values of options in the text format.
extension Parser {
    /// Parses a message from its opening brace to its closing one, and goes on after the latter even after a mistake.
    mutating func parseAggregate() throws(Unparsable) -> OptionValue {
        openBraces = 0
        do throws(Unparsable) {
            return try parseTextMessage(depth: 1)
        } catch {
            // The mistake has been reported; the braces around it tell where the value ends.
            while openBraces > 0 && !isAtEnd {
                if isAt(ASCII.openBrace) {
                    openBraces += 1
                } else if isAt(ASCII.closeBrace) {
                    openBraces -= 1
                }
                advance()
            }
            guard openBraces == 0 else {
                throw fail("Unexpected end of stream while parsing aggregate value.")
            }
            return .message([])
        }
    }

    private mutating func parseTextMessage(depth: Int) throws(Unparsable) -> OptionValue {
        guard depth <= Self.maximumValueDepth else {
            throw fail("Reached maximum recursion limit for nested option values.")
        }
        let closing: UInt8
        if take(ASCII.openBrace) {
            openBraces += 1
            closing = ASCII.closeBrace
        } else {
            try expect(ASCII.less)
            closing = ASCII.greater
        }
        var fields: [TextField] = []
        while !isAt(closing) {
            guard !isAtEnd else {
                throw fail("Unexpected end of stream while parsing aggregate value.")
            }
            fields.append(try parseTextField(depth: depth))
            // A separator may follow each field, and none is needed.
            if !take(ASCII.comma) {
                _ = take(ASCII.semicolon)
            }
        }
        if closing == ASCII.closeBrace {
            openBraces -= 1
        }
        advance()
        return .message(fields)
    }

    private mutating func parseTextField(depth: Int) throws(Unparsable) -> TextField {
        let site = site(at: current.position)
        let name = try parseTextFieldName()
        let hasColon = take(ASCII.colon)
        let startsMessage = isAt(ASCII.openBrace) || isAt(ASCII.less)
        if !hasColon && !startsMessage && !isAt(ASCII.openBracket) {
            throw fail("Expected \":\".")
        }
        let value = try parseTextValue(depth: depth)
        if !hasColon, case .list(let values) = value, !values.allSatisfy(\.isMessage) {
            throw fail("Expected \":\" before a list of values that are not messages.")
        }
        return TextField(name: name, value: value, site: site)
    }

    private mutating func parseTextFieldName() throws(Unparsable) -> TextField.Name {
        guard take(ASCII.openBracket) else {
            return .field(try identifier(orSay: "Expected identifier."))
        }
        var name = try dottedName(orSay: "Expected identifier.")
        var domain: String?
        while take(ASCII.slash) {
            domain = domain.map { $0 + "/" + name } ?? name
            name = try dottedName(orSay: "Expected identifier.")
        }
        try expect(ASCII.closeBracket)
        return domain.map { .any(domain: $0, type: name) } ?? .extension(name)
    }

    private mutating func parseTextValue(depth: Int) throws(Unparsable) -> OptionValue {
        if isAt(ASCII.openBrace) || isAt(ASCII.less) {
            return try parseTextMessage(depth: depth + 1)
        }
        guard take(ASCII.openBracket) else {
            return try parseTextScalar()
        }
        var values: [OptionValue] = []
        if take(ASCII.closeBracket) {
            return .list(values)
        }
        repeat {
            let startsMessage = isAt(ASCII.openBrace) || isAt(ASCII.less)
            values.append(try startsMessage ? parseTextMessage(depth: depth + 1) : parseTextScalar())
        } while take(ASCII.comma)
        try expect(ASCII.closeBracket)
        return .list(values)
    }

    private mutating func parseTextScalar() throws(Unparsable) -> OptionValue {
        guard isAt(ASCII.minus) else {
            return try parseScalarValue()
        }
        advance()
        guard current.kind == .identifier else {
            return try parseScalarValue().negated
        }
        // Which names may follow a minus (inf, infinity, nan, in any case) depends on the type of the field.
        let text = text(of: current)
        advance()
        return .identifier("-" + text)
    }
}

extension OptionValue {
    fileprivate var isMessage: Bool {
        if case .message = self {
            return true
        }
        return false
    }

    fileprivate var negated: OptionValue {
        switch self {
        case .integer(let value, let isNegative): .integer(value, isNegative: !isNegative)
        case .float(let value): .float(-value)
        default: self
        }
    }
}
