/// Fields.
extension Parser {
    /// Where a field stands, which decides what may stand before its type.
    enum FieldContext {
        case message
        case oneof
        case extend
    }

    /// Parses a field with its label.
    ///
    /// - Parameters:
    ///   - context: where the field stands.
    ///   - messages: takes the message that a group declares, or that a map stands for.
    ///   - depth: the depth of such a message.
    /// - Returns: the field.
    /// - Throws: ``Unparsable`` after a mistake.
    mutating func parseField(
        in context: FieldContext,
        messages: inout [MessageDeclaration],
        depth: Int
    ) throws(Unparsable) -> FieldDeclaration {
        let label = parseLabel(in: context)
        let typePosition = current.position
        let fieldType = try parseFieldType(in: context, label: label)
        let namePosition = current.position
        let name = try identifier(orSay: "Expected field name.")
        try expect(ASCII.equals, orSay: "Missing field number.")
        let numberPosition = current.position
        let number = try fieldNumber(orSay: "Expected field number.")
        let site = site(at: namePosition)
        _ = self.site(at: typePosition)
        _ = self.site(at: numberPosition)
        var field = FieldDeclaration(label: label, type: fieldType, name: name, number: number, site: site)
        if isAt(ASCII.openBracket) {
            try parseFieldOptions(of: &field)
        }
        switch fieldType {
        case .group:
            try parseGroup(of: &field, position: namePosition, messages: &messages, depth: depth)
        case .map:
            let entry = Self.mapEntryName(for: name)
            messages.append(MessageDeclaration(kind: .mapEntry, name: entry, site: site))
            endStatement()
        case .scalar, .named:
            endStatement()
        }
        return field
    }

    private mutating func parseLabel(in context: FieldContext) -> FieldDeclaration.Label? {
        let label: FieldDeclaration.Label
        if isAt(.optional) {
            label = .optional
        } else if isAt(.required) {
            label = .required
        } else if isAt(.repeated) {
            label = .repeated
        } else {
            return nil
        }
        if context == .oneof {
            report("Fields in oneofs must not have labels (required / optional / repeated).")
            advance()
            return nil
        }
        advance()
        return label
    }

    private mutating func parseFieldType(
        in context: FieldContext,
        label: FieldDeclaration.Label?
    ) throws(Unparsable) -> FieldType {
        let position = current.position
        let startsWithMap = take(.map)
        if startsWithMap && isAt(ASCII.less) {
            return try parseMapType(in: context, hasLabel: label != nil)
        }
        if label == nil && context != .oneof && !version.hasImplicitLabels {
            report("Expected \"required\", \"optional\", or \"repeated\".", at: position)
        }
        // A message may be called `map`. The compiler takes the one word for the whole name; so does this.
        return startsWithMap ? .named("map") : try parseType()
    }

    private mutating func parseMapType(in context: FieldContext, hasLabel: Bool) throws(Unparsable) -> FieldType {
        if hasLabel {
            report("Field labels (required/optional/repeated) are not allowed on map fields.")
        }
        switch context {
        case .extend: report("Map fields are not allowed to be extensions.")
        case .oneof: report("Map fields are not allowed in oneofs.")
        case .message: break
        }
        advance()
        let site = site(at: current.position)
        let key = try parseType()
        try expect(ASCII.comma)
        _ = self.site(at: current.position)
        let value = try parseType()
        try expect(ASCII.greater)
        return .map(key: key, value: value, site: site)
    }

    private mutating func parseType() throws(Unparsable) -> FieldType {
        if let scalar = ScalarType(current.word) {
            advance()
            return .scalar(scalar)
        }
        if take(.group) {
            return .group("")
        }
        return .named(try parseTypeReference().name)
    }

    /// Parses the name of a message or an enum.
    mutating func parseTypeReference() throws(Unparsable) -> TypeReference {
        let position = current.position
        var name = take(ASCII.dot) ? "." : ""
        if name.isEmpty && (isAt(.group) || ScalarType(current.word) != nil) {
            // The statement makes sense otherwise. The empty name stands for no type and is looked up by nobody.
            report("Expected message type.")
            advance()
            return TypeReference(name: "", site: site(at: position))
        }
        name += try dottedName(orSay: "Expected type name.")
        return TypeReference(name: name, site: site(at: position))
    }

    private mutating func parseGroup(
        of field: inout FieldDeclaration,
        position: SourcePosition,
        messages: inout [MessageDeclaration],
        depth: Int
    ) throws(Unparsable) {
        let name = field.name
        if let first = name.utf8.first, !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) {
            report("Group names must start with a capital letter.", at: position)
        }
        field.type = .group(name)
        field.name = name.lowercased()
        guard isAt(ASCII.openBrace) else {
            throw fail("Missing group body.")
        }
        guard depth <= Self.maximumMessageDepth else {
            throw fail("Reached maximum recursion limit for nested messages.")
        }
        advance()
        var message = MessageDeclaration(kind: .group, name: name, site: field.site)
        parseBody(of: &message, depth: depth)
        messages.append(message)
    }

    /// The name of the message that stands for the entries of the map `field`.
    private static func mapEntryName(for field: String) -> String {
        var result: [UInt8] = []
        var capitalizes = true
        for byte in field.utf8 {
            if byte == ASCII.underscore {
                capitalizes = true
                continue
            }
            let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            result.append(capitalizes && isSmall ? byte & ~0x20 : byte)
            capitalizes = false
        }
        return String(decoding: result, as: UTF8.self) + "Entry"
    }
}
