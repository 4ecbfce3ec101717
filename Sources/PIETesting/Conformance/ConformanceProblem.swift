/// Something that a task, a stamper, a projection or a resource of yours does not keep of what its protocol asks for.
public struct ConformanceProblem: Hashable, Sendable {
    /// What is wrong, to switch over.
    public let kind: Kind

    /// What is wrong, in one line.
    public let title: String

    /// What the problem is about: the values, and what was found of them.
    public let details: [Detail]

    /// What to change.
    public let hint: String

    /// What may be wrong.
    public enum Kind: Hashable, Sendable {
        /// Two values are equal that should not be, or are not that should be.
        case equality

        /// Equal values have different hashes.
        case hash

        /// A value cannot be encoded; or equal values have different encodings, or different ones have the same.
        case encoding

        /// A value cannot be decoded, or comes back as another one.
        case decoding

        /// Equal outputs have different stamps or projections.
        case reduction

        /// A resource cannot be loaded or stamped, or its stamps do not say whether its content is the same.
        case stamp

        /// The identifier of a task type is not stable, is another's as well, or is not registered.
        case typeIdentifier
    }

    /// One line of a problem's details.
    public struct Detail: Hashable, Sendable {
        /// What the value is, such as `decoded`.
        public let label: String

        /// The value.
        public let value: String
    }

    init(_ kind: Kind, _ title: String, _ details: KeyValuePairs<String, String>, hint: String) {
        self.kind = kind
        self.title = title
        self.details = details.map { Detail(label: $0.key, value: $0.value.shortened(to: 160)) }
        self.hint = hint
    }
}

extension ConformanceProblem: CustomStringConvertible {
    /// The title, the details in aligned columns, and the hint.
    public var description: String {
        let width = details.map(\.label.count).max() ?? 0
        var lines = [title]
        for detail in details {
            let padding = String(repeating: " ", count: width - detail.label.count)
            lines.append("  \(detail.label)\(padding)  \(detail.value)")
        }
        lines.append("  hint: \(hint)")
        return lines.joined(separator: "\n")
    }
}
