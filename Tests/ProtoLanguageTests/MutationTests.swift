import PIETesting
import ProtoLanguage
import Testing

/// Sources with random damage: whatever the bytes, the parser comes to an end and gives a sound result.
@Suite struct MutationTests {
    private static let fragments: [String] = [
        "{", "}", "<", ">", "[", "]", "(", ")", "\"", "'", "\\", "/*", "*/", "//", ";", "=", "-", ".", ",", "\u{0}",
        "message", "group", "map<", "oneof", "extend", "option", "reserved", "to max", "0x", "1e", "\n", "\u{FEFF}",
    ]

    @Test func damagedSourcesNeverTrap() throws {
        var generator = SeededGenerator(seed: 2024)
        let sources = try SampleFile.all().map(\.bytes)
        let deadline = ContinuousClock.now + .seconds(1)
        for round in 0..<20_000 where ContinuousClock.now < deadline || round < 200 {
            guard var bytes = sources.randomElement(using: &generator) else {
                break
            }
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                mutate(&bytes, with: &generator)
            }
            let parse = Parser.parse(bytes)
            #expect(parse.syntax.isIncomplete == !parse.diagnostics.isEmpty)
            _ = DeclaredNames(Outline(parse.syntax))
        }
    }

    private func mutate(_ bytes: inout [UInt8], with generator: inout SeededGenerator) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0 where place < bytes.count:
            bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 1:
            let end = min(bytes.count, place + Int.random(in: 0...40, using: &generator))
            bytes.removeSubrange(place..<end)
        case 2:
            let fragment = Self.fragments.randomElement(using: &generator) ?? ""
            bytes.insert(contentsOf: fragment.utf8, at: place)
        default:
            bytes.removeSubrange(place...)
        }
    }
}
