/// Enums.
extension Parser {
    /// Parses an enum from its keyword on.
    mutating func parseEnum() throws(Unparsable) -> EnumDeclaration {
        advance()
        let position = current.position
        let name = try identifier(orSay: "Expected enum name.")
        var declaration = EnumDeclaration(name: name, site: site(at: position))
        try expect(ASCII.openBrace)
        parseBlock(of: "enum definition") { parser throws(Unparsable) in
            try parser.parseEnumStatement(into: &declaration)
        }
        return declaration
    }

    private mutating func parseEnumStatement(into declaration: inout EnumDeclaration) throws(Unparsable) {
        if take(ASCII.semicolon) {
            return
        }
        if isAt(.option) {
            declaration.options.append(try parseOptionStatement())
        } else if isAt(.reserved) {
            try parseReserved(into: &declaration)
        } else {
            declaration.values.append(try parseEnumValue())
        }
    }

    private mutating func parseEnumValue() throws(Unparsable) -> EnumValueDeclaration {
        let position = current.position
        let name = try identifier(orSay: "Expected enum constant name.")
        try expect(ASCII.equals, orSay: "Missing numeric value for enum constant.")
        let numberPosition = current.position
        let number = try enumNumber(orSay: "Expected integer.")
        let site = site(at: position)
        _ = self.site(at: numberPosition)
        var value = EnumValueDeclaration(name: name, number: number, site: site)
        if isAt(ASCII.openBracket) {
            value.options = try parseOptionList()
        }
        endStatement()
        return value
    }
}
