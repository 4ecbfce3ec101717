/// `extensions` and `reserved` statements.
extension Parser {
    /// Parses `extensions 4 to max, 2 [options];`.
    mutating func parseExtensionRanges(into message: inout MessageDeclaration) throws(Unparsable) {
        advance()
        repeat {
            if let range = try parseFieldRange(orSay: "Expected field number range.") {
                message.extensionRanges.append(range)
            }
        } while take(ASCII.comma)
        if isAt(ASCII.openBracket) {
            message.options += try parseOptionList()
        }
        endStatement()
    }

    /// Parses `reserved 4 to max, 2;` or `reserved "a", "b";` in a message.
    mutating func parseReserved(into message: inout MessageDeclaration) throws(Unparsable) {
        advance()
        if let names = try parseReservedNames() {
            message.reservedNames += names
        } else {
            var first = true
            repeat {
                let complaint = first ? "Expected field name or number range." : "Expected field number range."
                first = false
                if let range = try parseFieldRange(orSay: complaint) {
                    message.reservedRanges.append(range)
                }
            } while take(ASCII.comma)
        }
        endStatement()
    }

    /// Parses `reserved -4 to max, 2;` or `reserved "A", "B";` in an enum.
    mutating func parseReserved(into declaration: inout EnumDeclaration) throws(Unparsable) {
        advance()
        if let names = try parseReservedNames() {
            declaration.reservedNames += names
        } else {
            var first = true
            repeat {
                let complaint = first ? "Expected enum value or number range." : "Expected enum number range."
                first = false
                if let range = try parseEnumRange(orSay: complaint) {
                    declaration.reservedRanges.append(range)
                }
            } while take(ASCII.comma)
        }
        endStatement()
    }

    private mutating func parseReservedNames() throws(Unparsable) -> [ReservedName]? {
        if current.kind == .identifier {
            throw fail("Reserved names must be string literals. (Only editions supports identifiers.)")
        }
        guard current.kind == .string else {
            return nil
        }
        var names: [ReservedName] = []
        repeat {
            let position = current.position
            let name = String(decoding: try string(orSay: "Expected field name."), as: UTF8.self)
            names.append(ReservedName(name: name, site: site(at: position)))
        } while take(ASCII.comma)
        return names
    }

    /// Parses a range of field numbers; nil, after an error, if an end does not fit.
    private mutating func parseFieldRange(orSay message: String) throws(Unparsable) -> NumberRange? {
        let position = current.position
        let first = try fieldNumber(orSay: message)
        var last = first
        if take(.to) {
            if take(.max) {
                return first.map { NumberRange(first: $0, last: nil, site: site(at: position)) }
            }
            last = try fieldNumber(orSay: "Expected integer.")
        }
        guard let first, let last else {
            return nil
        }
        return NumberRange(first: first, last: last, site: site(at: position))
    }

    private mutating func parseEnumRange(orSay message: String) throws(Unparsable) -> NumberRange? {
        let position = current.position
        let first = try enumNumber(orSay: message)
        var last = first
        if take(.to) {
            if take(.max) {
                return first.map { NumberRange(first: $0, last: nil, site: site(at: position)) }
            }
            last = try enumNumber(orSay: "Expected integer.")
        }
        guard let first, let last else {
            return nil
        }
        return NumberRange(first: first, last: last, site: site(at: position))
    }
}
