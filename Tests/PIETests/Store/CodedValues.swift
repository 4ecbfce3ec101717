@_spi(ValueCoding) import PIE

/// Encodes a value and decodes it again.
func recoded<Value: Codable>(_ value: Value, userInfo: [CodingUserInfoKey: Any] = [:]) throws -> Value {
    let encoder = ValueEncoder()
    encoder.userInfo = userInfo
    return try PIETests.value(Value.self, from: encoder.encode(value), userInfo: userInfo)
}

/// The bytes of a value.
func bytes(of value: some Encodable) throws -> [UInt8] {
    try ValueEncoder().encode(value)
}

/// Decodes a value from bytes.
func value<Value: Decodable>(
    _ type: Value.Type,
    from bytes: [UInt8],
    userInfo: [CodingUserInfoKey: Any] = [:]
) throws -> Value {
    let decoder = ValueDecoder()
    decoder.userInfo = userInfo
    return try decoder.decode(type, from: bytes)
}

/// A value like those that tasks are made of.
struct Sample: Hashable, Codable, Sendable {
    enum Mode: Hashable, Codable, Sendable {
        case plain
        case limited(Int)
        case named(text: String, strict: Bool)
        indirect case both(Mode, Mode)
    }

    struct Place: Hashable, Codable, Sendable {
        var line: Int32
        var column: UInt16
    }

    var path: String
    var mode: Mode
    var places: [Place]
    var note: String?
    var weight: Double
    var flags: Set<String>
    var table: [String: Place]
    var raw: [UInt8]

    static let example = Sample(
        path: "Sources/Model/User.swift",
        mode: .both(.limited(-3), .named(text: "größer", strict: true)),
        places: [Place(line: 12, column: 7), Place(line: -1, column: 65_535)],
        note: "a note",
        weight: 0.1,
        flags: ["fast", "small", "new"],
        table: ["b": Place(line: 1, column: 2), "a": Place(line: 3, column: 4)],
        raw: [0, 255, 128]
    )
}

/// A value of any shape.
indirect enum Anything: Hashable, Codable {
    case nothing
    case integer(Int64)
    case wide(UInt128)
    case small(Int8)
    case truth(Bool)
    case number(Double)
    case short(Float)
    case text(String)
    case bytes([UInt8])
    case list([Anything])
    case maybe([Anything?])
    case doubt(Int??)
    case set(Set<Anything>)
    case names(Set<String>)
    case pairs([Anything: Anything])
    case fields([String: Anything])
    case pair(first: Anything, second: Anything)
    case sample(Sample)
}

extension Anything {
    /// A value of random shape and contents.
    static func random(depth: Int, using random: inout some RandomNumberGenerator) -> Anything {
        func some<Element>(_ make: () -> Element) -> [Element] {
            let count = Int.random(in: 0..<10, using: &random) == 0 ? 20 : Int.random(in: 0...4, using: &random)
            return (0..<count).map { _ in make() }
        }
        func text() -> String {
            let letters = ["a", "ß", "日", "😀", "e\u{301}", "/", "zyx", ""]
            return (0..<Int.random(in: 0...30, using: &random))
                .map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }.joined()
        }
        func bits() -> UInt64 { random.next() >> UInt64.random(in: 0..<64, using: &random) }
        func inner() -> Anything { self.random(depth: depth - 1, using: &random) }

        switch Int.random(in: 0..<(depth > 0 ? 18 : 9), using: &random) {
        case 0: return .nothing
        case 1: return .integer(Int64(bitPattern: bits()) &* (Bool.random(using: &random) ? 1 : -1))
        case 2: return .wide(UInt128(bits()) << UInt128.random(in: 0..<128, using: &random))
        case 3: return .small(Int8.random(in: .min ... .max, using: &random))
        case 4: return .truth(Bool.random(using: &random))
        case 5: return .number(Double(Int64(bitPattern: bits())) / 256)
        case 6: return .short(Float(Int32(truncatingIfNeeded: bits())))
        case 7: return .text(text())
        case 8: return .bytes((0..<Int.random(in: 0...200, using: &random)).map { UInt8(truncatingIfNeeded: $0) })
        case 9: return .list(some(inner))
        case 10: return .maybe(some { Bool.random(using: &random) ? inner() : nil })
        case 11: return .doubt([Int??.none, .some(.none), .some(.some(-100))].randomElement(using: &random) ?? nil)
        case 12: return .set(Set(some(inner)))
        case 13: return .names(Set(some(text)))
        case 14: return .pairs(Dictionary(some { (inner(), inner()) }) { first, _ in first })
        case 15: return .fields(Dictionary(some { (text(), inner()) }) { first, _ in first })
        case 16: return .pair(first: inner(), second: inner())
        default:
            var sample = Sample.example
            sample.note = Bool.random(using: &random) ? text() : nil
            sample.flags = Set(some(text))
            return .sample(sample)
        }
    }
}
