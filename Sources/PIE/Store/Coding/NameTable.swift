/// The names of the fields of one encoding, numbered from 1 in the order of their first use.
///
/// A name costs a hash the first time that an encoder meets it. Keys of one byte, as are those that the compiler makes,
/// are found again by their type and their byte.
final class NameTable {
    /// A name, compared byte by byte: two ways to write one character are two names.
    private struct Name: Hashable {
        let text: String

        static func == (lhs: Name, rhs: Name) -> Bool { lhs.text.utf8.elementsEqual(rhs.text.utf8) }

        func hash(into hasher: inout Hasher) {
            for byte in text.utf8 { hasher.combine(byte) }
            hasher.combine(text.utf8.count)
        }
    }

    /// A key of one byte and the identity of its name.
    private struct KnownKey {
        var type: ObjectIdentifier?
        var byte: UInt8
        var identity: Int
    }

    private static let knownKeyCount = 256

    /// An encoder that has met more names than these forgets them: they do not come from types but from data.
    private static let remembered = 4_096

    private var identities: [Name: Int] = [:]
    private var texts: [String] = []
    /// For each identity its number in this encoding, or 0.
    private var numbers: [Int] = []
    /// The identities in use, by number.
    private var used: [Int] = []
    private var lastUsed: [Int] = []
    private var lastTable: [UInt8] = [0]
    private var knownKeys = [KnownKey](
        repeating: KnownKey(type: nil, byte: 0, identity: 0),
        count: knownKeyCount
    )

    /// How many names the encoding uses.
    var count: Int { used.count }

    /// The name with a number.
    subscript(number: Int) -> String { texts[used[number - 1]] }

    /// Begins with the next encoding.
    func reset() {
        for identity in used { numbers[identity] = 0 }
        used.removeAll(keepingCapacity: true)
        guard texts.count > Self.remembered else { return }
        identities = [:]
        texts = []
        numbers = []
        lastUsed = []
        lastTable = [0]
        for slot in knownKeys.indices { knownKeys[slot].type = nil }
    }

    /// The number of a key's name.
    func number<Key: CodingKey>(of key: Key) -> Int {
        // A type of one byte holds no reference: equal bytes are one key.
        guard MemoryLayout<Key>.size <= 1 else { return use(identity(of: key.stringValue)) }
        let type = ObjectIdentifier(Key.self)
        let byte = withUnsafeBytes(of: key) { $0.first ?? 0 }
        let slot = Int((UInt(bitPattern: type) >> 4 &+ UInt(byte) &* 31) % UInt(Self.knownKeyCount))
        if knownKeys[slot].type == type && knownKeys[slot].byte == byte { return use(knownKeys[slot].identity) }
        let identity = identity(of: key.stringValue)
        knownKeys[slot] = KnownKey(type: type, byte: byte, identity: identity)
        return use(identity)
    }

    /// Numbers the names that came after the first few again, in the order of their bytes.
    func sort(after first: Int) {
        used[first...].sort { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
        for index in first..<used.count { numbers[used[index]] = index + 1 }
    }

    /// The names in the order of their numbers, after the number of their bytes.
    ///
    /// Values of one type that come one after the other mostly have one table, so the last one is kept.
    func encoded() -> [UInt8] {
        if used == lastUsed { return lastTable }
        var names: [UInt8] = []
        for identity in used {
            names.appendVariable(texts[identity].utf8.count)
            names.append(contentsOf: texts[identity].utf8)
        }
        lastUsed = used
        lastTable = []
        lastTable.appendVariable(names.count)
        lastTable += names
        return lastTable
    }

    @inline(__always)
    private func use(_ identity: Int) -> Int {
        if numbers[identity] != 0 { return numbers[identity] }
        used.append(identity)
        numbers[identity] = used.count
        return used.count
    }

    private func identity(of text: String) -> Int {
        if let identity = identities[Name(text: text)] { return identity }
        identities[Name(text: text)] = texts.count
        texts.append(text)
        numbers.append(0)
        return texts.count - 1
    }
}

extension [UInt8] {
    /// Appends a number that is not negative, seven bits a byte.
    mutating func appendVariable(_ value: Int) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }
}
