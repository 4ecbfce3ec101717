/// Services.
extension Parser {
    /// Parses a service from its keyword on.
    mutating func parseService() throws(Unparsable) -> ServiceDeclaration {
        advance()
        let position = current.position
        let name = try identifier(orSay: "Expected service name.")
        var service = ServiceDeclaration(name: name, site: site(at: position))
        try expect(ASCII.openBrace)
        parseBlock(of: "service definition") { parser throws(Unparsable) in
            if parser.take(ASCII.semicolon) {
                return
            }
            if parser.isAt(.option) {
                service.options.append(try parser.parseOptionStatement())
            } else {
                service.methods.append(try parser.parseMethod())
            }
        }
        return service
    }

    private mutating func parseMethod() throws(Unparsable) -> MethodDeclaration {
        try expect(.rpc, named: "rpc")
        let position = current.position
        let name = try identifier(orSay: "Expected method name.")
        let site = site(at: position)
        let (input, isClientStreaming) = try parseMethodType()
        try expect(.returns, named: "returns")
        let (output, isServerStreaming) = try parseMethodType()
        var method = MethodDeclaration(
            name: name,
            site: site,
            input: input,
            isClientStreaming: isClientStreaming,
            output: output,
            isServerStreaming: isServerStreaming
        )
        if take(ASCII.openBrace) {
            parseBlock(of: "method options") { parser throws(Unparsable) in
                guard !parser.take(ASCII.semicolon) else {
                    return
                }
                guard parser.isAt(.option) else {
                    throw parser.fail("Expected \"option\".")
                }
                method.options.append(try parser.parseOptionStatement())
            }
        } else {
            endStatement()
        }
        return method
    }

    private mutating func parseMethodType() throws(Unparsable) -> (TypeReference, isStream: Bool) {
        try expect(ASCII.openParenthesis)
        let isStream = take(.stream)
        let type = try parseTypeReference()
        try expect(ASCII.closeParenthesis)
        return (type, isStream)
    }
}
