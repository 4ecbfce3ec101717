/// Messages and what stands in them.
extension Parser {
    /// Parses a message from its keyword on.
    mutating func parseMessage(depth: Int) throws(Unparsable) -> MessageDeclaration {
        guard depth <= Self.maximumMessageDepth else {
            throw fail("Reached maximum recursion limit for nested messages.")
        }
        advance()
        let position = current.position
        let name = try identifier(orSay: "Expected message name.")
        var message = MessageDeclaration(kind: .message, name: name, site: site(at: position))
        try expect(ASCII.openBrace)
        parseBody(of: &message, depth: depth)
        return message
    }

    /// Parses the body of a message or a group, whose opening brace has been taken.
    mutating func parseBody(of message: inout MessageDeclaration, depth: Int) {
        var body = message
        parseBlock(of: "message definition") { parser throws(Unparsable) in
            try parser.parseMessageStatement(into: &body, depth: depth)
        }
        message = body
    }

    private mutating func parseMessageStatement(
        into message: inout MessageDeclaration,
        depth: Int
    ) throws(Unparsable) {
        if take(ASCII.semicolon) {
            return
        }
        if isAt(.message) {
            message.messages.append(try parseMessage(depth: depth + 1))
        } else if isAt(.enum) {
            message.enums.append(try parseEnum())
        } else if isAt(.extensions) {
            try parseExtensionRanges(into: &message)
        } else if isAt(.reserved) {
            try parseReserved(into: &message)
        } else if isAt(.extend) {
            try parseExtend(into: &message.extends, messages: &message.messages, depth: depth + 1)
        } else if isAt(.option) {
            message.options.append(try parseOptionStatement())
        } else if isAt(.oneof) {
            try parseOneof(into: &message, depth: depth)
        } else {
            let field = try parseField(in: .message, messages: &message.messages, depth: depth + 1)
            message.fields.append(field)
        }
    }

    /// Parses an `extend` block from its keyword on.
    mutating func parseExtend(
        into extends: inout [ExtendDeclaration],
        messages: inout [MessageDeclaration],
        depth: Int
    ) throws(Unparsable) {
        advance()
        var block = ExtendDeclaration(extendee: try parseTypeReference())
        try expect(ASCII.openBrace)
        var groups: [MessageDeclaration] = []
        // The language wants at least one extension.
        repeat {
            guard !isAtEnd else {
                report("Reached end of input in extend definition (missing '}').")
                break
            }
            do throws(Unparsable) {
                block.fields.append(try parseField(in: .extend, messages: &groups, depth: depth))
            } catch {
                skipStatement()
            }
        } while !take(ASCII.closeBrace)
        extends.append(block)
        messages += groups
    }

    private mutating func parseOneof(into message: inout MessageDeclaration, depth: Int) throws(Unparsable) {
        advance()
        let position = current.position
        let name = try identifier(orSay: "Expected oneof name.")
        var oneof = OneofDeclaration(name: name, site: site(at: position))
        try expect(ASCII.openBrace)
        let index = message.oneofs.count
        repeat {
            guard !isAtEnd else {
                report("Reached end of input in oneof definition (missing '}').")
                break
            }
            do throws(Unparsable) {
                if isAt(.option) {
                    oneof.options.append(try parseOptionStatement())
                } else {
                    var field = try parseField(in: .oneof, messages: &message.messages, depth: depth + 1)
                    field.oneof = index
                    message.fields.append(field)
                }
            } catch {
                skipStatement()
            }
        } while !take(ASCII.closeBrace)
        message.oneofs.append(oneof)
    }
}
