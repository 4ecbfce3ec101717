// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Testing

@testable import PIE

/// Everything by which a file may try to change without being noticed.
@Suite struct FileSystemTimesTests {
    private let folder: TemporaryFolder
    private let disk: FileSystem

    init() throws {
        folder = try TemporaryFolder()
        disk = folder.fileSystem
        try folder.write("one", to: "a")
    }

    /// The stamp of `a` as it would be taken long after it was written.
    private func firmStamp() throws -> FileStamp {
        let stamp = try disk.hash(at: "a", now: folder.later)
        #expect(!stamp.isProvisional)
        return stamp
    }

    private func holds(_ stamp: FileStamp, by stamper: FileStamper) throws -> Bool {
        try disk.check(stamp, of: "a", by: stamper).holds
    }

    /// Waits until a file that is written now gets another time than one that was written before.
    private func nextTick() throws {
        let before = try disk.metadata(at: "a").modified
        repeat {
            usleep(1000)
            try folder.write("x", to: "clock")
        } while try disk.metadata(at: "clock").modified == before
    }

    @Test func R15_aStampOfAFreshFileIsProvisional() throws {
        // As seen at the moment of the last change, however long the test has been held up since.
        let now = try disk.metadata(at: "a").changed
        #expect(try disk.metadata(at: "a", now: now).isProvisional)
        #expect(try disk.hash(at: "a", now: now).isProvisional)
        #expect(try disk.read(at: "a", now: now)?.stamp.isProvisional == true)
        #expect(try disk.stamp(at: "a", by: .modified, now: now).hash != nil, "later the content may have to decide")
        #expect(try disk.stamp(at: "a", by: .modified, now: folder.later).hash == nil)
        #expect(try disk.stamp(at: "a", by: .exists, now: now).hash == nil)
    }

    @Test func R15_howFreshIsTooFreshDependsOnTheClockOfTheFileSystem() throws {
        let second: Int64 = 1_000_000_000
        func isProvisional(modified: Int, nanoseconds: Int, after: Int64) -> Bool {
            var status = stat()
            status.st_mode = S_IFREG
            #if canImport(Darwin)
                status.st_mtimespec = timespec(tv_sec: modified, tv_nsec: nanoseconds)
                status.st_ctimespec = timespec(tv_sec: 1, tv_nsec: 1)
            #else
                status.st_mtim = timespec(tv_sec: modified, tv_nsec: nanoseconds)
                status.st_ctim = timespec(tv_sec: 1, tv_nsec: 1)
            #endif
            return FileStamp(status, now: Int64(modified) * second + Int64(nanoseconds) + after).isProvisional
        }
        #expect(isProvisional(modified: 1000, nanoseconds: 4_000_000, after: 0))
        #expect(isProvisional(modified: 1000, nanoseconds: 4_000_000, after: 19_000_000))
        #expect(!isProvisional(modified: 1000, nanoseconds: 4_000_000, after: 21_000_000))
        #expect(isProvisional(modified: 1000, nanoseconds: 4_000_000, after: -second), "in the future")
        #expect(isProvisional(modified: 1000, nanoseconds: 0, after: 2 * second))
        #expect(!isProvisional(modified: 1000, nanoseconds: 0, after: 3 * second))
    }

    @Test(arguments: [FileStamper.modified, .content])
    func R15_theSameSizeInTheSameTickIsNoticed(stamper: FileStamper) throws {
        // The metadata may or may not be the same by now; often enough it is.
        for round in 0..<50 {
            let stamp = try disk.stamp(at: "a", by: stamper)
            try folder.write(round.isMultiple(of: 2) ? "two" : "one", to: "a")
            #expect(try !holds(stamp, by: stamper))
        }
    }

    @Test func R15_aFileWrittenByTheBuildAndOverwrittenInTheSameTickIsNoticed() throws {
        for round in 0..<50 {
            let stamp = try disk.writeUnlessEqual(Array("gen\(round % 10)".utf8), at: "a").stamp
            try folder.write("bad!", to: "a")
            #expect(try !holds(stamp, by: .content))
        }
    }

    @Test func R15_aProvisionalStampBecomesFirmOnceItIsLookedAtLater() throws {
        let early = try disk.stamp(at: "a", by: .content)
        #expect(early.isProvisional)
        let (holds, stamp) = try disk.check(early, of: "a", by: .content, now: folder.later)
        #expect(holds && !stamp.isProvisional && stamp.hash == early.hash)
        let again = try disk.check(stamp, of: "a", by: .content, now: folder.later)
        #expect(again.holds && again.stamp == stamp)
    }

    @Test(arguments: [FileStamper.modified, .content])
    func R15_aRestoredTimeIsNoticed(stamper: FileStamper) throws {
        folder.setTime(of: "a", seconds: 1_000_000, nanoseconds: 500)
        let stamp = try firmStamp()
        try nextTick()
        try folder.write("two", to: "a")
        folder.setTime(of: "a", seconds: 1_000_000, nanoseconds: 500)
        #expect(try disk.metadata(at: "a").modified == stamp.modified)
        #expect(try !holds(stamp, by: stamper))
    }

    @Test(arguments: [FileStamper.modified, .content])
    func R15_anOlderTimeIsAChangeToo(stamper: FileStamper) throws {
        let stamp = try firmStamp()
        try folder.write("two", to: "a")
        folder.setTime(of: "a", seconds: 1_000_000, nanoseconds: 0)
        #expect(try !holds(stamp, by: stamper))
    }

    @Test(arguments: [FileStamper.modified, .content])
    func R15_aSaveByRenameIsNoticed(stamper: FileStamper) throws {
        let stamp = try firmStamp()
        try folder.write("two", to: "b")
        try folder.move("b", to: "a")
        #expect(try disk.metadata(at: "a").inode != stamp.inode)
        #expect(try !holds(stamp, by: stamper))
    }

    @Test func R15_aTouchIsAChangeOfTheMetadataAlone() throws {
        let stamp = try firmStamp()
        folder.setTime(of: "a", seconds: 2_000_000, nanoseconds: 1)
        #expect(try holds(stamp, by: .content))
        #expect(try !holds(stamp, by: .modified))
        #expect(try holds(stamp, by: .exists))
        // And the new metadata is what is compared from now on.
        #expect(try disk.check(stamp, of: "a", by: .content).stamp.modified == 2_000_000_000_000_001)
    }

    @Test func R15_anEditThatIsUndoneIsNoChangeOfTheContent() throws {
        let stamp = try firmStamp()
        try folder.write("two", to: "a")
        #expect(try !holds(stamp, by: .content))
        try folder.write("one", to: "a")
        #expect(try holds(stamp, by: .content))
    }

    @Test func R15_aStampMovesWithItsFolder() throws {
        let stamp = try firmStamp()
        let other = try TemporaryFolder()
        try other.write("one", to: "a")
        #expect(try other.fileSystem.check(stamp, of: "a", by: .content).holds)
    }

    @Test func aFileThatGoesIsAChange() throws {
        let stamp = try firmStamp()
        try folder.remove("a")
        for stamper in [FileStamper.exists, .modified, .content] {
            let (holds, present) = try disk.check(stamp, of: "a", by: stamper)
            #expect(!holds && present == .missing)
            #expect(try disk.check(present, of: "a", by: stamper).holds)
        }
    }
}
