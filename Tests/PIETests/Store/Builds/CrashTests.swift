// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
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

/// Processes that are killed while they build: what they have stored is right, and most of it is there.
///
/// `PIE_CRASHES` says how often to kill; 20 times without.
@Suite(.serialized) struct CrashTests {
    private static let crashes = ProcessInfo.processInfo.environment["PIE_CRASHES"].flatMap { Int($0) } ?? 20

    @Test func R16_aProcessMayBeKilledAtAnyMoment() throws {
        let child = try StoreChild(folders: 6, files: 12)
        var random = SystemRandomNumberGenerator()
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max, using: &random))
        for crash in 0..<Self.crashes {
            let named = try edits(child, &generator)
            let isUpdate = crash > 0 && generator.chance(50)
            let process =
                isUpdate
                ? try child.start(["update"] + named.map(\.path), jobs: crash % 2 == 0 ? 1 : 4)
                : try child.start(["require"], jobs: crash % 2 == 0 ? 1 : 4)
            usleep(UInt32(generator.number(in: 0...60_000)))
            kill(process.processIdentifier, SIGKILL)
            let killed = try child.result(of: process)
            // Somebody may go on who only names another file: what the killed one had begun with is not forgotten.
            let again: StoreChild.Result
            if killed.hasBegun && generator.chance(70) {
                try child.edit(0, 0, to: "other \(crash)")
                again = try child.run("update", [StoreChild.file(0, 0)])
            } else {
                again = try child.run("require")
            }
            #expect(again.status == 0, "crash \(crash): \(again.notices)")
            #expect(try again.output == child.fresh(), "crash \(crash)")
            let third = try child.run("require")
            #expect(third.executed == 0, "crash \(crash)")
        }
    }

    private func edits(_ child: StoreChild, _ random: inout SeededGenerator) throws -> [File] {
        try (0..<random.number(in: 1...30)).map { _ in
            let (folder, file) = (random.number(in: 0...5), random.number(in: 0...11))
            try child.edit(folder, file, to: "text \(random.number(in: 0...9))")
            return StoreChild.file(folder, file)
        }
    }

    @Test func R16_atMostTheLastSecondOfAKilledProcessIsDoneAgain() throws {
        let child = try StoreChild(folders: 60, files: 100)
        let process = try child.start(["require"], jobs: 1)
        // The first group is written after a second; kill it when that can be seen.
        while process.isRunning, child.journalSize < 50_000 { usleep(10_000) }
        kill(process.processIdentifier, SIGKILL)
        _ = try child.result(of: process)
        let again = try child.run("require")
        #expect(again.status == 0, "\(again.notices)")
        let executed = try #require(again.executed)
        // A task takes less than 200 bytes: what was written is not run again.
        #expect(executed < 6_061 - 250)
        #expect(try again.output == child.fresh())
    }

    @Test func R16_twoProcessesTakeTurns() throws {
        let child = try StoreChild(folders: 3, files: 20)
        let processes = try (0..<4).map { _ in try child.start(["require"]) }
        let results = try processes.map { try child.result(of: $0) }
        let fresh = try child.fresh()
        for result in results {
            #expect(result.status == 0, "\(result.notices)")
            #expect(result.output == fresh)
        }
        #expect(results.compactMap(\.executed).reduce(0, +) == 64)
    }

    @Test func R16_aProcessReadsWhileAnotherOneBuilds() throws {
        let child = try StoreChild(folders: 3, files: 20)
        try child.run("require")
        let holder = try child.start(["hold"])
        usleep(300_000)
        let reader = try child.run("read")
        #expect(reader.status == 0, "\(reader.notices)")
        #expect(reader.executed == 0)
        #expect(try reader.output == child.fresh())
        try child.edit(1, 1, to: "changed")
        let other = try child.run("read")
        #expect(try other.output == child.fresh())
        #expect(other.executed ?? 0 > 0)
        kill(holder.processIdentifier, SIGKILL)
        _ = try child.result(of: holder)
        // The one who only read has stored nothing.
        #expect(try child.run("require").executed ?? 0 > 0)
        #expect(try child.run("require").executed == 0)
    }

    @Test func R16_aProjectThatMovesWithItsStoreIsUpToDate() throws {
        let child = try StoreChild(folders: 2, files: 5)
        func require(in root: String) throws -> StoreChild.Result {
            let process = try child.start(["require"], root: root, store: root + "/.pie")
            return try child.result(of: process)
        }
        #expect(try require(in: child.folder.root).executed == 13)
        let moved = child.folder.root + "-moved"
        defer { try? FileManager.default.removeItem(atPath: moved) }
        try FileManager.default.moveItem(atPath: child.folder.root, toPath: moved)
        #expect(try require(in: moved).executed == 0)
        // A copy has other inodes and times: the contents decide.
        try FileManager.default.copyItem(atPath: moved, toPath: child.folder.root)
        #expect(try require(in: child.folder.root).executed == 0)
    }

    @Test func R16_twoRunsOfOneBuildGiveStoresWithEqualContents() throws {
        let child = try StoreChild(folders: 2, files: 5)
        // What is made is there, and old enough for its times to be trusted.
        _ = try child.run("scratch")
        usleep(2_500_000)
        var stores: [[String: Data]] = []
        for _ in 0..<2 {
            _ = try child.run("require", jobs: 1)
            var contents: [String: Data] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: child.store) where name != "lock" {
                contents[name] = try Data(contentsOf: URL(fileURLWithPath: child.store + "/" + name))
            }
            stores.append(contents)
            try FileManager.default.removeItem(atPath: child.store)
        }
        #expect(stores[0].keys.sorted() == stores[1].keys.sorted())
        // The identifier of the store and the notes of sessions are random on purpose: the records are compared.
        for name in stores[0].keys {
            #expect(Self.records(stores[0][name]) == Self.records(stores[1][name]), "\(name)")
        }
    }

    private static func records(_ data: Data?) -> [[UInt8]] {
        var records: [[UInt8]] = []
        (data ?? Data()).withUnsafeBytes { bytes in
            _ = JournalReplay(of: bytes) { records.append([$0.type] + [UInt8]($0.payload)) }
        }
        return records
    }
}
