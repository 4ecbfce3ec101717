import Foundation
@_spi(ValueCoding) import PIE
import PIETesting
import Testing

/// Every kind of value comes back.
@Suite struct ValueCodingTests {
    @Test func integersOfEveryWidthComeBack() throws {
        func check<Value: FixedWidthInteger & Codable>(_ type: Value.Type) throws {
            let wide: [Int128] = [
                0, 1, 63, 64, 127, 128, 191, 192, 16_447, 16_448, -1, -16, -17, -18, -144, -145, -146,
            ]
            let near: [Value] = [.min, .min &+ 1, .max, .max &- 1, .max / 2, .min / 2]
            for value in wide.compactMap({ Value(exactly: $0) }) + near {
                #expect(try recoded(value) == value)
                #expect(try recoded([value]) == [value])
                #expect(try recoded(["key": value]) == ["key": value])
            }
        }
        try check(Int.self)
        try check(Int8.self)
        try check(Int16.self)
        try check(Int32.self)
        try check(Int64.self)
        try check(Int128.self)
        try check(UInt.self)
        try check(UInt8.self)
        try check(UInt16.self)
        try check(UInt32.self)
        try check(UInt64.self)
        try check(UInt128.self)
    }

    @Test func aFieldOfEveryTypeComesBack() throws {
        struct Fields: Codable, Equatable {
            var a = Int.min
            var b = Int8.min
            var c = Int16.min
            var d = Int32.min
            var e = Int64.min
            var f = Int128.min
            var g = UInt.max
            var h = UInt8.max
            var i = UInt16.max
            var j = UInt32.max
            var k = UInt64.max
            var l = UInt128.max
            var m = true
            var n = 1.5
            var o: Float = -2.5
            var p = "text"
            var q: Int? = 3
            var r: Int?
            var s: String? = "x"
            var t = [1, 2, 3]
        }
        #expect(try recoded(Fields()) == Fields())
    }

    @Test func anIntegerHasOneFormWhateverItsWidth() throws {
        #expect(try bytes(of: Int8(-20)) == bytes(of: Int128(-20)))
        #expect(try bytes(of: UInt16(1_000)) == bytes(of: 1_000))
    }

    @Test(arguments: [
        0, 1, -1.5, 0.1, .pi, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e300,
        Double(Float.leastNonzeroMagnitude), 16_777_217,
    ])
    func numbersKeepTheirBits(_ value: Double) throws {
        #expect(try recoded(value).bitPattern == value.bitPattern)
        #expect(try recoded(Float(value)).bitPattern == Float(value).bitPattern)
    }

    @Test func aNaNKeepsItsBits() throws {
        for value in [Double.nan, Double(nan: 0x123, signaling: false), Double(nan: 5, signaling: true), -.nan] {
            #expect(try recoded(value).bitPattern == value.bitPattern)
        }
        for value in [Float.nan, Float(nan: 0x123, signaling: false), Float(nan: 5, signaling: true), -.nan] {
            #expect(try recoded(value).bitPattern == value.bitPattern)
        }
    }

    @Test func aNumberThatIsShortIsShort() throws {
        #expect(try bytes(of: 1.5).count == 6)
        #expect(try bytes(of: 0.1).count == 10)
    }

    @Test func stringsKeepTheirBytes() throws {
        let texts = [
            "", "a", String(repeating: "x", count: 63), String(repeating: "y", count: 64), "e\u{301}", "é", "\0",
        ]
        for text in texts + [String(repeating: "日本", count: 10_000)] {
            #expect(Array(try recoded(text).utf8) == Array(text.utf8))
        }
    }

    @Test func optionalsOfOptionalsComeBack() throws {
        struct Holder: Codable, Equatable {
            var value: Int??
            var deeper: String???
        }
        for value in [Int??.none, .some(.none), .some(.some(5))] {
            #expect(try recoded([value]) == [value])
            #expect(try recoded(value) == value)
            let holder = Holder(value: value, deeper: .some(.some(.none)))
            #expect(try recoded(holder) == holder)
            #expect(try recoded(Holder(value: value, deeper: .some(.none))) != holder)
        }
        #expect(try recoded([nil, 1, nil] as [Int?]) == [nil, 1, nil])
    }

    @Test func dictionariesWithKeysOfAnyTypeComeBack() throws {
        #expect(try recoded([1: "a", -5: "b"]) == [1: "a", -5: "b"])
        #expect(try recoded([Sample.Mode.plain: 1, .limited(2): 2]) == [.plain: 1, .limited(2): 2])
        let large = Dictionary(uniqueKeysWithValues: (0..<100).map { ("key \($0)", [$0: Set([$0])]) })
        #expect(try recoded(large) == large)
        #expect(try recoded([String: Int]()) == [:])
    }

    @Test func bytesAndDataComeBack() throws {
        let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try recoded(bytes) == bytes)
        #expect(try recoded(Data(bytes)) == Data(bytes))
        #expect(try recoded([Data(), Data([7])]) == [Data(), Data([7])])
        #expect(try PIETests.bytes(of: bytes) == PIETests.bytes(of: Data(bytes)))
        #expect(try PIETests.bytes(of: bytes).count == 1_004)
        #expect(try value([Int].self, from: PIETests.bytes(of: bytes)) == bytes.map(Int.init))
    }

    @Test func valuesOfFoundationComeBack() throws {
        struct Holder: Codable, Equatable {
            var url = URL(string: "https://example.org/a?b=c")
            var date = Date(timeIntervalSince1970: 1_234.5)
            var identifier = UUID()
            var decimal = Decimal(string: "1.25")
            var indices = IndexSet([1, 2, 3, 9])
        }
        let value = Holder()
        #expect(try recoded(value) == value)
    }

    @Test func vectorsAndRangesComeBack() throws {
        #expect(try recoded(SIMD4<Int>(1, 2, 3, 4)) == SIMD4<Int>(1, 2, 3, 4))
        let wide = SIMD32<Int16>(0..<32)
        #expect(try recoded(wide) == wide)
        #expect(try recoded([1..<5, 7..<7]) == [1..<5, 7..<7])
    }

    @Test func tasksOfAnyTypeComeBack() throws {
        let tasks = [AnyTask(Doubling(number: 4)), AnyTask(Doubling(number: -4))]
        let registry = try TaskRegistry([Doubling.self])
        #expect(try recoded(tasks, userInfo: [.taskRegistry: registry]) == tasks)
        #expect(throws: DecodingError.self) { try recoded(tasks) }
    }

    @Test func whatTheLibraryKeepsComesBack() throws {
        #expect(try recoded(File("a/b.txt")) == File("a/b.txt"))
    }

    @Test func aValueThatWritesNothingComesBack() throws {
        struct Empty: Codable, Equatable {}
        struct Silent: Codable, Equatable {
            init() {}
            init(from decoder: any Decoder) throws {}
            func encode(to encoder: any Encoder) throws {}
        }
        #expect(try recoded(Empty()) == Empty())
        #expect(try recoded([Silent(), Silent()]) == [Silent(), Silent()])
        #expect(try recoded([String: Silent]()) == [:])
        #expect(try recoded(["a": Silent()]) == ["a": Silent()])
    }

    @Test func fieldsBeyondFourteenComeBack() throws {
        for count in [13, 14, 15, 16, 63, 64, 65, 127, 128, 129, 1_000] {
            let fields = NamedFields(names: (0..<count).map { "field\($0)" })
            #expect(try recoded(fields).names.sorted() == fields.names.sorted())
            let list = Array(0..<count)
            #expect(try recoded(list) == list)
        }
    }

    @Test func randomValuesComeBack() throws {
        var random = SeededGenerator(seed: 1)
        let encoder = ValueEncoder()
        let decoder = ValueDecoder()
        for _ in 0..<1_500 {
            let value = Anything.random(depth: 4, using: &random)
            let bytes = try encoder.encode(value)
            let again = try decoder.decode(Anything.self, from: bytes)
            try #require(again == value)
            try #require(try encoder.encode(again) == bytes)
        }
    }

    @Test func thePartsOfAnEncodingAreTold() throws {
        let first = try #require(EncodedValue(bytes(of: Sample.Place(line: 1, column: 2))))
        let second = try #require(EncodedValue(bytes(of: Sample.Place(line: 3, column: 400))))
        #expect(first.names == second.names)
        #expect(Array(first.value) == [0x82, 1, 1, 2, 2])
        #expect(EncodedValue([5, 0]) == nil)
        #expect(EncodedValue([]) == nil)
    }
}

private struct Doubling: IncrementalTask {
    static var typeIdentifier: String { "Doubling" }

    var number: Int

    func execute(in context: some Context) async throws -> Int { number * 2 }
}

/// Fields whose names are data.
struct NamedFields: Codable, Equatable {
    struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }

    var names: [String]

    init(names: [String]) { self.names = names }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        names = container.allKeys.map(\.stringValue)
        for name in names.reversed() {
            guard try container.decode(String.self, forKey: Name(stringValue: name)) == name else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "another field's value"))
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for name in names { try container.encode(name, forKey: Name(stringValue: name)) }
    }
}
