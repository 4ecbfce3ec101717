/// An optional, whatever it may hold.
protocol OptionalValue {}

extension Optional: OptionalValue {}

/// An optional of an optional, to encode.
///
/// Swift's own encoding writes `.none` and `.some(.none)` alike: two tasks that differ would have the same bytes.
protocol NestedOptional {
    func writeNested(to state: EncodingState) throws
}

extension Optional: NestedOptional where Wrapped: OptionalValue & Encodable {
    func writeNested(to state: EncodingState) throws {
        switch self {
        case .none: state.writeNil()
        case .some(let wrapped):
            state.append(Lead.some)
            try state.write(wrapped)
        }
    }
}

/// An optional of an optional, to decode.
protocol DecodableNestedOptional {
    static func readNested(from state: DecodingState, at offset: Int, level: Int) throws -> Self
}

extension Optional: DecodableNestedOptional where Wrapped: OptionalValue & Decodable {
    static func readNested(from state: DecodingState, at offset: Int, level: Int) throws -> Wrapped? {
        switch try state.byte(at: offset) {
        case Lead.null: return .none
        case Lead.some: return .some(try state.read(Wrapped.self, at: offset + 1, level: level + 1))
        default: throw state.mismatch(offset, Self.self)
        }
    }
}
