/// The options of a field, two of which are not options at all.
extension Parser {
    /// Parses `[default = 1, json_name = "x", (other) = y]`.
    mutating func parseFieldOptions(of field: inout FieldDeclaration) throws(Unparsable) {
        advance()
        repeat {
            let text = current.kind == .identifier ? bytes(of: current) : []
            if text.elementsEqual("default".utf8) {
                try parseDefault(of: &field)
            } else if text.elementsEqual("json_name".utf8) {
                try parseJSONName(of: &field)
            } else {
                field.options.append(try parseOptionAssignment())
            }
        } while take(ASCII.comma)
        try expect(ASCII.closeBracket)
    }

    private mutating func parseJSONName(of field: inout FieldDeclaration) throws(Unparsable) {
        if field.jsonName != nil {
            report("Already set option \"json_name\".")
        }
        advance()
        try expect(ASCII.equals)
        let bytes = try string(orSay: "Expected string for JSON name.")
        field.jsonName = String(decoding: bytes, as: UTF8.self)
    }

    private mutating func parseDefault(of field: inout FieldDeclaration) throws(Unparsable) {
        if field.defaultValue != nil {
            report("Already set option \"default\".")
        }
        advance()
        try expect(ASCII.equals)
        let position = current.position
        let value = try parseDefaultValue(of: field.type)
        field.defaultValue = DefaultValue(value: value, site: site(at: position))
    }

    private mutating func parseDefaultValue(of type: FieldType) throws(Unparsable) -> OptionValue {
        guard case .scalar(let scalar) = type else {
            return try parseScalarValue()
        }
        switch scalar {
        case .int32, .sint32, .sfixed32:
            return try parseIntegerDefault(upTo: UInt64(Int32.max), isSigned: true)
        case .int64, .sint64, .sfixed64:
            return try parseIntegerDefault(upTo: UInt64(Int64.max), isSigned: true)
        case .uint32, .fixed32:
            return try parseIntegerDefault(upTo: UInt64(UInt32.max), isSigned: false)
        case .uint64, .fixed64:
            return try parseIntegerDefault(upTo: .max, isSigned: false)
        case .float, .double:
            return try parseNumberDefault()
        case .bool:
            let text = current.kind == .identifier ? text(of: current) : ""
            guard text == "true" || text == "false" else {
                throw fail("Expected \"true\" or \"false\".")
            }
            advance()
            return .identifier(text)
        case .string:
            return .string(try string(orSay: "Expected string for field default value."))
        case .bytes:
            return .string(try string(orSay: "Expected string."))
        }
    }

    private mutating func parseIntegerDefault(upTo limit: UInt64, isSigned: Bool) throws(Unparsable) -> OptionValue {
        let isNegative = isAt(ASCII.minus)
        if isNegative {
            advance()
            if !isSigned {
                report("Unsigned field can't have negative default value.")
            }
        }
        let largest = isNegative && isSigned ? limit + 1 : limit
        let value = try integer(upTo: largest, orSay: "Expected integer for field default value.")
        return .integer(value ?? 0, isNegative: isNegative)
    }

    private mutating func parseNumberDefault() throws(Unparsable) -> OptionValue {
        let isNegative = take(ASCII.minus)
        switch current.kind {
        case .integer:
            return .integer(try integer(upTo: .max, orSay: "Expected number.") ?? 0, isNegative: isNegative)
        case .float:
            defer { advance() }
            let value = NumberLiteral.double(bytes(of: current))
            return .float(isNegative ? -value : value)
        case .identifier:
            let text = text(of: current)
            guard text == "inf" || text == "nan" else {
                throw fail("Expected number.")
            }
            advance()
            return .identifier(isNegative ? "-" + text : text)
        default:
            throw fail("Expected number.")
        }
    }
}
