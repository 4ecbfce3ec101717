import Foundation
@_spi(ValueCoding) import PIE
import PIETesting
import Testing

/// Whatever the bytes are, decoding them ends, with a value or with an error.
@Suite struct HostileBytesTests {
    /// Decodes bytes; a value that comes back can be encoded, and is then what it is.
    private func check<Value: Codable & Equatable>(_ type: Value.Type, _ bytes: [UInt8]) throws {
        guard let value = try? ValueDecoder().decode(type, from: bytes) else { return }
        let again = try ValueDecoder().decode(type, from: ValueEncoder().encode(value))
        // Nothing else than a NaN differs from itself.
        #expect(again == value || value != value)
    }

    private static func examples() throws -> [[UInt8]] {
        var random = SeededGenerator(seed: 3)
        return try [Anything.sample(.example)].map { try bytes(of: $0) }
            + (0..<12).map { _ in try bytes(of: Anything.random(depth: 3, using: &random)) }
    }

    @Test func everyTruncationIsAnError() throws {
        for example in try Self.examples() {
            for count in 0..<example.count {
                #expect(throws: (any Error).self) { try value(Anything.self, from: Array(example[..<count])) }
            }
        }
    }

    @Test func somethingMoreIsAnError() throws {
        for example in try Self.examples() {
            #expect(throws: DecodingError.self) { try value(Anything.self, from: example + [0]) }
        }
    }

    @Test func everyFlippedBitIsAValueOrAnError() throws {
        for example in try Self.examples() where example.count < 1_000 {
            for index in example.indices {
                for bit in 0..<8 {
                    var damaged = example
                    damaged[index] ^= 1 << UInt8(bit)
                    try check(Anything.self, damaged)
                }
            }
        }
    }

    @Test func randomBytesAreAValueOrAnError() throws {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<20_000 {
            let noise = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            try check(Anything.self, [0] + noise)
            try check(Sample.self, noise)
            try check([String: [Data]].self, [0] + noise)
            try check([[Set<Int>?]].self, [0] + noise)
        }
    }

    @Test func aLargeCountReservesNothing() {
        let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        for lead: UInt8 in [0xC8, 0xC9] {
            #expect(throws: DecodingError.self) { try value([UInt8].self, from: [0, lead] + huge) }
            #expect(throws: DecodingError.self) { try value(Data.self, from: [0, lead] + huge) }
            #expect(throws: DecodingError.self) { try value(String.self, from: [0, lead] + huge) }
        }
        #expect(throws: DecodingError.self) { try value(String.self, from: huge) }
        #expect(throws: DecodingError.self) { try value(Int.self, from: [0, 0xC4] + huge + huge) }
        #expect(throws: DecodingError.self) { try value(Int128.self, from: [0, 0xC4] + huge + huge + huge) }
    }

    @Test func aNumberThatIsNotInItsShortestFormIsAnError() {
        #expect(throws: DecodingError.self) { try value(Int.self, from: [0, 0xC4, 0x80, 0x00]) }
    }

    @Test func aStringThatIsNotUTF8IsAnError() {
        #expect(throws: DecodingError.self) { try value(String.self, from: [0, 0x41, 0xFF]) }
        #expect(throws: DecodingError.self) { try value(String.self, from: [0, 0x43, 0xF0, 0x9F, 0x98]) }
        #expect(throws: DecodingError.self) { try value([String: Int].self, from: [2, 1, 0xFF, 0x81, 1, 1]) }
    }

    @Test func aDictionaryWithOneKeyTwiceIsAnError() {
        #expect(throws: DecodingError.self) { try value([Int: Int].self, from: [0, 0xA2, 1, 1, 1, 2]) }
    }

    @Test func nestingIsLimitedWhenDecoding() {
        let deep = [UInt8](repeating: 0x91, count: 1_000_000)
        #expect(throws: DecodingError.self) { try value(Nest.self, from: [0] + deep + [0x90]) }
        // What nobody reads is limited too.
        #expect(throws: DecodingError.self) { try value(Sample.Place.self, from: [2, 1, 0x61, 0x81, 1] + deep) }
        #expect(throws: DecodingError.self) { try value([String: Nest].self, from: [2, 1, 0x61, 0x81, 1] + deep) }
    }

    @Test func nestingIsLimitedWhenEncoding() throws {
        func nest(_ depth: Int) -> Nest { (1..<depth).reduce(Nest(inner: [])) { nest, _ in Nest(inner: [nest]) } }
        // A list and its element take a level each.
        let deepest = nest(ValueEncoder.depthLimit / 2)
        #expect(try recoded(deepest) == deepest)
        let error = #expect(throws: EncodingError.self) { try bytes(of: nest(ValueEncoder.depthLimit / 2 + 1)) }
        guard case .invalidValue(_, let context) = error else { return }
        #expect(context.debugDescription.contains("more than 256 levels deep"))
    }

    /// A type that goes down by itself, without asking the decoder for values.
    @Test func nestingIsLimitedWhereContainersAreNested() {
        struct Descent: Codable {
            init(from decoder: any Decoder) throws {
                func descend(_ container: any UnkeyedDecodingContainer) throws {
                    var container = container
                    while !container.isAtEnd { try descend(container.nestedUnkeyedContainer()) }
                }
                try descend(decoder.unkeyedContainer())
            }

            init() {}

            func encode(to encoder: any Encoder) throws {
                func descend(_ container: any UnkeyedEncodingContainer, _ depth: Int) {
                    var container = container
                    if depth > 0 { descend(container.nestedUnkeyedContainer(), depth - 1) }
                }
                descend(encoder.unkeyedContainer(), 10_000)
            }
        }
        let deep = [UInt8](repeating: 0x91, count: 100_000)
        #expect(throws: DecodingError.self) { try value(Descent.self, from: [0] + deep + [0x90]) }
        #expect(throws: EncodingError.self) { try bytes(of: Descent()) }
    }

    @Test func theDeepestNestingFitsASmallStack() async throws {
        // As large as the stacks of the threads that run tasks on other systems.
        let isSame = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Bool, any Error>) in
            let thread = Thread {
                continuation.resume(
                    with: Result {
                        let nest = (1..<ValueEncoder.depthLimit / 2).reduce(Nest(inner: [])) { nest, _ in
                            Nest(inner: [nest])
                        }
                        let terms = (2..<ValueEncoder.depthLimit / 2).reduce(Sample.Mode.plain) { term, _ in
                            .both(term, .plain)
                        }
                        return try recoded(nest) == nest && recoded(terms) == terms
                    }
                )
            }
            thread.stackSize = 512 << 10
            thread.start()
        }
        #expect(isSame)
    }
}

/// A list of lists of lists.
struct Nest: Codable, Equatable {
    var inner: [Nest]

    init(inner: [Nest]) { self.inner = inner }

    init(from decoder: any Decoder) throws { inner = try decoder.singleValueContainer().decode([Nest].self) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(inner)
    }
}
