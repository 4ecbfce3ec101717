extension DecodingState {
    func isNil(at offset: Int) -> Bool { isByte(Lead.null, at: offset) }

    func bool(at offset: Int) throws -> Bool {
        switch try byte(at: offset) {
        case Lead.true: return true
        case Lead.false: return false
        default: throw mismatch(offset, Bool.self)
        }
    }

    @inline(__always)
    func integer<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int, end: inout Int) throws -> Value {
        let lead = try byte(at: offset)
        if lead < Lead.shortString {
            end = offset + 1
            return Value(truncatingIfNeeded: lead)
        }
        if Value.bitWidth > 64 { return try largeInteger(type, UInt128.self, at: offset, end: &end) }
        return try largeInteger(type, UInt64.self, at: offset, end: &end)
    }

    private func largeInteger<Value: FixedWidthInteger, Magnitude: UnsignedInteger & FixedWidthInteger>(
        _ type: Value.Type,
        _: Magnitude.Type,
        at offset: Int,
        end: inout Int
    ) throws -> Value {
        let lead = bytes[offset]
        var value: Value?
        end = offset + 1
        switch lead {
        case Lead.integer:
            let (sum, overflows) = try variable(Magnitude.self, &end).addingReportingOverflow(64)
            value = overflows ? nil : Value(exactly: sum)
        case Lead.negative where Value.isSigned:
            // −17 − n is the complement of n + 16.
            let (sum, overflows) = try variable(Magnitude.self, &end).addingReportingOverflow(16)
            value = overflows ? nil : Value(exactly: sum).map { ~$0 }
        case Lead.smallNegative..<Lead.null where Value.isSigned:
            value = ~Value(truncatingIfNeeded: lead - Lead.smallNegative)
        case Lead.negative, Lead.smallNegative..<Lead.null: break
        default: throw mismatch(offset, type)
        }
        guard let value else { throw corrupt(offset, "an integer does not fit into \(type)") }
        return value
    }

    func double(at offset: Int, end: inout Int) throws -> Double {
        switch try byte(at: offset) {
        case Lead.float: Double(Float(bitPattern: try fixed(UInt32.self, at: offset + 1, end: &end)))
        case Lead.double: Double(bitPattern: try fixed(UInt64.self, at: offset + 1, end: &end))
        default: throw mismatch(offset, Double.self)
        }
    }

    func float(at offset: Int, end: inout Int) throws -> Float {
        switch try byte(at: offset) {
        case Lead.float: return Float(bitPattern: try fixed(UInt32.self, at: offset + 1, end: &end))
        case Lead.double: throw corrupt(offset, "a number does not fit into Float")
        default: throw mismatch(offset, Float.self)
        }
    }

    private func fixed<Value: FixedWidthInteger>(
        _ type: Value.Type,
        at offset: Int,
        end: inout Int
    ) throws -> Value {
        let range = try range(at: offset, count: MemoryLayout<Value>.size)
        end = range.upperBound
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }

    /// Where the text of the string at an offset is.
    @inline(__always)
    func stringRange(at offset: Int) throws -> Range<Int> {
        let lead = try byte(at: offset)
        if lead >= Lead.shortString && lead < Lead.keyed {
            return try range(at: offset + 1, count: Int(lead - Lead.shortString))
        }
        guard lead == Lead.string else { throw mismatch(offset, String.self) }
        var position = offset + 1
        let count = try variable(UInt32.self, &position)
        return try range(at: position, count: Int(count) + 64)
    }

    func string(at offset: Int) throws -> String {
        var end = 0
        return try string(at: offset, end: &end)
    }

    func string(at offset: Int, end: inout Int) throws -> String {
        let range = try stringRange(at: offset)
        end = range.upperBound
        guard let text = string(in: range) else { throw corrupt(offset, "a string is not UTF-8") }
        return text
    }

    private func bytes(at offset: Int, end: inout Int) throws -> [UInt8]? {
        guard let head = try head(at: offset), head.form == .bytes, let count = head.count else { return nil }
        end = head.first + count
        return Array(bytes[head.first..<end])
    }

    /// Reads a value of any type.
    @inline(__always)
    func read<T: Decodable>(_ type: T.Type, at offset: Int, level: Int) throws -> T {
        switch kinds.kind(of: type) {
        case .plain, .set: try readPlain(type, at: offset, level: level)
        case .dictionary: try readDictionary(type, at: offset, level: level)
        case .nestedOptional: try readNestedOptional(type, at: offset, level: level)
        case let kind: try readKnown(type, kind, at: offset, level: level)
        }
    }

    /// Reads a value of a type that is not decoded by its own code.
    ///
    /// Apart from values that are, because this function takes much of the stack.
    private func readKnown<T: Decodable>(_ type: T.Type, _ kind: TypeKind, at offset: Int, level: Int) throws -> T {
        var end = 0
        let value: T
        // SAFETY: a kind other than `plain` says which type T is, so the casts are from a type to itself.
        switch kind {
        case .plain, .set, .dictionary, .nestedOptional: return try readPlain(type, at: offset, level: level)
        case .bytes:
            guard let bytes = try bytes(at: offset, end: &end) else {
                return try readPlain(type, at: offset, level: level)
            }
            value = unsafeBitCast(bytes, to: type)
        case .string: value = unsafeBitCast(try string(at: offset, end: &end), to: type)
        case .bool:
            value = unsafeBitCast(try bool(at: offset), to: type)
            end = offset + 1
        case .double: value = unsafeBitCast(try double(at: offset, end: &end), to: type)
        case .float: value = unsafeBitCast(try float(at: offset, end: &end), to: type)
        case .int: value = unsafeBitCast(try integer(Int.self, at: offset, end: &end), to: type)
        case .int8: value = unsafeBitCast(try integer(Int8.self, at: offset, end: &end), to: type)
        case .int16: value = unsafeBitCast(try integer(Int16.self, at: offset, end: &end), to: type)
        case .int32: value = unsafeBitCast(try integer(Int32.self, at: offset, end: &end), to: type)
        case .int64: value = unsafeBitCast(try integer(Int64.self, at: offset, end: &end), to: type)
        case .int128: value = unsafeBitCast(try integer(Int128.self, at: offset, end: &end), to: type)
        case .uint: value = unsafeBitCast(try integer(UInt.self, at: offset, end: &end), to: type)
        case .uint8: value = unsafeBitCast(try integer(UInt8.self, at: offset, end: &end), to: type)
        case .uint16: value = unsafeBitCast(try integer(UInt16.self, at: offset, end: &end), to: type)
        case .uint32: value = unsafeBitCast(try integer(UInt32.self, at: offset, end: &end), to: type)
        case .uint64: value = unsafeBitCast(try integer(UInt64.self, at: offset, end: &end), to: type)
        case .uint128: value = unsafeBitCast(try integer(UInt128.self, at: offset, end: &end), to: type)
        }
        last = Extent(start: offset, end: end)
        return value
    }

    /// Reads a value by its own `init(from:)`.
    private func readPlain<T: Decodable>(_ type: T.Type, at offset: Int, level: Int) throws -> T {
        guard level < depthLimit else { throw tooDeep(offset) }
        let value = try T(from: ValueReader(state: self, offset: offset, level: level))
        last = Extent(start: offset, end: try end(of: offset, level: level))
        return value
    }

    private func readDictionary<T: Decodable>(_ type: T.Type, at offset: Int, level: Int) throws -> T {
        guard level < depthLimit else { throw tooDeep(offset) }
        guard let head = try head(at: offset), head.form == .map, let pairs = type as? any DecodablePairs.Type else {
            return try readPlain(type, at: offset, level: level)
        }
        var list = ListReader(state: self, head: head, start: offset, level: level)
        guard let value = try pairs.readPairs(from: &list) as? T else { throw mismatch(offset, type) }
        return value
    }

    private func readNestedOptional<T: Decodable>(_ type: T.Type, at offset: Int, level: Int) throws -> T {
        guard level < depthLimit else { throw tooDeep(offset) }
        guard let optional = type as? any DecodableNestedOptional.Type,
            let value = try optional.readNested(from: self, at: offset, level: level) as? T
        else {
            throw mismatch(offset, type)
        }
        return value
    }
}
