/// Single fields.
extension FileChecker {
    /// Checks what can be said of `field` alone.
    mutating func check(_ field: FieldDeclaration, isExtension: Bool) {
        if let number = field.number {
            checkNumber(number, of: field, isExtension: isExtension)
        }
        if let defaultValue = field.defaultValue {
            checkDefault(defaultValue, of: field)
        }
        if case .map(.scalar(let key), _, _) = field.type, !key.isMapKey {
            report(field.nameSite, "Key in map fields cannot be float/double, bytes or message types.")
        }
        if isExtension && field.jsonName != nil {
            report(field.nameSite, "option json_name is not allowed on extension fields.")
        }
        guard syntax.version == .proto3 else {
            return
        }
        if field.label == .required {
            report(field.typeSite, "Required fields are not allowed in proto3.")
        }
        if case .group = field.type {
            report(field.typeSite, "Groups are not supported in proto3 syntax.")
        }
    }

    private mutating func checkNumber(_ number: Int32, of field: FieldDeclaration, isExtension: Bool) {
        if number <= 0 {
            report(field.numberSite, "Field numbers must be positive integers.")
        } else if number > FieldNumber.maximum && !isExtension {
            // The ranges of the extended message bound the numbers of extensions.
            report(field.numberSite, "Field numbers cannot be greater than \(FieldNumber.maximum).")
        } else if FieldNumber.implementationRange.contains(number) {
            report(
                field.numberSite,
                "Field numbers 19000 through 19999 are reserved for the protocol buffer library implementation."
            )
        }
    }

    private mutating func checkDefault(_ defaultValue: DefaultValue, of field: FieldDeclaration) {
        if syntax.version == .proto3 {
            report(defaultValue.site, "Explicit default values are not allowed in proto3.")
        }
        if case .map = field.type {
            report(defaultValue.site, "Repeated fields can't have default values.")
        } else if field.label == .repeated {
            report(defaultValue.site, "Repeated fields can't have default values.")
        } else if case .group = field.type {
            report(defaultValue.site, "Messages can't have default values.")
        }
    }
}

/// The names that fields have in JSON.
extension FileChecker {
    /// Reports the fields of a proto3 message that have one name in JSON.
    mutating func checkJSONNames(of message: MessageDeclaration) {
        guard syntax.version == .proto3 else {
            return
        }
        var owners: [String: FieldDeclaration] = [:]
        for field in message.fields {
            let name = field.jsonName ?? Self.jsonName(of: field.name)
            guard let owner = owners.updateValue(field, forKey: name) else {
                continue
            }
            owners[name] = owner
            // Fields of one name are reported as such.
            if owner.name != field.name {
                let kind = field.jsonName == nil ? "default" : "custom"
                let otherKind = owner.jsonName == nil ? "default" : "custom"
                report(
                    field.nameSite,
                    "The \(kind) JSON name of field \"\(field.name)\" (\"\(name)\") conflicts with the \(otherKind) "
                        + "JSON name of field \"\(owner.name)\"."
                )
            }
        }
    }

    /// `name` without its underscores, the letter after each as a capital.
    private static func jsonName(of name: String) -> String {
        guard name.utf8.contains(ASCII.underscore) else {
            return name
        }
        var result: [UInt8] = []
        var capitalizes = false
        for byte in name.utf8 {
            if byte == ASCII.underscore {
                capitalizes = true
            } else {
                let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                result.append(capitalizes && isSmall ? byte & ~0x20 : byte)
                capitalizes = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
