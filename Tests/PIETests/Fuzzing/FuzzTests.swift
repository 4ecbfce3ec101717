import Foundation
import PIETesting
import Testing

@testable import PIE

/// What the fuzzer feeds is fed a little in each test run, too: samples with a few bytes changed.
@Suite struct FuzzTests {
    /// How many stores each seed makes; `PIE_FUZZ` says another number.
    private static let stores = ProcessInfo.processInfo.environment["PIE_FUZZ"].flatMap { Int($0) } ?? 60

    /// Changes a few bytes of an input: flips bits, replaces, repeats or takes out pieces, or joins it with another.
    private static func mutate(
        _ input: [UInt8],
        with others: [[UInt8]],
        using generator: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = input
        for _ in 0...Int.random(in: 0..<4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 1...8, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
            case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
            case 3: bytes.removeSubrange(place..<end)
            case 4: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
            default:
                guard let other = others.randomElement(using: &generator), other.count > place else { break }
                bytes.replaceSubrange(place..., with: other[place...])
            }
        }
        return bytes
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func samplesOfValuesWithChangedBytesAreValuesOrErrors(seed: UInt64) throws {
        let samples = try ValueFuzz.corpus()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            guard let sample = samples.randomElement(using: &generator) else { return }
            let input = Self.mutate(sample, with: samples, using: &generator)
            #expect(throws: Never.self, "\(input)") { try ValueFuzz.run(input) }
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func samplesOfStoresWithChangedBytesAreReadAsFarAsTheyGo(seed: UInt64) async throws {
        let workspace = try TemporaryWorkspace()
        let samples = try await StoreFuzz.corpus(in: workspace.root + "/corpus")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Self.stores {
            guard let sample = samples.randomElement(using: &generator) else { return }
            let input = Self.mutate(sample, with: samples, using: &generator)
            await #expect(throws: Never.self, "\(input)") { try await StoreFuzz.run(input, in: workspace.root + "/s") }
        }
    }
}
