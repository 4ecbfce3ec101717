@_spi(ValueCoding) import PIE
import Testing

/// A value of a type that has changed comes back right, or not at all.
@Suite struct ChangedTypeTests {
    private struct Old: Codable, Equatable {
        var name = "n"
        var count = 300
        var ratio = 0.5
        var note: String? = "o"
    }

    /// Decodes an `Old` as a value of another type.
    private func change<New: Decodable>(_ type: New.Type) throws -> New {
        try value(type, from: bytes(of: Old()))
    }

    @Test func fieldsInAnotherOrderAreFound() throws {
        struct New: Codable {
            var note: String?
            var ratio: Double
            var count: Int
            var name: String
        }
        let new = try change(New.self)
        #expect(new.note == "o" && new.ratio == 0.5 && new.count == 300 && new.name == "n")
    }

    @Test func fieldsThatAreGoneArePassedOver() throws {
        struct New: Codable {
            var ratio: Double
        }
        #expect(try change(New.self).ratio == 0.5)
        #expect(try value([New].self, from: bytes(of: [Old(), Old()])).map(\.ratio) == [0.5, 0.5])
    }

    @Test func aNewFieldIsMissedUnlessItIsOptional() throws {
        struct New: Codable {
            var name: String
            var more: Int
        }
        struct Lenient: Codable {
            var name: String
            var more: Int?
            var count: Int
        }
        #expect(throws: DecodingError.self) { try change(New.self) }
        let lenient = try change(Lenient.self)
        #expect(lenient.name == "n" && lenient.more == nil && lenient.count == 300)
    }

    @Test func aRenamedFieldIsMissed() throws {
        struct New: Codable {
            var title: String
            var count: Int
        }
        #expect(throws: DecodingError.self) { try change(New.self) }
    }

    @Test func aFieldOfAnotherTypeIsAnErrorThatNamesIt() throws {
        struct New: Codable {
            var name: String
            var count: String
        }
        let error = #expect(throws: DecodingError.self) { try value([New].self, from: bytes(of: [Old()])) }
        guard case .typeMismatch(_, let context) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.debugDescription == "[0].count: expected String, found an integer")
        #expect(context.codingPath.map(\.stringValue) == ["Index 0", "count"])
    }

    @Test func anIntegerThatDoesNotFitIsAnError() throws {
        struct Narrow: Codable {
            var count: UInt8
        }
        struct Wide: Codable {
            var count: Int128
        }
        #expect(throws: DecodingError.self) { try change(Narrow.self) }
        #expect(try change(Wide.self).count == 300)
        #expect(throws: DecodingError.self) { try value(UInt.self, from: bytes(of: -1)) }
        #expect(throws: DecodingError.self) { try value(UInt.self, from: bytes(of: -100)) }
        #expect(throws: DecodingError.self) { try value(Int64.self, from: bytes(of: UInt64.max)) }
        #expect(throws: DecodingError.self) { try value(Float.self, from: bytes(of: 0.1)) }
        #expect(throws: DecodingError.self) { try value(Int.self, from: bytes(of: 1.0)) }
        #expect(throws: DecodingError.self) { try value(Double.self, from: bytes(of: 1)) }
    }

    @Test func aCaseThatIsGoneIsAnError() throws {
        enum Old: Codable {
            case one
            case two(Int)
        }
        enum New: Codable, Equatable {
            case two(Int)
        }
        #expect(throws: DecodingError.self) { try value(New.self, from: bytes(of: Old.one)) }
        #expect(try value(New.self, from: bytes(of: Old.two(3))) == .two(3))
    }

    @Test func containersOfAnotherKindAreErrors() throws {
        #expect(throws: DecodingError.self) { try value([Int].self, from: bytes(of: Old())) }
        #expect(throws: DecodingError.self) { try value(Old.self, from: bytes(of: [1, 2])) }
        #expect(throws: DecodingError.self) { try value([Int].self, from: bytes(of: "text")) }
        #expect(throws: DecodingError.self) { try value([String].self, from: bytes(of: [1 as UInt8])) }
        #expect(throws: DecodingError.self) { try value(Int.self, from: bytes(of: Int?.none)) }
        #expect(throws: DecodingError.self) { try value([UInt8].self, from: bytes(of: [1, 256])) }
        #expect(try value([UInt8].self, from: bytes(of: [1, 255])) == [1, 255])
        #expect(throws: DecodingError.self) { try value([Int8].self, from: bytes(of: [128 as UInt8])) }
    }

    @Test func aListIsNotReadBeyondItsEnd() throws {
        struct Pair: Codable {
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                _ = try container.decode(Int.self)
                _ = try container.decode(Int.self)
            }

            func encode(to encoder: any Encoder) throws {}
        }
        for count in [0, 1] {
            let list = try bytes(of: [Array(repeating: 7, count: count), [5, 5]])
            #expect(throws: DecodingError.self) { try value([Pair].self, from: list) }
        }
        _ = try value([Pair].self, from: bytes(of: [[1, 2], [1, 2, 3]]))
    }
}
