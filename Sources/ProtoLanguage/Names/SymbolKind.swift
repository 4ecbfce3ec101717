/// What a name stands for.
package enum SymbolKind: UInt8, Codable, Sendable {
    case package
    case message
    /// An enum of a proto3 file, whose fields may have numbers that it does not list.
    case openEnum
    /// An enum of a proto2 file.
    case closedEnum
    case enumValue
    case field
    case `extension`
    case oneof
    case service
    case method

    /// Whether a field may have this as its type.
    package var isType: Bool {
        switch self {
        case .message, .openEnum, .closedEnum: true
        default: false
        }
    }

    /// Whether names can be looked up in this.
    package var isAggregate: Bool { isType || self == .package || self == .service }
}
