/// Reads what a ``RecordWriter`` has written; any other bytes end in an error.
struct RecordReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { offset == bytes.count }

    /// What was not read yet.
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[offset...]) }

    mutating func byte() throws(RecordDamage) -> UInt8 {
        guard offset < bytes.count else { throw RecordDamage() }
        defer { offset += 1 }
        return bytes[offset]
    }

    @inline(__always)
    mutating func variable() throws(RecordDamage) -> UInt64 {
        guard offset < bytes.count else { throw RecordDamage() }
        let first = bytes[offset]
        if first < 0x80 {
            offset += 1
            return UInt64(first)
        }
        return try longVariable()
    }

    private mutating func longVariable() throws(RecordDamage) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            let part = UInt64(byte & 0x7F)
            guard shift < 64, (part << shift) >> shift == part else { throw RecordDamage() }
            value |= part << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw RecordDamage()
    }

    /// A variable that fits a type.
    @inline(__always)
    mutating func variable<Number: FixedWidthInteger>(_ type: Number.Type) throws(RecordDamage) -> Number {
        guard let number = Number(exactly: try variable()) else { throw RecordDamage() }
        return number
    }

    /// A variable that is counted up from: nobody will have counted to its end.
    mutating func counter() throws(RecordDamage) -> UInt32 {
        let number = try variable(UInt32.self)
        guard number <= Self.highestCounter else { throw RecordDamage() }
        return number
    }

    /// What is left above it is more than any process counts.
    static let highestCounter = UInt32.max - 1 << 24

    mutating func signed() throws(RecordDamage) -> Int64 {
        let value = try variable()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func number() throws(RecordDamage) -> UInt64 {
        guard bytes.count - offset >= 8 else { throw RecordDamage() }
        defer { offset += 8 }
        return bytes.littleEndian(at: offset, as: UInt64.self)
    }

    /// As many bytes as the variable in front of them says.
    mutating func counted() throws(RecordDamage) -> UnsafeRawBufferPointer {
        let count = try variable(Int.self)
        guard count <= bytes.count - offset else { throw RecordDamage() }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    mutating func text() throws(RecordDamage) -> String {
        guard let text = String(validating: try counted(), as: UTF8.self) else { throw RecordDamage() }
        return text
    }

    /// How many elements follow, of which each takes a byte at least.
    mutating func count() throws(RecordDamage) -> Int {
        let count = try variable(Int.self)
        guard count <= bytes.count - offset else { throw RecordDamage() }
        return count
    }

    /// Ids in ascending order.
    mutating func ascending(_ body: (UInt32) -> Void) throws(RecordDamage) {
        var last: UInt64 = 0
        for _ in 0..<(try count()) {
            let (sum, overflow) = last.addingReportingOverflow(try variable())
            guard !overflow, let id = UInt32(exactly: sum) else { throw RecordDamage() }
            last = sum
            body(id)
        }
    }
}
