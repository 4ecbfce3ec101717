// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Testing

@testable import PIE

/// A disk that refuses something for a while, and a store that changes while it is opened.
@Suite struct StoreTroubleTests {
    private static let high = Job("high", .require(Job("low", .read("a"))), .read("b"))

    private static func open(
        _ folder: TemporaryFolder,
        _ log: EventLog,
        _ access: StoreAccess = .waiting(atMost: .seconds(10)),
        system: StoreSystem = .live
    ) throws -> Pie {
        try Pie(
            store: .directory(folder.root + ".store", access),
            root: folder.root,
            tasks: [Job.self],
            trackers: [log],
            system: system
        )
    }

    private static func notices(_ log: EventLog) -> [StoreNotice] {
        log.events.compactMap { if case .store(let notice) = $0 { notice } else { nil } }
    }

    private static func executed(_ log: EventLog) -> Int {
        log.events.count { if case .executing = $0 { true } else { false } }
    }

    /// After a sync that has failed nobody knows what is on the disk: nothing more is written there.
    @Test func R16_aSyncThatFailsIsToldOnceAndTheNextProcessLooksAtEverything() async throws {
        let folder = try TemporaryFolder()
        for file in ["a", "b"] as [File] { try folder.write("1", to: file) }
        let faulty = FaultySystem()
        let log = EventLog()
        let first = try Self.open(folder, log, system: faulty.system)
        try await first.session { _ = try await $0.require(Self.high) }
        faulty.fail(.every("sync", EIO))
        try folder.write("2", to: "a")
        _ = try await first.session { try await $0.update(.files(["a"])) }
        faulty.fail(.none)
        // The disk is well again, but what it was asked to keep is not there.
        let written = faulty.count("write")
        for text in ["3", "4"] {
            try folder.write(text, to: "a")
            _ = try await first.session { try await $0.update(.files(["a"])) }
            #expect(first.lastOutput(of: Self.high) == "\(text) 1")
        }
        #expect(faulty.count("write") == written)
        try await first.close()
        let told = Self.notices(log)
        #expect(told.count == 1 && told.allSatisfy { if case .notWritten = $0 { true } else { false } }, "\(told)")

        // It is told of another file alone.
        let next = EventLog()
        let second = try Self.open(folder, next)
        try folder.write("2", to: "b")
        _ = try await second.session { try await $0.update(.files(["b"])) }
        #expect(second.lastOutput(of: Self.high) == "4 2")
        #expect(Self.notices(next) == [.unfinished])
        try await second.close()
        let last = EventLog()
        let third = try Self.open(folder, last)
        #expect(try await third.session { try await $0.require(Self.high) } == "4 2")
        #expect(Self.executed(last) == 0 && Self.notices(last) == [])
        try await third.close()
    }

    /// What cannot be written stays in memory, and is written as soon as there is room.
    @Test func R16_aWriteThatFailsIsToldOnceAndMadeUpFor() async throws {
        let folder = try TemporaryFolder()
        for file in ["a", "b"] as [File] { try folder.write("1", to: file) }
        let faulty = FaultySystem()
        let log = EventLog()
        let first = try Self.open(folder, log, system: faulty.system)
        try await first.session { _ = try await $0.require(Self.high) }
        faulty.fail(.every("write", ENOSPC))
        for text in ["2", "3"] {
            try folder.write(text, to: "a")
            _ = try await first.session { try await $0.update(.files(["a"])) }
        }
        faulty.fail(.none)
        try folder.write("2", to: "b")
        _ = try await first.session { try await $0.update(.files(["b"])) }
        try await first.close()
        let told = Self.notices(log)
        #expect(told.count == 1 && told.allSatisfy { if case .notWritten = $0 { true } else { false } }, "\(told)")

        let next = EventLog()
        let second = try Self.open(folder, next)
        #expect(try await second.session { try await $0.require(Self.high) } == "3 2")
        #expect(Self.executed(next) == 0 && Self.notices(next) == [])
        try await second.close()
    }

    enum Moment: CaseIterable {
        /// Between listing the folder and opening the snapshot.
        case listed
        /// Between opening the snapshot and the journal.
        case opened
    }

    @Test(arguments: Moment.allCases)
    func R16_aReaderLooksAgainWhenTheStoreIsFoldedMeanwhile(moment: Moment) async throws {
        let folder = try TemporaryFolder()
        let path = folder.root + ".store"
        for file in ["a", "b"] as [File] { try folder.write("1", to: file) }
        var states: [StoreBytes] = []
        for text in ["2", "3"] {
            try folder.write(text, to: "a")
            let pie = try Self.open(folder, EventLog())
            pie.engine.store?.closingSize = 0
            try await pie.session { _ = try await $0.require(Self.high) }
            try await pie.close()
            states.append(try StoreBytes(of: path))
        }
        let (before, after) = (states[0], states[1])
        #expect(Set(before.files.keys).isDisjoint(with: after.files.keys))
        try before.put(in: path)
        // Another process folds the store once, at this moment.
        let isFolded = Lock<Bool>(false)
        let fold: @Sendable () -> Void = {
            let isFirst = isFolded.withLock { isFolded in
                defer { isFolded = true }
                return !isFolded
            }
            if isFirst { try? after.put(in: path) }
        }
        var system = StoreSystem.live
        switch moment {
        case .listed:
            system.listFolder = { path throws(SystemFailure) in
                defer { fold() }
                return try StoreSystem.live.listFolder(path)
            }
        case .opened:
            system.openFile = { path, flags throws(SystemFailure) in
                if path.contains("/journal-") { fold() }
                return try StoreSystem.live.openFile(path, flags)
            }
        }
        let log = EventLog()
        let reader = try Self.open(folder, log, .readOnly, system: system)
        #expect(isFolded.withLock { $0 })
        _ = try await reader.session { try await $0.update(.files([])) }
        #expect(reader.lastOutput(of: Self.high) == "3 1")
        #expect(Self.executed(log) == 0 && Self.notices(log) == [])
    }

    /// Nobody may change the files of a store that is only read: so damage is told, and nothing more.
    @Test func R16_aReaderTellsOnceOfWhatIsDamaged() async throws {
        let folder = try TemporaryFolder()
        let path = folder.root + ".store"
        let text = String(repeating: "a long text ", count: 2_000)
        let job = Job("long", .say(text))
        let pie = try Self.open(folder, EventLog())
        pie.engine.store?.closingSize = 0
        try await pie.session { _ = try await $0.require(job) }
        try await pie.close()
        var store = try StoreBytes(of: path)
        let (name, bytes) = try #require(store.file("snapshot"))
        store.files[name]?[bytes.count / 2] ^= 1
        try store.put(in: path)
        let log = EventLog()
        let reader = try Self.open(folder, log, .readOnly)
        for _ in 0..<2 { #expect(try await reader.session { try await $0.require(job) } == text) }
        let told = Self.notices(log)
        #expect(told.count == 1 && told.allSatisfy { if case .damaged = $0 { true } else { false } }, "\(told)")
        #expect(Self.executed(log) == 1)
        #expect(try StoreBytes(of: path).files == store.files)
    }
}
