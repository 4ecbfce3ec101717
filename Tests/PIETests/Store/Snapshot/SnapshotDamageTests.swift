import PIETesting
import Testing

@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct SnapshotDamageTests {
    private let content = SnapshotContent.small
    private let bytes: [UInt8]
    private let layout: SnapshotLayout

    init() throws {
        bytes = try content.written()
        layout = try snapshot(of: bytes).layout
    }

    /// Why these bytes do not open; nil if they do, and all answers are right or damage.
    private func failure(of damaged: [UInt8], _ content: SnapshotContent) -> SnapshotFailure.Kind? {
        do throws(SnapshotFailure) {
            let answers = SnapshotAnswers(of: try snapshot(of: damaged), comparedWith: content)
            #expect(answers.wrong == [])
            return nil
        } catch {
            return error.kind
        }
    }

    @Test func aSnapshotThatWasCutAnywhereDoesNotOpen() throws {
        for count in 1..<bytes.count {
            #expect(failure(of: Array(bytes[..<count]), content) == .damaged(.end))
        }
        let folder = try TemporaryFolder()
        try folder.put([], at: "snapshot")
        #expect(throws: SnapshotFailure(.damaged(.end), path: folder.path("snapshot"))) {
            try Snapshot(at: folder.path("snapshot"))
        }
    }

    @Test func aBitThatFlippedAnywhereGivesNoWrongAnswer() throws {
        let answers = SnapshotAnswers(of: try snapshot(of: bytes), comparedWith: content)
        for bit in 0..<bytes.count * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            switch bit / 8 {
            case ..<8: #expect(failure(of: flipped, content) == .notASnapshot)
            case ..<SnapshotHeader.size: #expect(failure(of: flipped, content) == .damaged(.header))
            case layout.checksums: #expect(failure(of: flipped, content) == .damaged(.checksums))
            case layout.checksums.upperBound...: #expect(failure(of: flipped, content) == .damaged(.end))
            default:
                let snapshot = try snapshot(of: flipped)
                let damaged = SnapshotAnswers(of: snapshot, comparedWith: content)
                // All lies in one block: what needs no look at it is right as before, everything else is damage.
                #expect(damaged.wrong == [] && damaged.right + damaged.damages.count == answers.right)
                #expect(Set(damaged.damages) == [SnapshotDamage(offset: 0, path: "snapshot")])
                #expect(throws: SnapshotDamage.self) { try snapshot.verifyAll() }
            }
        }
    }

    @Test func damageIsThrownEachTimeAndNamesItsBlock() throws {
        let content = SnapshotContent.random(count: 300, length: 200, seed: 1)
        let bytes = try content.written()
        let layout = try snapshot(of: bytes).layout
        for block in 0..<layout.blockCount {
            var damaged = bytes
            // Block 0 begins with the header, which opening looks at.
            let offset = block * SnapshotLayout.blockSize
            damaged[block == 0 ? SnapshotHeader.size + 2 : offset] ^= 1
            let snapshot = try snapshot(of: damaged)
            let damage = SnapshotDamage(offset: offset, path: "snapshot")
            #expect(throws: damage) { try snapshot.verifyAll() }
            let first = SnapshotAnswers(of: snapshot, comparedWith: content)
            #expect(first.wrong == [] && first.right > 0 && Set(first.damages) == [damage])
            #expect(SnapshotAnswers(of: snapshot, comparedWith: content) == first)
            #expect(!snapshot.verified.contains(block) && snapshot.verifiedBlockCount > 0)
            #expect(damage.description.contains("\(offset)"))
        }
    }

    @Test func openingLooksAtNothingButHeaderFooterAndChecksums() throws {
        let content = SnapshotContent.random(count: 1000, length: 200, seed: 2)
        var bytes = try content.written()
        let layout = try snapshot(of: bytes).layout
        for index in SnapshotHeader.size..<layout.checkedCount { bytes[index] = 0xEE }
        let snapshot = try snapshot(of: bytes)
        #expect(snapshot.store == SnapshotContent.store && snapshot.generation == SnapshotContent.generation)
        #expect(snapshot.taskCount == 1000 && snapshot.resourceCount == 1000 && snapshot.verifiedBlockCount == 0)
        #expect(SnapshotAnswers(of: snapshot, comparedWith: content).wrong == [])
        #expect(snapshot.verifiedBlockCount == 0)
    }

    @Test func randomDamageGivesNoWrongAnswer() throws {
        let content = SnapshotContent.random(count: 400, length: 150, seed: 3)
        let bytes = try content.written()
        var random = SeededGenerator(seed: 4)
        var opened = 0
        for _ in 0..<100 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let at = Int.random(in: 0..<damaged.count, using: &random)
                let length = min(Int.random(in: 1...6000, using: &random), damaged.count - at)
                switch Int.random(in: 0..<6, using: &random) {
                case 0: for index in at..<at + length { damaged[index] = UInt8.random(in: 0...255, using: &random) }
                case 1: for index in at..<at + length { damaged[index] = 0 }
                case 2: damaged[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 3: damaged.removeSubrange(at..<at + length)
                case 4: damaged.insert(contentsOf: damaged[at..<at + length], at: at)
                default:
                    let from = Int.random(in: 0...damaged.count - length, using: &random)
                    damaged.replaceSubrange(at..<at + length, with: damaged[from..<from + length])
                }
                if damaged.isEmpty { damaged = [0] }
            }
            if failure(of: damaged, content) == nil { opened += 1 }
        }
        #expect(opened > 20 && opened < 100)
    }

    /// Numbers that no writer writes, under checksums that are right: nothing is read outside, and nothing traps.
    @Test func numbersThatLeadNowhereAreDamageOrNothing() throws {
        let numbers: [UInt32] = [1, 11, 12, 13, 100, 1 << 20, 1 << 30, .max]
        var damages = 0
        for offset in SnapshotHeader.size..<layout.state.lowerBound - 3 {
            for number in numbers {
                var forged = bytes
                forged.setLittleEndian(number, at: offset)
                seal(&forged)
                let snapshot = try snapshot(of: forged)
                try snapshot.verifyAll()
                damages += SnapshotAnswers(of: snapshot, comparedWith: content).damages.count
            }
        }
        #expect(damages > 0)
    }

    @Test func aFooterOfNumbersThatDoNotFitDoesNotOpen() throws {
        let start = layout.checksums.upperBound
        for field in stride(from: 0, to: 32, by: 4) {
            for number: UInt32 in [0, 1, 3, 47, 48, 52, 1 << 30, 1 << 31, .max] {
                var forged = bytes
                forged.setLittleEndian(number, at: start + field)
                if forged == bytes { continue }
                sealFooter(&forged)
                #expect(failure(of: forged, content) == .damaged(.end))
            }
        }
        var forged = bytes
        for field in 0..<32 { forged[start + field] = 0xFF }
        sealFooter(&forged)
        #expect(failure(of: forged, content) == .damaged(.end))
    }

    @Test func theEndOfAnotherSnapshotDoesNotFit() throws {
        var other = bytes
        let header = SnapshotHeader.encoded(store: SnapshotContent.store, generation: 4)
        other.replaceSubrange(..<header.count, with: header)
        #expect(failure(of: other, content) == .damaged(.end))
    }

    @Test func anotherFormatIsToldFromDamage() throws {
        var other = bytes
        other.setLittleEndian(UInt32(2), at: 8)
        other.setLittleEndian(
            other.withUnsafeBytes { StoreChecksum.of(UnsafeRawBufferPointer(rebasing: $0[..<40])) },
            at: 40
        )
        for count in [SnapshotHeader.size, SnapshotHeader.size + 1, bytes.count] {
            #expect(failure(of: Array(other[..<count]), content) == .otherVersion(2))
            let failure = SnapshotFailure(.otherVersion(2), path: "snapshot")
            #expect(failure.description.contains("has format 2, where this library knows format 1"))
        }
    }

    @Test(arguments: [[0x2A], Array("# notes of last week\n".utf8), Array(repeating: 0, count: 5000)])
    func whatIsNoSnapshotIsToldFromDamage(bytes: [UInt8]) {
        #expect(failure(of: bytes, content) == .notASnapshot)
    }

    @Test func aJournalIsNoSnapshot() {
        #expect(failure(of: JournalHeader.encoded(.tested), content) == .notASnapshot)
    }

    @Test func aMissingFileAndAnErrorOfTheSystemAreToldApart() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("snapshot")
        #expect(throws: SnapshotFailure(.missing, path: path)) { try Snapshot(at: path) }
        try folder.createFolder("snapshot")
        #expect(throws: SnapshotFailure(.system(StoreError(.notAFile, path: path)), path: path)) {
            try Snapshot(at: path)
        }
        try folder.put(bytes, at: "other")
        for call in 1...3 {
            let faulty = FaultySystem(.at(call, EACCES))
            let error = #expect(throws: SnapshotFailure.self) {
                try Snapshot(at: folder.path("other"), system: faulty.system)
            }
            guard case .system(let cause) = error?.kind else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(cause.path == folder.path("other") && error?.description == cause.description)
        }
    }

    /// Computes all checksums of blocks anew, and what depends on them.
    private func seal(_ bytes: inout [UInt8]) {
        for block in 0..<layout.blockCount {
            let start = block * SnapshotLayout.blockSize
            let end = min(start + SnapshotLayout.blockSize, layout.checkedCount)
            let checksum = bytes.withUnsafeBytes { StoreChecksum.of(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
            bytes.setLittleEndian(checksum, at: layout.checksums.lowerBound + 8 * block)
        }
        let table = bytes.withUnsafeBytes { StoreChecksum.of(UnsafeRawBufferPointer(rebasing: $0[layout.checksums])) }
        bytes.setLittleEndian(table, at: layout.checksums.upperBound + 40)
        sealFooter(&bytes)
    }

    private func sealFooter(_ bytes: inout [UInt8]) {
        let start = layout.checksums.upperBound
        let checksum = bytes.withUnsafeBytes {
            StoreChecksum.of(UnsafeRawBufferPointer(rebasing: $0[start..<start + 48]))
        }
        bytes.setLittleEndian(checksum, at: start + 48)
    }
}
