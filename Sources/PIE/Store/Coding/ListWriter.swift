/// A list in an ``EncodingState``.
struct ListWriter: UnkeyedEncodingContainer {
    let state: EncodingState
    let place: EncodingState.Place

    var codingPath: [any CodingKey] { state.path(to: place.level) }

    var count: Int { state.count(of: place) }

    func encodeNil() throws {
        try state.beginElement(place)
        state.writeNil()
    }

    func encode(_ value: Bool) throws {
        try state.beginElement(place)
        state.write(value)
    }

    func encode(_ value: String) throws {
        try state.beginElement(place)
        state.write(value)
    }

    func encode(_ value: Double) throws {
        try state.beginElement(place)
        state.write(value)
    }

    func encode(_ value: Float) throws {
        try state.beginElement(place)
        state.write(value)
    }

    func encode<T: Encodable>(_ value: T) throws { try state.writeElement(place, value) }

    /// Data and other bytes arrive here.
    func encode<S: Sequence>(contentsOf sequence: S) throws where S.Element == UInt8 {
        try state.writeElements(place, bytes: sequence)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        nested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }

    func superEncoder() -> any Encoder { nested() }

    private func nested() -> ValueWriter {
        do {
            try state.beginElement(place)
            let (state, place) = state.openNested()
            return ValueWriter(state: state, place: place)
        } catch {
            state.failure = state.failure ?? error
            return ValueWriter(state: state, place: .nowhere)
        }
    }

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
        try state.beginElement(place)
        state.write(integer: value)
    }
}
