// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Synchronization
import Testing

@testable import PIE

@Suite struct FileSystemReadingTests {
    private let folder: TemporaryFolder
    private let disk: FileSystem

    init() throws {
        folder = try TemporaryFolder()
        disk = folder.fileSystem
    }

    @Test(arguments: [0, 1, 31, 32, 33, 1024, 131_071, 131_072, 131_073, 300_000])
    func R15_bytesAndStampBelongTogether(size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try disk.writeUnlessEqual(bytes, at: "a")
        let later = folder.later
        let (read, stamp) = try #require(try disk.read(at: "a", now: later))
        #expect(read == bytes)
        #expect(stamp.hash == ContentHash(bytes) && stamp.size == size)
        #expect(try disk.hash(at: "a", now: later) == stamp)
        #expect(stamp.hasSameMetadata(as: try disk.metadata(at: "a")))
    }

    @Test func aMissingFileIsNil() throws {
        #expect(try disk.read(at: "a") == nil)
        #expect(try disk.read(at: "a/b/c") == nil)
        #expect(try disk.hash(at: "a") == .missing)
        try folder.link("dangling", to: "nowhere")
        #expect(try disk.read(at: "dangling") == nil)
    }

    @Test func aFolderIsAnError() throws {
        try folder.createFolder("d")
        let error = FileSystemError(.read, path: folder.root + "/d", code: EISDIR)
        #expect(throws: error) { try disk.read(at: "d") }
        #expect(throws: error) { try disk.hash(at: "d") }
    }

    @Test func aPipeOrADeviceIsAnErrorAndDoesNotBlock() throws {
        #expect(mkfifo(folder.root + "/pipe", 0o600) == 0)
        #expect(throws: FileSystemError(.read, path: folder.root + "/pipe", code: EINVAL)) { try disk.read(at: "pipe") }
        #expect(throws: FileSystemError(.read, path: "/dev/null", code: EINVAL)) { try disk.read(at: "/dev/null") }
    }

    #if os(Linux)
        @Test func aFileThatHidesItsSizeIsReadToItsEnd() throws {
            let (bytes, stamp) = try #require(try disk.read(at: "/proc/self/status"))
            #expect(bytes.count > 100 && stamp.size == 0)
            let (maps, _) = try #require(try disk.read(at: "/proc/self/maps"))
            #expect(maps.count > 1000)
            #expect(try disk.hash(at: "/proc/version").hash == ContentHash(disk.read(at: "/proc/version")?.bytes ?? []))
        }
    #endif

    @Test func R15_aFileThatIsWrittenMeanwhileIsReadAgain() throws {
        try folder.write("old", to: "a")
        let number = open(folder.root + "/a", O_RDONLY)
        guard let descriptor = FileDescriptor(number) else { throw disk.error(.read, "a") }
        var attempts = 0
        let stamp = try disk.stableStamp(of: descriptor, "a", now: folder.later) { descriptor, size in
            attempts += 1
            let bytes = FileSystem.allBytes(of: descriptor, size: size) ?? []
            if attempts == 1 { try? folder.write("new one", to: "a") }
            return ContentHash(bytes)
        }
        #expect(attempts == 2 && stamp.hash == ContentHash(utf8: "new one"))
    }

    @Test func R15_aFileThatNeverRestsIsNotTrusted() throws {
        try folder.write("", to: "a")
        let number = open(folder.root + "/a", O_RDWR)
        guard let descriptor = FileDescriptor(number) else { throw disk.error(.read, "a") }
        var attempts = 0
        let stamp = try disk.stableStamp(of: descriptor, "a", now: folder.later) { descriptor, size in
            attempts += 1
            // In place, and longer each time.
            _ = ftruncate(number, off_t(attempts))
            return ContentHash([])
        }
        #expect(attempts > 1 && stamp.isProvisional && stamp.hash == ContentHash([]))
        #expect(try !disk.check(stamp, of: "a", by: .content).holds)
    }

    @Test func R15_concurrentReadersNeverSeeAMixture() async throws {
        let size = 100_000
        try disk.writeUnlessEqual([UInt8](repeating: 0, count: size), at: "a")
        let writer = Writer()
        let disk = disk
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 1...60 {
                    try disk.writeUnlessEqual([UInt8](repeating: UInt8(round), count: size), at: "a")
                }
                writer.isDone.store(true, ordering: .relaxed)
            }
            group.addTask {
                while !writer.isDone.load(ordering: .relaxed) {
                    let (bytes, stamp) = try #require(try disk.read(at: "a"))
                    let hash = ContentHash([UInt8](repeating: bytes.first ?? 0, count: size))
                    #expect(bytes.count == size && stamp.hash == hash)
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Whether another task still writes.
private final class Writer: Sendable {
    let isDone = Atomic<Bool>(false)
}
