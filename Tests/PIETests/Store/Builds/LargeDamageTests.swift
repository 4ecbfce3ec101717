// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import PIETesting
import Testing

@testable import PIE

/// A large store to which something happens by chance: what is built with it is right, and what was lost is told.
///
/// `PIE_DAMAGE=all` tries 1,000 seeds, `PIE_DAMAGE=4711` that one. Without, it is a few that once found something: a crash
/// in the next process, one while folding, tasks that were there twice, and tasks that ran again.
@Suite(.serialized) struct LargeDamageTests {
    private static var seeds: [UInt64] {
        guard let wish = ProcessInfo.processInfo.environment["PIE_DAMAGE"] else { return [5, 7, 10, 19] }
        return UInt64(wish).map { [$0] } ?? Array(0..<1_000)
    }

    @Test func R16_whatHappensToALargeStoreIsNoObstacle() async throws {
        let project = try await LargeProject()
        #expect(project.store.file("snapshot")?.bytes.count ?? 0 > 300_000)
        #expect(project.store.file("journal")?.bytes.count ?? 0 > 10_000)
        // What has to run after each of the edits, if nothing is lost.
        var expected: [Int: Int] = [:]
        for seed in Self.seeds {
            let edit = Int(seed % 4)
            if expected[edit] == nil {
                expected[edit] = try await Trial(project, project.store, edit, "undamaged").run(atMost: nil)
            }
            var random = SeededGenerator(seed: seed)
            var store = project.store
            let damages = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Damage(to: &store, earlier: project.earlier, &random)
            }
            try await Trial(project, store, edit, "seed \(seed): \(damages)").run(atMost: expected[edit])
        }
    }

    /// One damaged store, and two processes after that.
    private struct Trial {
        let project: LargeProject
        let store: StoreBytes
        let edit: Int
        let comment: Comment
        let path: String

        init(_ project: LargeProject, _ store: StoreBytes, _ edit: Int, _ what: String) {
            self.project = project
            self.store = store
            self.edit = edit
            comment = "\(what), edit \(edit)"
            path = project.folder.root + ".damaged"
        }

        /// Builds with the store, and compares with what is made from scratch.
        ///
        /// - Parameter limit: How many tasks have to run if nothing is lost; nil if nothing is.
        /// - Returns: How many ran.
        /// - Throws: What a build throws, or the system.
        @discardableResult
        func run(atMost limit: Int?) async throws -> Int {
            try store.put(in: path)
            defer { try? FileManager.default.removeItem(atPath: path) }
            let edited = (0..<3).map { LargeProject.source(40 + edit * 7 + $0) }
            for file in edited { try project.folder.write("edit \(edit)", to: file) }
            let log = EventLog()
            var pie = try LargeProject.open(path, project.folder, log)
            let output = try await pie.session { session in
                if edit > 0 { _ = try await session.update(edit == 1 ? .detect : .files(edited)) }
                return try await session.require(AllCells())
            }
            let executed = log.executed
            let fresh = NonIncrementalContext(of: pie)
            #expect(try await output == fresh.require(AllCells()), comment)
            var wrong = 0
            for cell in LargeProject.cells where try await pie.lastOutput(of: cell) != fresh.require(cell) {
                wrong += 1
            }
            #expect(wrong == 0, comment)
            #expect(try await pie.session { try await $0.update(.detect) }.executed == 0, comment)
            try await pie.close()
            try expectTold(log, lost: limit.map { executed > $0 } ?? false)
            let isEmpty = try !StoreBytes(of: path).files.keys.contains { !$0.contains(".damaged-") }
            if limit == nil { #expect(log.storeNotices == [], comment) }

            // The next process finds a store that is as it should be, or an empty one.
            let second = EventLog()
            pie = try LargeProject.open(path, project.folder, second)
            #expect(try await pie.session { try await $0.require(AllCells()) } == output, comment)
            if !isEmpty { #expect(second.executed == 0, comment) }
            try await pie.close()
            let third = EventLog()
            pie = try LargeProject.open(path, project.folder, third)
            #expect(try await pie.session { try await $0.update(.detect) }.executed == 0, comment)
            #expect(pie.lastOutput(of: AllCells()) == output, comment)
            try await pie.close()
            #expect(second.storeNotices + third.storeNotices == [], comment)
            for file in edited { try project.folder.write(try before(file), to: file) }
            return executed
        }

        /// What a source contained before it was edited.
        private func before(_ file: File) throws -> String { "text " + file.path.dropFirst("in/".count) }

        private func expectTold(_ log: EventLog, lost: Bool) throws {
            let notices = log.storeNotices
            if lost { #expect(!notices.isEmpty, comment) }
            var kept: Set<String> = []
            for case .keptAside(let file, let name, let why) in notices {
                let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: name)))
                // A journal that is kept aside with a damaged snapshot has grown since.
                if why.contains("in part") && file.contains("journal") || !kept.insert(file).inserted { continue }
                #expect(bytes == store.files[String(file.dropFirst(path.count + 1))], comment)
            }
        }
    }
}

extension EventLog {
    /// How many executions began.
    fileprivate var executed: Int { events.count { if case .executing = $0 { true } else { false } } }

    /// What was told about the store.
    fileprivate var storeNotices: [StoreNotice] {
        events.compactMap { if case .store(let notice) = $0 { notice } else { nil } }
    }
}
