// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Testing

@testable import PIE

@Suite struct FileStampTests {
    private let hashes = [ContentHash([1]), ContentHash([2])]

    private func stamp(
        size: Int64 = 1,
        modified: Int64 = 10,
        changed: Int64 = 10,
        inode: UInt64 = 7,
        hash: ContentHash? = nil,
        isProvisional: Bool = false
    ) -> FileStamp {
        FileStamp(
            kind: .regularFile,
            size: size,
            modified: modified,
            changed: changed,
            inode: inode,
            hash: hash,
            isProvisional: isProvisional
        )
    }

    @Test func existenceAloneCountsForExists() {
        let old = stamp(hash: hashes[0])
        #expect(old.matches(stamp(size: 9, hash: hashes[1]), by: .exists) == .same)
        #expect(old.matches(FileStamp(kind: .directory), by: .exists) == .changed, "a folder is no file")
        #expect(old.matches(.missing, by: .exists) == .changed)
        #expect(FileStamp.missing.matches(.missing, by: .exists) == .same)
        #expect(FileStamp.missing.matches(old, by: .exists) == .changed)
    }

    @Test(arguments: [FileStamper.modified, .content])
    func comingAndGoingIsAChange(stamper: FileStamper) {
        let old = stamp(hash: hashes[0])
        #expect(old.matches(.missing, by: stamper) == .changed)
        #expect(FileStamp.missing.matches(old, by: stamper) == .changed)
        #expect(FileStamp.missing.matches(.missing, by: stamper) == .same)
        #expect(old.matches(FileStamp(kind: .directory), by: stamper) == .changed)
    }

    @Test func R15_equalTrustedMetadataProvesEqualContent() {
        #expect(stamp(hash: hashes[0]).matches(stamp(), by: .content) == .same)
        #expect(stamp().matches(stamp(), by: .content) == .same)
        #expect(stamp().matches(stamp(), by: .modified) == .same)
    }

    @Test func R15_everyPartOfTheMetadataCounts() {
        let old = stamp(hash: hashes[0])
        for new in [stamp(modified: 11), stamp(modified: 9), stamp(changed: 11), stamp(changed: 9), stamp(inode: 8)] {
            #expect(old.matches(new, by: .content) == .needsContent)
            #expect(old.matches(new, by: .modified) == .changed)
        }
    }

    @Test func anotherSizeIsAnotherContent() {
        #expect(stamp(hash: hashes[0]).matches(stamp(size: 2), by: .content) == .changed)
        #expect(stamp(hash: hashes[0]).matches(stamp(size: 2), by: .modified) == .changed)
    }

    @Test func R15_equalHashesAreNoChangeWhateverTheMetadata() {
        let old = stamp(hash: hashes[0])
        #expect(old.matches(stamp(modified: 99, inode: 3, hash: hashes[0]), by: .content) == .same)
        #expect(old.matches(stamp(modified: 99, hash: hashes[0]), by: .modified) == .changed)
    }

    @Test func R15_hashesDecideAgainstEqualMetadata() {
        let old = stamp(hash: hashes[0])
        #expect(old.matches(stamp(hash: hashes[1]), by: .content) == .changed)
    }

    @Test(arguments: [FileStamper.modified, .content])
    func R15_aStampTakenTooEarlyIsNotTrusted(stamper: FileStamper) {
        let old = stamp(hash: hashes[0], isProvisional: true)
        #expect(old.matches(stamp(), by: stamper) == .needsContent)
        #expect(old.matches(stamp(hash: hashes[0]), by: stamper) == .same)
        #expect(old.matches(stamp(hash: hashes[1]), by: stamper) == .changed)
        // Nothing to compare the content with: the change that cannot be excluded is assumed.
        #expect(stamp(isProvisional: true).matches(stamp(hash: hashes[0]), by: stamper) == .changed)
        #expect(stamp(isProvisional: true).matches(stamp(), by: stamper) == .changed)
    }

    @Test func R15_theFirstLookAtATrustedFileMakesTheStampFirm() {
        let early = stamp(hash: hashes[0], isProvisional: true)
        let firm = stamp(hash: hashes[0])
        #expect(early.settled(by: firm) == firm)
        #expect(firm.settled(by: stamp()) == firm)
        #expect(firm.settled(by: stamp(modified: 12, hash: hashes[0])) == stamp(modified: 12, hash: hashes[0]))
        #expect(firm.settled(by: early) == firm)
        #expect(stamp().settled(by: firm) == firm)
    }

    @Test func aDemandForContentIsMadeOnlyWhereItCanBeMet() {
        var parts: [FileStamp] = [.missing, .buffer([1]), .buffer([2]), FileStamp(kind: .directory)]
        for hash in [nil, hashes[0], hashes[1]] {
            for isProvisional in [false, true] {
                for (size, time) in [(1, 10), (1, 11), (2, 10)] as [(Int64, Int64)] {
                    parts.append(stamp(size: size, modified: time, hash: hash, isProvisional: isProvisional))
                }
            }
        }
        for stamper in [FileStamper.exists, .modified, .content] {
            for old in parts {
                for new in parts where old.matches(new, by: stamper) == .needsContent {
                    #expect(new.hash == nil && new.kind == .regularFile)
                    var hashed = new
                    hashed.hash = hashes[0]
                    #expect(old.matches(hashed, by: stamper) != .needsContent)
                }
                if !old.isProvisional || old.hash != nil {
                    #expect(old.matches(old, by: stamper) == .same)
                }
            }
        }
    }

    @Test(arguments: [FileStamper.modified, .content])
    func R17_equalContentsUnderABufferAreNoChange(stamper: FileStamper) {
        let buffer = FileStamp.buffer([1])
        #expect(buffer.matches(.buffer([1]), by: stamper) == .same)
        #expect(buffer.matches(.buffer([2]), by: stamper) == .changed)
        #expect(buffer.matches(stamp(), by: stamper) == .needsContent)
        #expect(buffer.matches(stamp(hash: hashes[0]), by: stamper) == .same)
        #expect(stamp(hash: hashes[0]).matches(buffer, by: stamper) == .same)
        #expect(stamp(hash: hashes[1]).matches(buffer, by: stamper) == .changed)
    }

    @Test func stampsAreSmall() {
        #expect(MemoryLayout<FileStamp>.stride <= 72)
    }

    @Test func stampsSurviveEncoding() throws {
        let stamps: [FileStamp] = [
            .missing, .buffer([1, 2]), FileStamp(kind: .directory), FileStamp(kind: .other, isProvisional: true),
            stamp(), stamp(hash: hashes[0]), stamp(size: .max, modified: .min, inode: .max, isProvisional: true),
        ]
        for stamp in stamps { #expect(try decodedAgain(stamp) == stamp) }
        #expect(try encoded(FileStamp.missing).count == 3)
    }

    @Test(arguments: ["[9]", "[255,1,2,3,4]", "[1]", "[]", "[17,1,2,3,4]"])
    func whatIsNoStampDoesNotDecode(json: String) {
        #expect(throws: DecodingError.self) { try decode(json) }
    }

    @Test func descriptionsSayWhatWasSeen() {
        #expect(FileStamp.missing.description == "missing")
        let hash = ContentHash([]).description.prefix(12)
        #expect(FileStamp.buffer([]).description == "unsaved buffer, 0 bytes, content \(hash)")
        #expect(stamp(modified: 1_000_000_007).description == "1 byte, modified 1.000000007, changed 0.000000010")
        let early = stamp(size: 3, modified: -5, changed: -5, isProvisional: true)
        #expect(early.description == "3 bytes, modified -0.000000005, provisional")
    }
}

private func decode(_ json: String) throws -> FileStamp {
    try JSONDecoder().decode(FileStamp.self, from: Data(json.utf8))
}
