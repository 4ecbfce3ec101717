import Foundation
@_spi(ValueCoding) import PIE
import PIETesting
import Testing

/// Equal values have equal bytes, whatever order they came about in.
@Suite struct EqualBytesTests {
    /// The members in an order of their own: a set's depends on how it grew.
    private func set<Element: Hashable>(of members: [Element], capacity: Int) -> Set<Element> {
        var set = Set<Element>(minimumCapacity: capacity)
        for member in members { set.insert(member) }
        return set
    }

    @Test func setsAndDictionariesThatGrewDifferently() throws {
        let numbers = Array(0..<200)
        let small = set(of: numbers, capacity: 0)
        let large = set(of: numbers.reversed(), capacity: 5_000)
        try #require(Array(small) != Array(large))
        #expect(try bytes(of: small) == bytes(of: large))

        var first: [String: Set<Int>] = [:]
        var second = [String: Set<Int>](minimumCapacity: 3_000)
        for number in numbers { first["key \(number)"] = [number, number + 1, number + 2] }
        for number in numbers.reversed() { second["key \(number)"] = [number + 2, number, number + 1] }
        try #require(Array(first.keys) != Array(second.keys))
        #expect(try bytes(of: first) == bytes(of: second))
    }

    @Test func elementsWithNamesOfTheirOwn() throws {
        // Which names come first must not depend on which element does.
        let modes: [Sample.Mode] = [.plain, .limited(1), .named(text: "a", strict: false), .both(.plain, .limited(3))]
        var all: Set<[UInt8]> = []
        for capacity in 0..<40 {
            let inner = set(of: capacity % 2 == 0 ? modes : modes.reversed(), capacity: capacity * 7)
            let outer = set(of: [inner, [], [.plain]], capacity: capacity * 5)
            let table = Dictionary(uniqueKeysWithValues: outer.shuffled().map { ($0, ["names": $0]) })
            all.insert(try bytes(of: [table, table]))
        }
        #expect(all.count == 1)
    }

    @Test func anEncoderThatHasEncodedOtherValues() throws {
        let encoder = ValueEncoder()
        let expected = try bytes(of: Sample.example)
        _ = try encoder.encode(NamedFields(names: ["raw", "weight", "e\u{301}"]))
        #expect(try encoder.encode(Sample.example) == expected)
        #expect(try encoder.encode(NamedFields(names: ["é"])) == bytes(of: NamedFields(names: ["é"])))
        _ = try encoder.encode(NamedFields(names: (0..<10_000).map { "name \($0)" }))
        #expect(try encoder.encode(Sample.example) == expected)
    }

    @Test func zeroHasNoSign() throws {
        #expect(try bytes(of: 0.0) == bytes(of: -0.0))
        #expect(try bytes(of: Float(0)) == bytes(of: -Float(0)))
    }

    @Test func valuesThatDifferHaveDifferentBytes() throws {
        struct Holder: Codable, Hashable {
            var value: Int??
        }
        #expect(try bytes(of: Holder(value: .none)) != bytes(of: Holder(value: .some(.none))))
        #expect(try bytes(of: ["ab", "c"]) != bytes(of: ["a", "bc"]))
        #expect(try bytes(of: [[1], [2]]) != bytes(of: [[1, 2]]))
    }

    @Test func randomValues() throws {
        var random = SeededGenerator(seed: 2)
        var known: [Anything: [UInt8]] = [:]
        for _ in 0..<500 {
            let value = Anything.random(depth: 3, using: &random)
            let bytes = try bytes(of: value)
            try #require(known[value] == nil || known[value] == bytes)
            known[value] = bytes
            // Whatever comes back has sets of another origin.
            let again = try PIETests.value(Anything.self, from: bytes)
            try #require(try PIETests.bytes(of: again) == bytes)
        }
        #expect(Set(known.values).count == known.count)
    }

    /// The bytes are written down here, so they are those of other processes, with other seeds of `Hasher`.
    @Test func theBytesNeverChange() throws {
        let expected =
            "5e0470617468046d6f646504626f7468025f30076c696d69746564025f31056e616d6564047465787406737472696374"
            + "06706c61636573046c696e6506636f6c756d6e046e6f74650677656967687405666c616773057461626c650372617788"
            + "0158536f75726365732f4d6f64656c2f557365722e7377696674028103820481058104b20681078208486772c3b6c39f"
            + "657209c20a92820b0c0c07820bb00cc4bfff030d4661206e6f74650ec79a9999999999b93f0f93436e65774466617374"
            + "45736d616c6c10a24161820b030c044162820b010c0211c90300ff80"
        let hexadecimal = try bytes(of: Sample.example).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hexadecimal == expected)
    }
}
