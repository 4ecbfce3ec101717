import Testing

@testable import PIE

@Suite struct ContentHashTests {
    @Test func theHashNeverChanges() {
        let counting = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        let known: [(bytes: [UInt8], hash: String)] = [
            ([], "bef3e6e8cccec72c567dac97e4416244"),
            ([0], "0aef7c7159f6e54ffc188cdaad8cd61a"),
            (Array("a".utf8), "34a97f8acacb80f3436010b13402b697"),
            (Array("incremental".utf8), "2ffd36cd99e8102dd5e347c68a011efc"),
            (Array(counting[..<31]), "1c0e8e3f5f0238b7bd72161bb218b65f"),
            (Array(counting[..<32]), "3f3f43bad427c4c9d7886d875082997b"),
            (Array(counting[..<33]), "3b31d88c86c15d51b2ea4c51943cf1bf"),
            (counting, "c401b82eabc2dff7f5bfa151eae2a5dd"),
        ]
        for (bytes, hash) in known { #expect(ContentHash(bytes).description == hash) }
    }

    @Test func theLengthCounts() {
        var seen: Set<ContentHash> = []
        for length in 0...300 { seen.insert(ContentHash([UInt8](repeating: 0, count: length))) }
        #expect(seen.count == 301)
        #expect(Set(seen.map(\.high)).count == 301)
        #expect(Set(seen.map(\.low)).count == 301)
    }

    @Test func theHashOfPiecesIsTheHashOfTheWhole() {
        let bytes = (0..<320).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        bytes.withUnsafeBytes { bytes in
            for length in 0...bytes.count {
                let whole = ContentHash(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
                for cut in stride(from: 0, through: length, by: 32) {
                    var hasher = ContentHasher()
                    hasher.combine(stripes: UnsafeRawBufferPointer(rebasing: bytes[..<cut]))
                    let end = length & ~31
                    hasher.combine(stripes: UnsafeRawBufferPointer(rebasing: bytes[cut..<max(cut, end)]))
                    let hash = hasher.finish(tail: UnsafeRawBufferPointer(rebasing: bytes[end..<length]))
                    #expect(hash == whole)
                }
            }
        }
    }

    @Test func whereTheBytesLieDoesNotMatter() {
        let bytes = (0..<200).map { UInt8($0) }
        let expected = ContentHash(bytes)
        for shift in 0..<8 {
            let shifted = [UInt8](repeating: 9, count: shift) + bytes
            #expect(shifted.withUnsafeBytes { ContentHash(UnsafeRawBufferPointer(rebasing: $0[shift...])) } == expected)
        }
    }

    /// Each flipped bit of the input flips about half of the bits of either half, wherever it is.
    @Test(arguments: [1, 7, 8, 15, 16, 31, 32, 33, 48, 64, 100])
    func everyBitSpreads(length: Int) {
        var seen: Set<ContentHash> = []
        var flips = [Int](repeating: 0, count: 128)
        let original = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 11) }
        let hash = ContentHash(original)
        for bit in 0..<length * 8 {
            var bytes = original
            bytes[bit / 8] ^= 1 << (bit % 8)
            let other = ContentHash(bytes)
            seen.insert(other)
            let high = hash.high ^ other.high
            let low = hash.low ^ other.low
            #expect((8...56).contains(high.nonzeroBitCount) && (8...56).contains(low.nonzeroBitCount))
            for index in 0..<64 {
                flips[index] += Int(low >> UInt64(index) & 1)
                flips[index + 64] += Int(high >> UInt64(index) & 1)
            }
        }
        #expect(seen.count == length * 8 && !seen.contains(hash))
        guard length >= 31 else { return }
        for count in flips {
            let share = Double(count) / Double(length * 8)
            #expect((0.3...0.7).contains(share))
        }
    }

    /// Inputs of nothing but zeros and a few ones are what weak hashes stumble over.
    @Test(arguments: [16, 32, 40, 64])
    func sparseInputsDoNotCollideInEitherHalf(length: Int) {
        var high: Set<UInt64> = []
        var low: Set<UInt64> = []
        var count = 0
        var bytes = [UInt8](repeating: 0, count: length)
        for first in 0..<length * 8 {
            bytes[first / 8] ^= 1 << (first % 8)
            for second in first..<length * 8 {
                if second != first { bytes[second / 8] ^= 1 << (second % 8) }
                let hash = ContentHash(bytes)
                high.insert(hash.high)
                low.insert(hash.low)
                count += 1
                if second != first { bytes[second / 8] ^= 1 << (second % 8) }
            }
            bytes[first / 8] ^= 1 << (first % 8)
        }
        #expect(high.count == count && low.count == count)
    }

    @Test func shortStringsDoNotCollideInEitherHalf() {
        var high: [UInt64] = []
        var low: [UInt64] = []
        for number in 0..<100_000 {
            for text in ["\(number)", "file\(number)"] {
                let hash = ContentHash(utf8: text)
                high.append(hash.high)
                low.append(hash.low)
            }
        }
        #expect(Set(high).count == 200_000 && Set(low).count == 200_000)
    }

    @Test func swappedWordsAndRepeatedBlocksDiffer() {
        var seen: Set<ContentHash> = []
        let words: [[UInt8]] = [1, 2, 3, 4].map { [UInt8](repeating: $0, count: 8) }
        var count = 0
        for a in 0..<4 {
            for b in 0..<4 {
                for c in 0..<4 {
                    for d in 0..<4 {
                        let block = words[a] + words[b] + words[c] + words[d]
                        for repetitions in 1...4 {
                            seen.insert(ContentHash(Array(repeatElement(block, count: repetitions).joined())))
                            count += 1
                        }
                    }
                }
            }
        }
        // Blocks of one word are the repetitions of nothing else: no two of all these inputs are equal.
        #expect(seen.count == count)
    }

    @Test func aHashSurvivesEncoding() throws {
        let hash = ContentHash(utf8: "text")
        #expect(try decodedAgain(hash) == hash)
        #expect(hash.description.utf8.count == 32)
        #expect(ContentHash(high: 1, low: 0).description == "0000000000000001" + "0000000000000000")
    }
}
