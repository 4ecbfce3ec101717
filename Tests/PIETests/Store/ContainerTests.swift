@_spi(ValueCoding) import PIE
import Testing

/// What types may do with an encoder and a decoder, and what they may not.
@Suite struct ContainerTests {
    private enum Key: String, CodingKey {
        case first
        case second
        case third
        case inner
    }

    /// A value that encodes itself with a closure.
    private struct Free: Encodable {
        var body: (any Encoder) throws -> Void

        func encode(to encoder: any Encoder) throws { try body(encoder) }
    }

    @Test func aSuperclassComesBack() throws {
        class Base: Codable {
            var first = 1
            init() {}
        }
        final class Sub: Base {
            var second = 2

            override init() { super.init() }

            required init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Key.self)
                second = try container.decode(Int.self, forKey: .second)
                try super.init(from: container.superDecoder())
            }

            override func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try super.encode(to: container.superEncoder())
                try container.encode(second, forKey: .second)
            }
        }
        let value = Sub()
        (value.first, value.second) = (30, 40)
        let again = try recoded([value, value])[1]
        #expect(again.first == 30 && again.second == 40)
    }

    @Test func aSuperclassMayShareTheContainer() throws {
        class Base: Codable {
            var first = 1
            init() {}
        }
        final class Sub: Base {
            var second = 2

            override init() { super.init() }

            required init(from decoder: any Decoder) throws {
                second = try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: .second)
                try super.init(from: decoder)
            }

            override func encode(to encoder: any Encoder) throws {
                try super.encode(to: encoder)
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(second, forKey: .second)
            }
        }
        let value = Sub()
        (value.first, value.second) = (30, 40)
        let again = try recoded([value, value])[1]
        #expect(again.first == 30 && again.second == 40)
    }

    @Test func nestedContainersMayBeWrittenInTurns() throws {
        let value = Free { encoder in
            var outer = encoder.container(keyedBy: Key.self)
            var first = outer.nestedUnkeyedContainer(forKey: .first)
            var second = outer.nestedContainer(keyedBy: Key.self, forKey: .second)
            try first.encode(1)
            try second.encode("x", forKey: .first)
            try outer.encode(true, forKey: .third)
            var inner = second.nestedUnkeyedContainer(forKey: .inner)
            try first.encode(2)
            try inner.encode(3)
            try second.encode([4], forKey: .third)
            try inner.encode([5])
        }
        struct Result: Codable, Equatable {
            struct Second: Codable, Equatable {
                var first: String
                var inner: Mixed
                var third: [Int]
            }
            struct Mixed: Codable, Equatable {
                var number: Int
                var list: [Int]

                init(number: Int, list: [Int]) { (self.number, self.list) = (number, list) }

                init(from decoder: any Decoder) throws {
                    var container = try decoder.unkeyedContainer()
                    number = try container.decode(Int.self)
                    list = try container.decode([Int].self)
                }
            }
            var first: [Int]
            var second: Second
            var third: Bool
        }
        let expected = Result(
            first: [1, 2],
            second: .init(first: "x", inner: .init(number: 3, list: [5]), third: [4]),
            third: true
        )
        #expect(try PIETests.value(Result.self, from: bytes(of: value)) == expected)
        #expect(
            try PIETests.value([[Result]].self, from: bytes(of: [[value, value], [value]])) == [
                [expected, expected], [expected],
            ]
        )
    }

    @Test func listsInAListMayBeWrittenInTurns() throws {
        let value = Free { encoder in
            var outer = encoder.unkeyedContainer()
            var lists: [any UnkeyedEncodingContainer] = (0..<20).map { _ in outer.nestedUnkeyedContainer() }
            for number in 0..<20 {
                for index in lists.indices { try lists[index].encode(number * index) }
            }
            try outer.encode([7])
        }
        let expected = (0..<20).map { index in (0..<20).map { $0 * index } } + [[7]]
        #expect(try PIETests.value([[Int]].self, from: bytes(of: value)) == expected)
    }

    @Test func aSuperEncoderMayBeUsedLate() throws {
        let value = Free { encoder in
            var container = encoder.container(keyedBy: Key.self)
            let late = container.superEncoder(forKey: .second)
            try container.encode(1, forKey: .first)
            try [2, 3].encode(to: late)
        }
        struct Result: Codable, Equatable {
            var first: Int
            var second: [Int]
        }
        #expect(try PIETests.value(Result.self, from: bytes(of: value)) == Result(first: 1, second: [2, 3]))
    }

    @Test func bytesMayBeFollowedByMore() throws {
        let value = Free { encoder in
            var container = encoder.unkeyedContainer()
            try container.encode(contentsOf: [1, 200] as [UInt8])
            try container.encode(contentsOf: [3, 255] as [UInt8])
            try container.encode(1_000)
            #expect(container.count == 5)
        }
        #expect(try PIETests.value([Int].self, from: bytes(of: value)) == [1, 200, 3, 255, 1_000])
    }

    @Test func aValueThatFailedIsNotThere() throws {
        struct Failing: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode("half", forKey: .first)
                var inner = container.nestedUnkeyedContainer(forKey: .inner)
                try inner.encode(1)
                throw CancellationError()
            }
        }
        let value = Free { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try? container.encode(Failing(), forKey: .first)
            try? container.encode([Failing()], forKey: .first)
            try container.encode(5, forKey: .first)
            var list = container.nestedUnkeyedContainer(forKey: .second)
            try? list.encode(Set([1, 2]).map { _ in Failing() })
            try list.encode(6)
        }
        struct Result: Codable, Equatable {
            var first: Int
            var second: [Int]
        }
        #expect(try PIETests.value(Result.self, from: bytes(of: value)) == Result(first: 5, second: [6]))
        #expect(throws: CancellationError.self) { try bytes(of: [Failing()]) }
    }

    @Test func aFieldThatIsWrittenTwiceIsAnError() throws {
        let value = Free { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(1, forKey: .first)
            try container.encode(2, forKey: .first)
        }
        let error = #expect(throws: EncodingError.self) { try bytes(of: ["outer": value]) }
        guard case .invalidValue(_, let context) = error else { return }
        #expect(context.debugDescription.contains("the field 'first' is encoded twice"))
    }

    @Test func containersOfTwoKindsAreAnError() {
        #expect(throws: EncodingError.self) {
            try bytes(
                of: Free { encoder in
                    _ = encoder.container(keyedBy: Key.self)
                    _ = encoder.unkeyedContainer()
                }
            )
        }
        #expect(throws: EncodingError.self) {
            try bytes(
                of: Free { encoder in
                    var container = encoder.singleValueContainer()
                    try container.encode(1)
                    try container.encode(2)
                }
            )
        }
        #expect(throws: EncodingError.self) {
            try bytes(
                of: Free { encoder in
                    var container = encoder.unkeyedContainer()
                    try container.encode(1)
                    var single = encoder.singleValueContainer()
                    try single.encode("x")
                }
            )
        }
    }

    @Test func anEncoderThatIsKeptIsOfNoUse() throws {
        final class Kept {
            var encoder: (any Encoder)?
            var list: (any UnkeyedEncodingContainer)?
            var keyed: KeyedEncodingContainer<Key>?
        }
        let kept = Kept()
        let value = Free { encoder in
            kept.encoder = encoder
            var keyed = encoder.container(keyedBy: Key.self)
            kept.list = keyed.nestedUnkeyedContainer(forKey: .first)
            kept.keyed = keyed
        }
        let encoder = ValueEncoder()
        let before = try encoder.encode(value)
        #expect(throws: EncodingError.self) { try kept.list?.encode(1) }
        #expect(throws: EncodingError.self) { try kept.keyed?.encode(1, forKey: .second) }
        #expect(throws: EncodingError.self) {
            var nested = kept.keyed?.nestedUnkeyedContainer(forKey: .third)
            try nested?.encode(1)
        }
        #expect(throws: EncodingError.self) { try [1].encode(to: #require(kept.encoder)) }
        #expect(kept.encoder?.codingPath.isEmpty == true && kept.list?.count == 0)
        // Others do not notice.
        let other = Free { encoder in
            var container = encoder.unkeyedContainer()
            #expect(throws: EncodingError.self) { try kept.list?.encode(1) }
            try container.encode(7)
        }
        #expect(try encoder.encode(other) == bytes(of: [7]))
        #expect(try encoder.encode(value) == before)
    }

    @Test func aDecoderThatIsKeptIsOfNoUse() throws {
        final class Kept {
            var decoder: (any Decoder)?
            var list: (any UnkeyedDecodingContainer)?
        }
        struct Keeping: Decodable {
            init(from decoder: any Decoder) throws {
                let kept = decoder.userInfo[.kept] as? Kept
                kept?.decoder = decoder
                kept?.list = try decoder.unkeyedContainer()
            }
        }
        let kept = Kept()
        _ = try value(Keeping.self, from: bytes(of: ["some", "text"]), userInfo: [.kept: kept])
        #expect(throws: DecodingError.self) { try kept.list?.decode(String.self) }
        #expect(throws: DecodingError.self) { try kept.decoder?.unkeyedContainer() }
        #expect(throws: DecodingError.self) { try kept.decoder?.singleValueContainer().decode(Int.self) }
        #expect(kept.decoder?.codingPath.isEmpty == true)
    }

    @Test func theCodingPathIsThatOfTheValue() throws {
        struct Probe: Codable {
            init() {}

            init(from decoder: any Decoder) throws {
                #expect(decoder.codingPath.map(\.stringValue) == ["first", "Index 1", "inner"])
            }

            func encode(to encoder: any Encoder) throws {
                #expect(encoder.codingPath.map(\.stringValue) == ["first", "Index 1", "inner"])
                var container = encoder.singleValueContainer()
                try container.encode(1)
            }
        }
        struct Inner: Codable {
            var before = 1
            var inner = Probe()
        }
        struct Outer: Codable {
            var first = [Inner?.none, Inner()]
        }
        _ = try recoded(Outer())
    }

    @Test func aListIsReadFieldByFieldInAnyOrder() throws {
        struct Reader: Decodable {
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Key.self)
                // A container within is read after its neighbour, and again.
                let inner = try container.nestedContainer(keyedBy: Key.self, forKey: .inner)
                #expect(try container.decode(Int.self, forKey: .third) == 3)
                #expect(try inner.decode(String.self, forKey: .second) == "b")
                #expect(try container.decode(Int.self, forKey: .first) == 1)
                #expect(try inner.decode(String.self, forKey: .first) == "a")
                #expect(try inner.decodeIfPresent(String.self, forKey: .third) == nil)
                #expect(container.contains(.third) && !container.contains(.second))
                #expect(try container.decode([String: String].self, forKey: .inner) == ["first": "a", "second": "b"])
            }
        }
        let value = Free { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(1, forKey: .first)
            var inner = container.nestedContainer(keyedBy: Key.self, forKey: .inner)
            try inner.encode("a", forKey: .first)
            try inner.encode("b", forKey: .second)
            try container.encode(3, forKey: .third)
        }
        _ = try PIETests.value([Reader].self, from: bytes(of: [value, value]))
    }
}

extension CodingUserInfoKey {
    fileprivate static let kept: CodingUserInfoKey = {
        guard let key = CodingUserInfoKey(rawValue: "kept") else { preconditionFailure("any string is a key") }
        return key
    }()
}
