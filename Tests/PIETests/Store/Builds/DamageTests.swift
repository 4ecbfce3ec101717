// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Testing

@testable import PIE

/// A store that was cut or changed: the build is right all the same, and what was damaged is kept aside.
///
/// One bit of a byte is flipped, another one in each byte; with `PIE_DAMAGE=all` each bit of all.
@Suite(.serialized) struct DamageTests {
    private static let takesAll = ProcessInfo.processInfo.environment["PIE_DAMAGE"] == "all"

    /// A small project with a snapshot, and a journal with one more session.
    private struct Sample {
        let folder: TemporaryFolder
        let files: [String: [UInt8]]
        var store: String { folder.root + ".store" }

        static let low = Job("low", .read("a"))
        static let made = Job("made", .read("b"), .save("out"), .say("done"))
        static let middle = Job("middle", .require(low), .ignore(made), .read("out"), .list("in"))
        static let top = Job("top", .first(low), .require(middle))

        init() async throws {
            folder = try TemporaryFolder()
            try folder.write("one two", to: "a")
            try folder.write("made", to: "b")
            try folder.write("x", to: "in/x")
            let first = try Self.open(folder.root + ".store", folder)
            first.engine.store?.closingSize = 0
            try await first.session { try await $0.require(Self.top) }
            try await first.close()
            try folder.write("three four", to: "a")
            let second = try Self.open(folder.root + ".store", folder)
            _ = try await second.session { try await $0.update(.files(["a"])) }
            try await second.close()
            files = try StoreBytes(of: folder.root + ".store").files
        }

        static func open(_ store: String, _ folder: TemporaryFolder, _ log: EventLog? = nil) throws -> Pie {
            var options = PieOptions()
            options.jobs = 1
            return try Pie(
                store: .directory(store, .waiting(atMost: .seconds(10))),
                root: folder.root,
                tasks: [Job.self],
                projections: [FirstWord.self],
                options: options,
                trackers: log.map { [$0] } ?? []
            )
        }

        /// Puts damaged files in place, edits a file, updates, and expects what a build from scratch gives.
        func expectRecovery(_ damaged: [String: [UInt8]], _ number: Int, _ comment: Comment) async throws {
            let store = folder.root + ".damaged"
            try? FileManager.default.removeItem(atPath: store)
            try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: store) }
            for (name, bytes) in damaged { try Data(bytes).write(to: URL(fileURLWithPath: store + "/" + name)) }
            try folder.write("edit \(number)", to: "a")
            let pie = try Self.open(store, folder)
            _ = try await pie.session { session in
                if number % 2 == 0 { _ = try await session.update(.files(["a"])) }
                let output = try await session.require(Self.top)
                #expect(output == "edit edit \(number) made x", comment)
            }
            let again = try await pie.session { try await $0.update(.detect) }
            #expect(again.executed == 0, comment)
        }
    }

    @Test func R16_aStoreThatWasCutAnywhereIsNoObstacle() async throws {
        let sample = try await Sample()
        #expect(sample.files.count == 2)
        for (name, bytes) in sample.files.sorted(by: { $0.key < $1.key }) {
            for count in stride(from: 0, to: bytes.count, by: Self.takesAll ? 1 : 5) {
                var files = sample.files
                files[name] = Array(bytes[..<count])
                try await sample.expectRecovery(files, count, "\(name) cut to \(count) bytes")
            }
        }
    }

    @Test func R16_aFlippedBitNeverLeadsToAWrongOutput() async throws {
        let sample = try await Sample()
        for (name, bytes) in sample.files.sorted(by: { $0.key < $1.key }) {
            for offset in stride(from: 0, to: bytes.count, by: Self.takesAll ? 1 : 3) {
                for bit in Self.takesAll ? 0..<8 : offset % 8..<offset % 8 + 1 {
                    var files = sample.files
                    files[name]?[offset] ^= 1 << bit
                    try await sample.expectRecovery(files, offset, "\(name), bit \(bit) of byte \(offset)")
                }
            }
        }
    }

    @Test func R16_aFileThatIsMissingIsNoObstacle() async throws {
        let sample = try await Sample()
        for name in sample.files.keys.sorted() {
            var files = sample.files
            files[name] = nil
            for number in 0..<2 { try await sample.expectRecovery(files, number, "without \(name)") }
        }
    }

    @Test func R16_whatIsDamagedIsToldAndKeptAside() async throws {
        let sample = try await Sample()
        for (name, bytes) in sample.files {
            var files = sample.files
            files[name] = Array(bytes[..<(bytes.count / 2)]) + [0xFF] + Array(bytes[(bytes.count / 2 + 1)...])
            let store = sample.folder.root + ".told"
            defer { try? FileManager.default.removeItem(atPath: store) }
            try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
            for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: store + "/" + name)) }
            let log = EventLog()
            let pie = try Sample.open(store, sample.folder, log)
            _ = try await pie.session { try await $0.require(Sample.top) }
            try await pie.close()
            let notices = log.events.compactMap { if case .store(let notice) = $0 { notice } else { nil } }
            #expect(notices.contains { if case .keptAside = $0 { true } else { false } }, "\(name): \(notices)")
            let kept = try FileManager.default.contentsOfDirectory(atPath: store).filter { $0.contains(".damaged-") }
            #expect(!kept.isEmpty, "\(name)")
        }
    }

    @Test(arguments: [[0x2A], Array("not a store".utf8), Array(repeating: 0, count: 5_000)])
    func R16_whatIsNoStoreIsNoObstacle(bytes: [UInt8]) async throws {
        let sample = try await Sample()
        for name in sample.files.keys.sorted() {
            var files = sample.files
            files[name] = bytes
            try await sample.expectRecovery(files, bytes.count, "\(name)")
        }
    }
}
