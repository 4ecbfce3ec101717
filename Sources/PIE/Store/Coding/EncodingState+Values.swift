extension EncodingState {
    func writeNil() { append(Lead.null) }

    func write(_ value: Bool) { append(value ? Lead.true : Lead.false) }

    @inline(__always)
    func write<Value: FixedWidthInteger>(integer value: Value) {
        if value >= 0 && value < 64 {
            append(Lead.smallInteger + UInt8(truncatingIfNeeded: value))
        } else {
            writeLarge(value)
        }
    }

    private func writeLarge<Value: FixedWidthInteger>(_ value: Value) {
        if value >= 0 {
            append(Lead.integer)
            writeVariable(value.magnitude - 64)
        } else if value >= -16 {
            append(Lead.smallNegative + UInt8(truncatingIfNeeded: -1 - value))
        } else {
            append(Lead.negative)
            writeVariable(value.magnitude - 17)
        }
    }

    /// Seven bits a byte, the lowest first; all but the last have the highest bit set.
    @inline(__always)
    func writeVariable<Value: UnsignedInteger & FixedWidthInteger>(_ value: Value) {
        if value < 0x80 {
            append(UInt8(truncatingIfNeeded: value))
        } else {
            writeLongVariable(value)
        }
    }

    private func writeLongVariable<Value: UnsignedInteger & FixedWidthInteger>(_ value: Value) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Four bytes; zero has no sign, because +0 and −0 are equal.
    func write(_ value: Float) {
        append(Lead.float)
        writeFixed(value == 0 ? 0 : value.bitPattern)
    }

    /// As a `Float` where that is the same number, otherwise eight bytes.
    func write(_ value: Double) {
        let short = Float(value)
        if value == 0 || Double(short).bitPattern == value.bitPattern {
            write(short)
        } else {
            append(Lead.double)
            writeFixed(value.bitPattern)
        }
    }

    private func writeFixed<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    func write(_ value: String) {
        var value = value
        value.withUTF8 { text in
            if text.count < 64 {
                append(Lead.shortString + UInt8(truncatingIfNeeded: text.count))
            } else {
                append(Lead.string)
                writeVariable(UInt64(text.count - 64))
            }
            append(contentsOf: UnsafeRawBufferPointer(text))
        }
    }

    func write(_ value: [UInt8]) {
        append(Lead.bytes)
        writeVariable(UInt64(value.count))
        value.withUnsafeBytes { append(contentsOf: $0) }
    }

    /// Writes a value of any type.
    @inline(__always)
    func write<T: Encodable>(_ value: T) throws {
        let kind = kinds.kind(of: T.self)
        if kind == .plain {
            try writePlain(value)
        } else {
            try writeKnown(value, kind)
        }
    }

    /// Writes a value of a type that is not encoded by its own code.
    ///
    /// Apart from values that are, because this function takes much of the stack.
    private func writeKnown<T: Encodable>(_ value: T, _ kind: TypeKind) throws {
        // SAFETY: a kind other than `plain` says which type T is, so the casts are from a type to itself; a conditional
        // cast of each value would cost more than all the rest.
        switch kind {
        case .plain: try writePlain(value)
        case .string: write(unsafeBitCast(value, to: String.self))
        case .bool: write(unsafeBitCast(value, to: Bool.self))
        case .double: write(unsafeBitCast(value, to: Double.self))
        case .float: write(unsafeBitCast(value, to: Float.self))
        case .int: write(integer: unsafeBitCast(value, to: Int.self))
        case .int8: write(integer: unsafeBitCast(value, to: Int8.self))
        case .int16: write(integer: unsafeBitCast(value, to: Int16.self))
        case .int32: write(integer: unsafeBitCast(value, to: Int32.self))
        case .int64: write(integer: unsafeBitCast(value, to: Int64.self))
        case .int128: write(integer: unsafeBitCast(value, to: Int128.self))
        case .uint: write(integer: unsafeBitCast(value, to: UInt.self))
        case .uint8: write(integer: unsafeBitCast(value, to: UInt8.self))
        case .uint16: write(integer: unsafeBitCast(value, to: UInt16.self))
        case .uint32: write(integer: unsafeBitCast(value, to: UInt32.self))
        case .uint64: write(integer: unsafeBitCast(value, to: UInt64.self))
        case .uint128: write(integer: unsafeBitCast(value, to: UInt128.self))
        case .bytes: write(unsafeBitCast(value, to: [UInt8].self))
        case .set: try writeSet(value)
        case .dictionary: try writeDictionary(value)
        case .nestedOptional: try writeNestedOptional(value)
        }
    }

    /// Writes a value by its own `encode(to:)`.
    func writePlain<T: Encodable>(_ value: T) throws {
        let place = try open()
        do {
            try value.encode(to: ValueWriter(state: self, place: place))
        } catch {
            depth = place.level
            throw error
        }
        close(to: place.level)
    }

    private func writeNestedOptional<T: Encodable>(_ value: T) throws {
        guard let value = value as? any NestedOptional else { return try writePlain(value) }
        let level = try open().level
        frames[level].kind = .single
        do {
            try value.writeNested(to: self)
        } catch {
            depth = level
            throw error
        }
        close(to: level)
    }
}
