import Testing

@testable import PIE

@Suite struct SharedDictionaryTests {
    /// A key of which many have one hash.
    private struct Colliding: Hashable, Sendable {
        let number: Int
        func hash(into hasher: inout Hasher) { hasher.combine(number % 7) }
    }

    @Test func itHoldsWhatAPlainDictionaryHolds() {
        var shared = SharedDictionary<Int, Int>()
        var plain: [Int: Int] = [:]
        var generator = SystemRandomNumberGenerator()
        for step in 0..<20_000 {
            let key = Int.random(in: 0..<2_000, using: &generator)
            let value = step % 4 == 0 ? nil : step
            shared[key] = value
            plain[key] = value
        }
        #expect((0..<2_000).allSatisfy { shared[$0] == plain[$0] })
    }

    @Test func aCopyDoesNotSeeLaterChanges() {
        var shared = SharedDictionary<Int, Int>()
        for key in 0..<1_000 { shared[key] = key }
        let copy = shared
        for key in 0..<1_000 { shared[key] = key % 2 == 0 ? nil : -key }
        shared[1_000] = 1
        #expect((0..<1_000).allSatisfy { copy[$0] == $0 })
        #expect(copy[1_000] == nil)
        #expect((0..<1_000).allSatisfy { shared[$0] == ($0 % 2 == 0 ? nil : -$0) })
    }

    @Test func keysWithOneHashAreToldApart() {
        var shared = SharedDictionary<Colliding, Int>()
        for number in 0..<200 { shared[Colliding(number: number)] = number }
        for number in stride(from: 0, to: 200, by: 3) { shared[Colliding(number: number)] = nil }
        #expect((0..<200).allSatisfy { shared[Colliding(number: $0)] == ($0 % 3 == 0 ? nil : $0) })
    }
}
