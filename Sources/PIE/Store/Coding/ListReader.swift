/// A list in a ``DecodingState``: of values, of keys and values in turn, or of bytes.
struct ListReader: UnkeyedDecodingContainer {
    let state: DecodingState
    let head: DecodingState.Head
    let start: Int
    let level: Int
    /// The number of elements, if it is known.
    let known: Int?

    private(set) var position: Int
    private(set) var currentIndex = 0

    init(state: DecodingState, head: DecodingState.Head, start: Int, level: Int) {
        self.state = state
        self.head = head
        self.start = start
        self.level = level
        known = head.count.map { head.form == .map ? $0 * 2 : $0 }
        position = head.first
    }

    var codingPath: [any CodingKey] { state.path(to: start) }

    var count: Int? { known ?? (try? state.count(of: head, at: start)) }

    var isAtEnd: Bool {
        if let known { return currentIndex == known }
        return state.isByte(Lead.end, at: position)
    }

    mutating func decodeNil() throws -> Bool {
        try checkEnd(Any?.self)
        guard head.form != .bytes, state.isNil(at: position) else { return false }
        advance(to: position + 1)
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool {
        try check(type)
        let value = try state.bool(at: position)
        advance(to: position + 1)
        return value
    }

    mutating func decode(_ type: String.Type) throws -> String {
        try check(type)
        var end = 0
        let value = try state.string(at: position, end: &end)
        advance(to: end)
        return value
    }

    mutating func decode(_ type: Double.Type) throws -> Double {
        try check(type)
        var end = 0
        let value = try state.double(at: position, end: &end)
        advance(to: end)
        return value
    }

    mutating func decode(_ type: Float.Type) throws -> Float {
        try check(type)
        var end = 0
        let value = try state.float(at: position, end: &end)
        advance(to: end)
        return value
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if head.form == .bytes { return try decodeByte(type) }
        try checkEnd(type)
        let value = try state.read(type, at: position, level: level + 1)
        advance(to: try state.end(of: position, level: level + 1))
        return value
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try nested { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try nested { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try nested { $0 } }

    mutating func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try integer(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try integer(type) }

    @inline(__always)
    private mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        try checkEnd(type)
        var end = position + 1
        let value: Value
        if head.form == .bytes {
            guard let byte = Value(exactly: try state.byte(at: position)) else {
                throw state.corrupt(position, "an integer does not fit into \(type)")
            }
            value = byte
        } else {
            value = try state.integer(type, at: position, end: &end)
        }
        advance(to: end)
        return value
    }

    /// Makes a value of a type out of one byte.
    private mutating func decodeByte<T: Decodable>(_ type: T.Type) throws -> T {
        let byte = try integer(UInt8.self)
        guard (TypeKind.int.rawValue...TypeKind.uint128.rawValue).contains(state.kinds.kind(of: type).rawValue) else {
            throw state.mismatch(start, type)
        }
        guard let integer = type as? any FixedWidthInteger.Type, let value = integer.init(exactly: byte) as? T else {
            throw state.corrupt(position - 1, "an integer does not fit into \(type)")
        }
        return value
    }

    /// Reads a container here, and goes on behind it, wherever its reader will go.
    private mutating func nested<Container>(_ container: (ValueReader) throws -> Container) throws -> Container {
        try check(Container.self)
        guard level + 1 < state.depthLimit else { throw state.tooDeep(position) }
        let nested = try container(ValueReader(state: state, offset: position, level: level + 1))
        advance(to: try state.skip(position))
        return nested
    }

    private mutating func advance(to end: Int) {
        position = end
        currentIndex += 1
        if isAtEnd { state.last = DecodingState.Extent(start: start, end: known == nil ? end + 1 : end) }
    }

    private func check(_ type: Any.Type) throws {
        try checkEnd(type)
        if head.form == .bytes { throw state.mismatch(start, type) }
    }

    private func checkEnd(_ type: Any.Type) throws {
        guard isAtEnd else { return }
        throw DecodingError.valueNotFound(
            type,
            state.context(start, "the list has \(currentIndex) elements, and one more is asked for")
        )
    }
}
