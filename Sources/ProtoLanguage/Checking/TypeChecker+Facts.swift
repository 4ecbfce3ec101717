/// What the checks need to know of a type, beyond its kind.
enum TypeFact: Hashable, Codable, Sendable {
    /// The numbers that the message is open to extensions in.
    case extensionRanges
    /// The values of the enum.
    case enumValues
}

/// The checks that depend on more than the kinds of the types.
extension TypeChecker {
    /// The full names of the types of which something has to be known, each with what that is, each once.
    var neededFacts: [(type: String, fact: TypeFact)] {
        var seen: Set<String> = []
        return resolved.compactMap { entry in
            guard let fact = neededFact(of: entry), seen.insert(entry.target).inserted else {
                return nil
            }
            return (entry.target, fact)
        }
    }

    private func neededFact(of entry: Resolved) -> TypeFact? {
        switch (entry.reference.use, entry.kind) {
        case (.extendee, .message):
            .extensionRanges
        case (.field(let field), .closedEnum), (.field(let field), .openEnum):
            field.defaultValue.map { _ in .enumValues }
        default:
            nil
        }
    }

    /// Reports default values that are no value of their enum.
    ///
    /// - Parameter values: the values of the enums in `neededFacts`, by the full name of the enum.
    mutating func checkDefaults(values: [String: [String]]) {
        for entry in resolved {
            guard case .field(let field) = entry.reference.use, let defaultValue = field.defaultValue,
                let values = values[entry.target]
            else {
                continue
            }
            let name = defaultValue.value.spelling
            if !values.contains(name) {
                report(defaultValue.site, "Enum type \"\(entry.target)\" has no value named \"\(name)\".")
            }
        }
    }

    /// Reports extensions whose numbers are not open to extensions, or are taken by another.
    ///
    /// - Parameter ranges: the ranges of the messages in `neededFacts`, by the full name of the message.
    mutating func checkExtensions(ranges: [String: [NumberBounds]]) {
        var owners: [String: [Int32: String]] = [:]
        for entry in resolved {
            guard case .extendee(let block) = entry.reference.use, entry.kind == .message else {
                continue
            }
            if syntax.version == .proto3 && !Self.optionMessages.contains(entry.target) {
                report(entry.reference.site, "Extensions in proto3 are only allowed for defining options.")
            }
            let ranges = ranges[entry.target] ?? []
            let scope = QualifiedName.join(syntax.packageName, entry.reference.scope)
            for field in block.fields {
                guard let number = field.number else {
                    continue
                }
                if let owner = owners[entry.target]?[number] {
                    report(
                        field.numberSite,
                        "Extension number \(number) has already been used in \"\(entry.target)\" by extension "
                            + "\"\(owner)\"."
                    )
                } else {
                    owners[entry.target, default: [:]][number] = QualifiedName.join(scope, field.name)
                }
                if !ranges.contains(where: { $0.contains(number) }) {
                    report(
                        field.numberSite,
                        "\"\(entry.target)\" does not declare \(number) as an extension number."
                    )
                }
            }
        }
    }

    /// The messages that proto3 files may extend.
    private static let optionMessages: Set<String> = [
        "google.protobuf.FileOptions", "google.protobuf.MessageOptions", "google.protobuf.FieldOptions",
        "google.protobuf.OneofOptions", "google.protobuf.ExtensionRangeOptions", "google.protobuf.EnumOptions",
        "google.protobuf.EnumValueOptions", "google.protobuf.ServiceOptions", "google.protobuf.MethodOptions",
        "google.protobuf.StreamOptions",
    ]
}

extension OptionValue {
    /// The value as a source could write it, for errors.
    fileprivate var spelling: String {
        switch self {
        case .identifier(let name): name
        case .integer(let value, let isNegative): (isNegative ? "-" : "") + String(value)
        case .float(let value): String(value)
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .message: "{ … }"
        case .list: "[ … ]"
        }
    }
}
