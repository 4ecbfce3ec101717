import Foundation
import PIETesting
import Testing

/// What the fuzzer feeds the parser and the checks is fed a little in each test run, too.
@Suite struct ProtoFuzzTests {
    @Test(arguments: 0..<4 as Range<UInt64>)
    func samplesWithChangedBytesAreCheckedToTheEnd(seed: UInt64) async throws {
        let samples = try SampleFile.all().map(\.bytes)
        let workspace = try TemporaryWorkspace()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            guard var bytes = samples.randomElement(using: &generator), !bytes.isEmpty else { continue }
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                bytes[place] = Bool.random(using: &generator) ? .random(in: .min ... .max, using: &generator) : 0x3B
            }
            // What comes last is the whole of it, or ends somewhere.
            if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator)) }
            let input = bytes
            await #expect(throws: Never.self, "\(String(decoding: input, as: UTF8.self))") {
                try await ProtoFuzz.run(input, in: workspace.root)
            }
        }
    }
}
