import PIETesting
import Synchronization
import Testing

@testable import PIE

/// What an ``InternTable`` expects to be looked for, and that a wrong guess changes nothing but the time.
@Suite(.serialized) struct GuessTests {
    /// A key that counts how often it is hashed.
    struct Counted: Hashable, Sendable {
        static let hashed = Mutex(0)

        let number: Int

        func hash(into hasher: inout Hasher) {
            Self.hashed.withLock { $0 += 1 }
            hasher.combine(number)
        }

        static func countHashing(_ work: () -> Void) -> Int {
            hashed.withLock { $0 = 0 }
            work()
            return hashed.withLock { $0 }
        }
    }

    private func table(_ count: Int) -> InternTable<Counted, Void> {
        let table = InternTable<Counted, Void>()
        for number in 0..<count {
            guard case .missing(let hash, _) = table.search(Counted(number: number)) else { continue }
            table.add(Counted(number: number), hash: hash, id: UInt32(number * 2))
        }
        return table
    }

    private func find(_ number: Int, in table: InternTable<Counted, Void>) -> UInt32? {
        guard case .found(let id, let index) = table.search(Counted(number: number)), index == number else {
            return nil
        }
        return id
    }

    @Test func onlyTheFirstTwoOfManyKeysInARowAreHashed() {
        let table = table(1_000)
        let hashed = Counted.countHashing {
            for number in 300..<900 { #expect(find(number, in: table) == UInt32(number * 2)) }
        }
        #expect(hashed == 2)
    }

    @Test func aKeyThatIsLookedForAgainAndAgainIsHashedTwice() {
        let table = table(1_000)
        let hashed = Counted.countHashing {
            for _ in 0..<100 { #expect(find(500, in: table) == 1_000) }
        }
        #expect(hashed == 2)
    }

    @Test func theKeyAfterTheLastOneIsAddedNotFound() {
        let table = table(10)
        for number in 0..<10 { #expect(find(number, in: table) == UInt32(number * 2)) }
        guard case .missing(let hash, let count) = table.search(Counted(number: 10)) else {
            Issue.record("found before it was added")
            return
        }
        #expect(count == 10)
        table.add(Counted(number: 10), hash: hash, id: 77)
        #expect(find(10, in: table) == 77)
    }

    @Test(arguments: [0 as UInt64, 1, 2, 3])
    func keysAreFoundInWhateverOrderTheyAreLookedFor(seed: UInt64) {
        let table = table(200)
        var generator = SeededGenerator(seed: seed)
        var number = 0
        for _ in 0..<20_000 {
            // Often the same or the next one, and beyond the end.
            switch generator.next() % 5 {
            case 0: break
            case 1, 2, 3: number += 1
            default: number = Int(generator.next() % 210)
            }
            #expect(find(number, in: table) == (number < 200 ? UInt32(number * 2) : nil))
        }
    }

    @Test func aGuessFollowsTheStepBetweenTheLastTwoKeys() {
        let start = Guess(last: 7, step: .unknown)
        #expect(start.index == nil)
        #expect(start.following(8).index == 9)
        #expect(start.following(8).following(9).index == 10)
        #expect(start.following(7).index == 7)
        #expect(start.following(9).index == nil)
        #expect(start.following(6).index == nil)
        #expect(start.following(8).following(3).index == nil)
        #expect(Guess(last: .max, step: .forward).index == 0)
    }
}
