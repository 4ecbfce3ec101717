/// Whether each name stands for something that can be used where it is used.
extension TypeChecker {
    /// Reports names that stand for the wrong thing.
    mutating func checkKinds() {
        for entry in resolved {
            let reference = entry.reference
            switch reference.use {
            case .field(let field):
                checkField(field, entry)
            case .mapKey:
                checkMapKey(entry)
            case .extendee, .method:
                if entry.kind != .message {
                    report(reference.site, "\"\(reference.name)\" is not a message type.")
                }
            }
        }
    }

    private mutating func checkField(_ field: FieldDeclaration, _ entry: Resolved) {
        let reference = entry.reference
        switch entry.kind {
        case .message:
            if let defaultValue = field.defaultValue {
                report(defaultValue.site, "Messages can't have default values.")
            }
        case .closedEnum where syntax.version == .proto3:
            report(
                reference.site,
                "Enum type \"\(entry.target)\" is not a proto3 enum, but is used in "
                    + "\"\(QualifiedName.join(syntax.packageName, reference.scope))\" which is a proto3 message type."
            )
        case .openEnum, .closedEnum:
            break
        default:
            report(reference.site, "\"\(reference.name)\" is not a type.")
        }
    }

    private mutating func checkMapKey(_ entry: Resolved) {
        switch entry.kind {
        case .openEnum, .closedEnum:
            report(entry.reference.site, "Key in map fields cannot be enum types.")
        case .message:
            report(entry.reference.site, "Key in map fields cannot be float/double, bytes or message types.")
        default:
            report(entry.reference.site, "\"\(entry.reference.name)\" is not a type.")
        }
    }
}
