/// Writes numbers and bytes one after the other.
///
/// A *variable* is an unsigned number of seven bits a byte, the lowest first; all but the last byte have the highest bit
/// set. A *signed variable* is one of the number's double, or of one less than the double of its negative.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    init() {}

    /// Creates a writer with room for some bytes.
    init(reserving count: Int) { bytes.reserveCapacity(count) }

    var count: Int { bytes.count }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    @inline(__always)
    mutating func variable(_ value: some FixedWidthInteger & UnsignedInteger) {
        var rest = UInt64(truncatingIfNeeded: value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// How many bytes a variable takes.
    static func size(ofVariable value: UInt32) -> Int { max(1, (38 - value.leadingZeroBitCount) / 7) }

    mutating func variable(_ value: Int) { variable(UInt(bitPattern: value)) }

    mutating func signed(_ value: Int64) { variable(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    mutating func number(_ value: UInt64) { bytes.appendLittleEndian(value) }

    mutating func raw(_ value: some Sequence<UInt8>) { bytes.append(contentsOf: value) }

    /// The number of bytes, and the bytes.
    mutating func counted(_ value: some Collection<UInt8>) {
        variable(value.count)
        bytes.append(contentsOf: value)
    }

    mutating func counted(_ value: UnsafeRawBufferPointer) {
        variable(value.count)
        bytes.append(contentsOf: value)
    }

    mutating func counted(_ value: StoredValue) {
        variable(value.count)
        self.value(value)
    }

    mutating func value(_ value: StoredValue) {
        variable(value.names)
        bytes.append(contentsOf: value.encoding)
    }

    mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { counted(UnsafeRawBufferPointer($0)) }
    }

    func withBytes<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in try body(UnsafeRawBufferPointer(bytes)) }
    }

    /// Ids in ascending order: how many, and how far each is from the one before.
    mutating func ascending(_ ids: some Collection<UInt32>) {
        variable(ids.count)
        var last: UInt32 = 0
        for id in ids {
            variable(id &- last)
            last = id
        }
    }
}
