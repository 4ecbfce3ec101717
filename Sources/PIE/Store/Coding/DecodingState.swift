/// One encoding while it is read: the bytes, the names, and how far each container was read.
///
/// Values are found by their offsets: a container knows where it begins, and its fields are looked for from the one
/// that was read last. Read in the order in which they were written, as the compiler's code does, nothing is looked at
/// twice. The bytes are borrowed: a decoder that outlives the call finds none.
// SAFETY: single bytes are read in `byte(at:)` and `isByte(_:at:)`, which compare with the number of bytes; ranges come
// from `range(at:count:)`, which does so too. `known` has an element for every level up to the limit of the depth, and
// those up to `levels` are initialized, which `meet` sees to.
final class DecodingState {
    /// A field whose place is known.
    struct Field {
        /// The number of the name; in a dictionary the offset of the key.
        let name: Int
        let value: Int
    }

    /// What is known about the container that was read last at some level.
    struct Known {
        var start = -1
        /// How many fields are known.
        var count = 0
        /// The field that is expected to be asked for next.
        var next = 0
        /// Whether there are no more fields.
        var isComplete = false
        var capacity = 0
        var fields: UnsafeMutablePointer<Field>?

        /// Adds a field.
        @inline(__always)
        mutating func append(_ field: Field) {
            if count == capacity { grow() }
            fields?[count] = field
            count += 1
        }

        @inline(never)
        private mutating func grow() {
            let larger = UnsafeMutablePointer<Field>.allocate(capacity: max(16, capacity * 2))
            if let fields {
                larger.update(from: fields, count: count)
                fields.deallocate()
            }
            capacity = max(16, capacity * 2)
            fields = larger
        }

        /// The field with an index that is less than the count.
        @inline(__always)
        subscript(index: Int) -> Field {
            guard index < count, let fields else { return Field(name: 0, value: 0) }
            return fields[index]
        }
    }

    /// A value whose end is known.
    struct Extent {
        var start = -1
        var end = -1
    }

    var userInfo: [CodingUserInfoKey: Any]
    let depthLimit: Int
    var kinds = TypeKindCache()

    private(set) var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    private var names: [Range<Int>] = []
    private(set) var body = 0

    /// What is known about containers, by level.
    let known: UnsafeMutablePointer<Known>
    /// How many levels were ever read.
    var levels = 0
    /// The value that was read last.
    var last = Extent()
    /// The number of elements of the list that was counted last.
    var lastCount = Extent()
    /// The containers that skipping is in.
    var skipped: [Skipped] = []

    /// Whether the path for an error is being worked out.
    private var isTracing = false

    init(userInfo: [CodingUserInfoKey: Any], depthLimit: Int) {
        self.userInfo = userInfo
        self.depthLimit = depthLimit
        known = .allocate(capacity: depthLimit + 1)
    }

    deinit {
        for level in 0..<levels { known[level].fields?.deallocate() }
        known.deallocate()
    }

    /// Borrows bytes.
    func begin(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Gives the bytes back, and forgets everything that belongs to them.
    func end() {
        bytes = UnsafeRawBufferPointer(start: nil, count: 0)
        names.removeAll(keepingCapacity: true)
        body = 0
        for level in 0..<levels { known[level].start = -1 }
        last = Extent()
        lastCount = Extent()
    }

    // MARK: Names

    /// Reads how long the table of names is, and returns where it is.
    func readTableRange() throws -> Range<Int> {
        var position = 0
        let size = try variable(UInt32.self, &position)
        guard size <= bytes.count - position else { throw corrupt(0, "the table of names is cut off") }
        return position..<position + Int(size)
    }

    /// Reads the table of names.
    func readTable() throws {
        let table = try readTableRange()
        var position = table.lowerBound
        while position < table.upperBound {
            let size = try variable(UInt32.self, &position)
            guard position <= table.upperBound, Int(size) <= table.upperBound - position else {
                throw corrupt(0, "a name in the table of names is cut off")
            }
            let name = position..<position + Int(size)
            guard UnsafeRawBufferPointer(rebasing: bytes[name]).isASCII || string(in: name) != nil else {
                throw corrupt(0, "a name in the table of names is not UTF-8")
            }
            names.append(name)
            position = name.upperBound
        }
        body = table.upperBound
    }

    /// The bytes of the name with a number.
    func name(_ number: Int) -> Range<Int> { names[number - 1] }

    /// Reads the number of a name.
    func nameNumber(_ position: inout Int) throws -> Int {
        let start = position
        let number = Int(try variable(UInt32.self, &position))
        guard number > 0, number <= names.count else { throw corrupt(start, "a field has no name in the table") }
        return number
    }

    // MARK: Bytes

    /// The byte at an offset.
    @inline(__always)
    func byte(at offset: Int) throws -> UInt8 {
        // The one place where single bytes are read: a buffer does not check its bounds in a release build.
        guard offset < bytes.count else { throw ended() }
        return bytes[offset]
    }

    /// Whether a byte is at an offset.
    func isByte(_ byte: UInt8, at offset: Int) -> Bool { offset < bytes.count && bytes[offset] == byte }

    /// Checks that there are as many bytes as something claims to have.
    func range(at offset: Int, count: some FixedWidthInteger) throws -> Range<Int> {
        guard offset <= bytes.count, count <= bytes.count - offset else { throw ended() }
        return offset..<offset + Int(count)
    }

    /// The text of some bytes that are there, or `nil` if they are not UTF-8.
    func string(in range: Range<Int>) -> String? {
        let text = UnsafeRawBufferPointer(rebasing: bytes[range])
        // Validating is generic code that is not specialised, and most texts need none.
        return text.isASCII ? String(decoding: text, as: UTF8.self) : String(validating: text, as: UTF8.self)
    }

    /// Reads a variable.
    @inline(__always)
    func variable<Value: UnsignedInteger & FixedWidthInteger>(
        _ type: Value.Type,
        _ position: inout Int
    ) throws -> Value {
        let byte = try byte(at: position)
        if byte < 0x80 {
            position += 1
            return Value(truncatingIfNeeded: byte)
        }
        return try longVariable(type, &position)
    }

    private func longVariable<Value: UnsignedInteger & FixedWidthInteger>(
        _ type: Value.Type,
        _ position: inout Int
    ) throws -> Value {
        let start = position
        var value: Value = 0
        var shift = 0
        while true {
            let byte = try byte(at: position)
            position += 1
            let bits = Value(truncatingIfNeeded: byte & 0x7F)
            guard shift < Value.bitWidth, (bits << shift) >> shift == bits else {
                throw corrupt(start, "a number is too large")
            }
            value |= bits << shift
            if byte < 0x80 {
                if byte == 0 { throw corrupt(start, "a number is not in its shortest form") }
                return value
            }
            shift += 7
        }
    }

    // MARK: Errors

    private func ended() -> DecodingError {
        bytes.baseAddress == nil
            ? .dataCorrupted(
                .init(
                    codingPath: [],
                    debugDescription: "there is nothing to decode, or the decoder was kept after its use"
                )
            )
            : corrupt(bytes.count, "the encoding is cut off")
    }

    /// The error for bytes that no encoder writes.
    func corrupt(_ offset: Int, _ text: String) -> DecodingError {
        .dataCorrupted(context(offset, text + " (at byte \(offset) of \(bytes.count))"))
    }

    /// The error for a value of another kind than the one that is asked for.
    func mismatch(_ offset: Int, _ type: Any.Type) -> DecodingError {
        guard offset < bytes.count else { return ended() }
        let found = Lead.description(of: bytes[offset])
        return bytes[offset] == Lead.null
            ? .valueNotFound(type, context(offset, "expected \(type), found nil"))
            : .typeMismatch(type, context(offset, "expected \(type), found \(found)"))
    }

    func context(_ offset: Int, _ text: String) -> DecodingError.Context {
        // Looking for the path may meet the same damage.
        if isTracing { return .init(codingPath: [], debugDescription: text) }
        isTracing = true
        defer { isTracing = false }
        let path = path(to: offset)
        let place = path.isEmpty ? "" : "\(path.pathText): "
        return .init(codingPath: path, debugDescription: place + text)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether no byte has its highest bit set.
    var isASCII: Bool {
        var bits: UInt8 = 0
        for byte in self { bits |= byte }
        return bits < 0x80
    }
}
