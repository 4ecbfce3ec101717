/// A container of fields, or a dictionary, in a ``DecodingState``.
struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let state: DecodingState
    let start: Int
    let level: Int

    var codingPath: [any CodingKey] { state.path(to: start) }

    var allKeys: [Key] {
        var keys: [Key] = []
        var index = 0
        while let field = try? state.field(at: index, in: start, level: level) {
            if let key = state.key(of: field, in: start, as: Key.self) { keys.append(key) }
            index += 1
        }
        return keys
    }

    func contains(_ key: Key) -> Bool {
        do {
            return try state.field(key, in: start, level: level) != nil
        } catch {
            // The field may be behind what is damaged: decoding it says so.
            return true
        }
    }

    func decodeNil(forKey key: Key) throws -> Bool { state.isNil(at: try offset(key)) }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try state.bool(at: offset(key)) }

    func decode(_ type: String.Type, forKey key: Key) throws -> String { try state.string(at: offset(key)) }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        var end = 0
        return try state.double(at: offset(key), end: &end)
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        var end = 0
        return try state.float(at: offset(key), end: &end)
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try state.read(type, at: offset(key), level: level + 1)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let offset = try state.field(key, in: start, level: level) else { return nil }
        // A field that is there and `nil` is a `nil` of the inner one of two optionals.
        if state.isNil(at: offset) && !(type is any OptionalValue.Type) { return nil }
        return try state.read(type, at: offset, level: level + 1)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try nested(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try nested(PathKey.superclass) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key) }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try integer(type, key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try integer(type, key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try integer(type, key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try integer(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try integer(type, key) }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try integer(type, key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try integer(type, key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try integer(type, key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try integer(type, key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try integer(type, key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try integer(type, key) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try integer(type, key) }

    @inline(__always)
    private func integer<Value: FixedWidthInteger>(_ type: Value.Type, _ key: Key) throws -> Value {
        var end = 0
        return try state.integer(type, at: offset(key), end: &end)
    }

    private func nested(_ key: some CodingKey) throws -> ValueReader {
        let offset = try offset(key)
        guard level + 1 < state.depthLimit else { throw state.tooDeep(offset) }
        return ValueReader(state: state, offset: offset, level: level + 1)
    }

    @inline(__always)
    private func offset(_ key: some CodingKey) throws -> Int {
        if let offset = try state.field(key, in: start, level: level) { return offset }
        throw DecodingError.keyNotFound(
            key,
            state.context(start, "there is no field '\(key.stringValue)'")
        )
    }
}
