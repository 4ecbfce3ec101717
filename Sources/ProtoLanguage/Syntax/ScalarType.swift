/// The types that the language has by itself.
package enum ScalarType: UInt8, Codable, Sendable, CaseIterable {
    case double
    case float
    case int64
    case uint64
    case int32
    case fixed64
    case fixed32
    case bool
    case string
    case bytes
    case uint32
    case sfixed32
    case sfixed64
    case sint32
    case sint64
}

extension ScalarType {
    private static let byWord: [UInt128: ScalarType] = {
        var result: [UInt128: ScalarType] = [:]
        for type in allCases {
            result["\(type)".utf8.reduce(0) { $0 << 8 | UInt128($1) }] = type
        }
        return result
    }()

    /// The type that `word` names, if it names one.
    init?(_ word: Word) {
        guard let type = Self.byWord[word.packed] else {
            return nil
        }
        self = type
    }

    /// Whether the keys of a map may have this type.
    var isMapKey: Bool {
        switch self {
        case .double, .float, .bytes: false
        default: true
        }
    }
}
