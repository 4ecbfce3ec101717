/// The decoder that a type sees: a value in a ``DecodingState``.
struct ValueReader: Decoder, SingleValueDecodingContainer {
    let state: DecodingState
    let offset: Int
    let level: Int

    var codingPath: [any CodingKey] { state.path(to: offset) }

    var userInfo: [CodingUserInfoKey: Any] { state.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let head = try state.head(at: offset), head.form == .keyed || head.form == .map else {
            throw state.mismatch(offset, [String: Any].self)
        }
        return KeyedDecodingContainer(KeyedReader(state: state, start: offset, level: level))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let head = try state.head(at: offset), head.form != .keyed else {
            throw state.mismatch(offset, [Any].self)
        }
        return ListReader(state: state, head: head, start: offset, level: level)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { state.isNil(at: offset) }

    func decode(_ type: Bool.Type) throws -> Bool { try state.bool(at: offset) }

    func decode(_ type: String.Type) throws -> String { try state.string(at: offset) }

    func decode(_ type: Double.Type) throws -> Double {
        var end = 0
        return try state.double(at: offset, end: &end)
    }

    func decode(_ type: Float.Type) throws -> Float {
        var end = 0
        return try state.float(at: offset, end: &end)
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T { try state.read(type, at: offset, level: level + 1) }

    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: Int128.Type) throws -> Int128 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try integer(type) }

    @inline(__always)
    private func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        var end = 0
        return try state.integer(type, at: offset, end: &end)
    }
}
