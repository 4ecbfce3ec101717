// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Testing

@testable import PIE

/// Stores whose checksums are right and whose records say something impossible: found by the fuzzer, each made by hand.
///
/// No accident does that. Nothing traps all the same, and what such records say is made anew.
@Suite struct ForgedStoreTests {
    private let folder: TemporaryFolder

    private var path: String { folder.root + "/store" }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("1", to: "a")
    }

    private func open(folding: Bool) throws -> Pie {
        var options = PieOptions()
        options.jobs = 1
        let pie = try Pie(
            store: .directory(path),
            root: folder.root,
            tasks: [StoreFuzz.Node.self],
            projections: [StoreFuzz.LowestBit.self],
            options: options
        )
        pie.engine.store?.closingSize = folding ? 0 : .max
        return pie
    }

    /// Builds, and goes on with another file, in the bottom-up way.
    private func build(folding: Bool = false) async throws -> [Int] {
        let pie = try open(folding: folding)
        var output = try await pie.session { try await $0.require(StoreFuzz.Node(number: 4)) }
        for contents in ["2", "1"] {
            try folder.write(contents, to: "a")
            output = try await pie.session { session in
                try await session.update(.files(["a"]))
                return try await session.require(StoreFuzz.Node(number: 4))
            }
        }
        try await pie.close()
        return output
    }

    /// Builds with a snapshot that was changed, for each way to change it, and expects what there was before.
    private func expectSame(
        _ comment: Comment,
        after changes: (_ snapshot: Snapshot) throws -> [(offset: Int, byte: UInt8)]
    ) async throws {
        let expected = try await build(folding: true)
        let store = try StoreBytes(of: path)
        let (name, bytes) = try #require(store.file("snapshot"))
        let all = try changes(Snapshot(at: path + "/" + name))
        #expect(!all.isEmpty)
        for (offset, byte) in all {
            var forged = store
            var snapshot = bytes
            snapshot[offset] = byte
            ForgedStore.seal(snapshot: &snapshot)
            forged.files[name] = snapshot
            try forged.put(in: path)
            #expect(try await build(folding: true) == expected, "\(comment): byte \(offset) is \(byte)")
        }
    }

    /// Where a field of a blob is: behind a number of variables and a key.
    private static func offset(
        in snapshot: Snapshot,
        of blob: UnsafeRawBufferPointer,
        behindKey fields: Int
    ) throws -> Int {
        var reader = RecordReader(blob)
        _ = try reader.variable()
        _ = try reader.counted()
        for _ in 0..<fields { _ = try reader.variable() }
        let base = try #require(snapshot.bytes.baseAddress)
        return try #require(blob.baseAddress) - base + reader.offset
    }

    private static func tasks(_ snapshot: Snapshot) throws -> [UnsafeRawBufferPointer] {
        try (1...UInt32(snapshot.taskCount)).compactMap { try snapshot.task($0) }
    }

    private static func resources(_ snapshot: Snapshot) throws -> [UnsafeRawBufferPointer] {
        try (1...UInt32(snapshot.resourceCount)).compactMap { try snapshot.resource($0) }
    }

    @Test(arguments: [0 as UInt8, 100])
    func R16_aTaskOfATypeThatThereIsNotIsMadeAnew(type: UInt8) async throws {
        try await expectSame("type") { snapshot in
            try Self.tasks(snapshot).map { blob in
                (try #require(blob.baseAddress) - #require(snapshot.bytes.baseAddress), type)
            }
        }
    }

    @Test func R16_aResourceOfATypeThatThereIsNotIsLookedAtAnew() async throws {
        try await expectSame("type") { snapshot in
            try Self.resources(snapshot).map { blob in
                (try #require(blob.baseAddress) - #require(snapshot.bytes.baseAddress), 100)
            }
        }
    }

    @Test func R16_aProviderThatThereIsNotIsForgotten() async throws {
        try await expectSame("provider") { snapshot in
            try Self.resources(snapshot).map { (try Self.offset(in: snapshot, of: $0, behindKey: 0), 100) }
        }
    }

    @Test(arguments: ["level", "observers", "references"], [0 as UInt8, 1, 127])
    func R16_aNumberThatIsTooLowOrTooHighTrapsNowhere(field: String, number: UInt8) async throws {
        let place = try #require(["level", "observers", "references"].firstIndex(of: field))
        try await expectSame("\(field)") { snapshot in
            try Self.tasks(snapshot).map { (try Self.offset(in: snapshot, of: $0, behindKey: place), number) }
        }
    }

    @Test func R16_dependentsThatThereAreNotAreDamage() async throws {
        try await expectSame("dependents") { snapshot in
            try Self.tasks(snapshot).compactMap { blob in
                let requirers = try TaskBlob(blob).requirers
                guard requirers.count > 1 else { return nil }
                let base = try #require(snapshot.bytes.baseAddress)
                return (try #require(requirers.baseAddress) - base + 1, 100)
            }
        }
    }

    @Test func R16_aSnapshotThatWasFoldedMoreOftenThanCanBeIsNone() async throws {
        let expected = try await build(folding: true)
        var store = try StoreBytes(of: path)
        var (name, snapshot) = try #require(store.file("snapshot"))
        snapshot.setLittleEndian(UInt64.max, at: 32)
        ForgedStore.seal(snapshot: &snapshot)
        store.files[name] = nil
        store.files["snapshot-\(UInt64.max)"] = snapshot
        // Not what a store would name its file.
        store.files["journal-007"] = []
        try store.put(in: path)
        #expect(try await build(folding: true) == expected)
        #expect(FileManager.default.fileExists(atPath: path + "/journal-007"))
    }

    @Test func R16_theFilesOfAStoreThatIsGivenUpGetIdsOfTheNewOne() async throws {
        let expected = try await build()
        var store = try StoreBytes(of: path)
        var (name, journal) = try #require(store.file("journal"))
        // Tasks that there are not are forgotten, at the end of everything that is right.
        var payload = RecordWriter()
        payload.ascending([UInt32(9_999)])
        journal.appendLittleEndian(UInt32(payload.bytes.count))
        journal += [JournalEntry.forgotten.rawValue, JournalFrame.Note.record.rawValue]
        journal += [UInt8](repeating: 0, count: 4) + payload.bytes
        journal += [UInt8](repeating: 0, count: JournalFrame.checksumSize)
        ForgedStore.seal(journal: &journal, of: store.file("snapshot")?.bytes ?? [])
        store.files[name] = journal
        try store.put(in: path)
        let pie = try open(folding: false)
        #expect(pie.engine.store?.notices.contains { "\($0)".contains("something impossible") } == true)
        try await pie.close()
        try store.put(in: path)
        #expect(try await build() == expected)
    }
}
