/// The statements of a file.
extension Parser {
    /// Parses the whole source.
    mutating func parseFile() -> SyntaxTree {
        var syntax = SyntaxTree()
        if isAt(.syntax) || isAt(.edition) {
            do throws(Unparsable) {
                try parseVersion()
            } catch {
                skipStatement()
            }
        }
        syntax.version = version
        while !isAtEnd {
            do throws(Unparsable) {
                try parseTopLevelStatement(into: &syntax)
            } catch {
                skipStatement()
                if isAt(ASCII.closeBrace) {
                    report("Unmatched \"}\".")
                    advance()
                }
            }
        }
        return syntax
    }

    private mutating func parseVersion() throws(Unparsable) {
        let isEdition = isAt(.edition)
        advance()
        try expect(ASCII.equals)
        let position = current.position
        let bytes = try string(orSay: isEdition ? "Expected edition identifier." : "Expected syntax identifier.")
        let name = String(decoding: bytes, as: UTF8.self)
        if isEdition {
            report("Edition \"\(name)\" is not supported: only \"proto2\" and \"proto3\" are.", at: position)
            version = .unsupported
        } else if name == "proto2" {
            version = .proto2
        } else if name == "proto3" {
            version = .proto3
        } else {
            let hint = "This parser only recognizes \"proto2\" and \"proto3\"."
            report("Unrecognized syntax identifier \"\(name)\".  \(hint)", at: position)
            version = .unsupported
        }
        if version == .unsupported {
            dropLaterDiagnostics()
        }
        try expect(ASCII.semicolon)
    }

    private mutating func parseTopLevelStatement(into syntax: inout SyntaxTree) throws(Unparsable) {
        if take(ASCII.semicolon) {
            return
        }
        if isAt(.message) {
            syntax.messages.append(try parseMessage(depth: 1))
        } else if isAt(.enum) {
            syntax.enums.append(try parseEnum())
        } else if isAt(.service) {
            syntax.services.append(try parseService())
        } else if isAt(.extend) {
            try parseExtend(into: &syntax.extends, messages: &syntax.messages, depth: 1)
        } else if isAt(.import) {
            syntax.imports.append(try parseImport())
        } else if isAt(.package) {
            try parsePackage(into: &syntax)
        } else if isAt(.option) {
            syntax.options.append(try parseOptionStatement())
        } else {
            throw fail("Expected top-level statement (e.g. \"message\").")
        }
    }

    private mutating func parseImport() throws(Unparsable) -> ImportDeclaration {
        let position = current.position
        advance()
        var kind = ImportDeclaration.Kind.plain
        if take(.public) {
            kind = .public
        } else if take(.weak) {
            kind = .weak
        }
        let path = try string(orSay: "Expected a string naming the file to import.")
        let result = ImportDeclaration(
            kind: kind,
            path: String(decoding: path, as: UTF8.self),
            site: site(at: position)
        )
        endStatement()
        return result
    }

    private mutating func parsePackage(into syntax: inout SyntaxTree) throws(Unparsable) {
        if syntax.package != nil {
            report("Multiple package definitions.")
        }
        let position = current.position
        advance()
        let name = try dottedName(orSay: "Expected identifier.")
        if syntax.package == nil {
            syntax.package = PackageDeclaration(name: name, site: site(at: position))
        }
        endStatement()
    }
}
