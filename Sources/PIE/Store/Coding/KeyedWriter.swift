/// A container of fields in an ``EncodingState``.
struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let state: EncodingState
    let place: EncodingState.Place

    var codingPath: [any CodingKey] { state.path(to: place.level) }

    func encodeNil(forKey key: Key) throws {
        try state.beginField(place, key)
        state.writeNil()
    }

    func encode(_ value: Bool, forKey key: Key) throws {
        try state.beginField(place, key)
        state.write(value)
    }

    func encode(_ value: String, forKey key: Key) throws {
        try state.beginField(place, key)
        state.write(value)
    }

    func encode(_ value: Double, forKey key: Key) throws {
        try state.beginField(place, key)
        state.write(value)
    }

    func encode(_ value: Float, forKey key: Key) throws {
        try state.beginField(place, key)
        state.write(value)
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try state.writeField(place, key, value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { nested(key).unkeyedContainer() }

    func superEncoder() -> any Encoder { nested(PathKey.superclass) }

    func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    private func nested(_ key: some CodingKey) -> ValueWriter {
        do {
            try state.beginField(place, key)
            let (state, place) = state.openNested()
            return ValueWriter(state: state, place: place)
        } catch {
            state.failure = state.failure ?? error
            return ValueWriter(state: state, place: .nowhere)
        }
    }

    func encode(_ value: Int, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: Int8, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: Int16, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: Int32, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: Int64, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: Int128, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: UInt, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: UInt8, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: UInt16, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: UInt32, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: UInt64, forKey key: Key) throws { try encode(integer: value, key) }
    func encode(_ value: UInt128, forKey key: Key) throws { try encode(integer: value, key) }

    @inline(__always)
    private func encode(integer value: some FixedWidthInteger, _ key: Key) throws {
        try state.beginField(place, key)
        state.write(integer: value)
    }
}
