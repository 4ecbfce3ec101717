/// The encoder that a type sees: a place in an ``EncodingState``.
struct ValueWriter: Encoder, SingleValueEncodingContainer {
    let state: EncodingState
    let place: EncodingState.Place

    var codingPath: [any CodingKey] { state.path(to: place.level) }

    var userInfo: [CodingUserInfoKey: Any] { state.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(KeyedWriter(state: state, place: state.makeKeyed(place)))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        ListWriter(state: state, place: state.makeList(place))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() throws {
        try state.beginSingle(place)
        state.writeNil()
    }

    func encode(_ value: Bool) throws {
        try state.beginSingle(place)
        state.write(value)
    }

    func encode(_ value: String) throws {
        try state.beginSingle(place)
        state.write(value)
    }

    func encode(_ value: Double) throws {
        try state.beginSingle(place)
        state.write(value)
    }

    func encode(_ value: Float) throws {
        try state.beginSingle(place)
        state.write(value)
    }

    func encode<T: Encodable>(_ value: T) throws { try state.writeSingle(place, value) }

    func encode(_ value: Int) throws { try encode(integer: value) }
    func encode(_ value: Int8) throws { try encode(integer: value) }
    func encode(_ value: Int16) throws { try encode(integer: value) }
    func encode(_ value: Int32) throws { try encode(integer: value) }
    func encode(_ value: Int64) throws { try encode(integer: value) }
    func encode(_ value: Int128) throws { try encode(integer: value) }
    func encode(_ value: UInt) throws { try encode(integer: value) }
    func encode(_ value: UInt8) throws { try encode(integer: value) }
    func encode(_ value: UInt16) throws { try encode(integer: value) }
    func encode(_ value: UInt32) throws { try encode(integer: value) }
    func encode(_ value: UInt64) throws { try encode(integer: value) }
    func encode(_ value: UInt128) throws { try encode(integer: value) }

    @inline(__always)
    private func encode(integer value: some FixedWidthInteger) throws {
        try state.beginSingle(place)
        state.write(integer: value)
    }
}
