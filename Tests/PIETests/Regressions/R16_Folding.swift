// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Dispatch
import Foundation
import Testing

@testable import PIE

/// A fold beside a process that goes on dropped what nobody needed at that moment, although the process had told the
/// store of it once and for all: what it wrote later named things that were not there.
@Suite struct R16_Folding {
    private let folder: TemporaryFolder
    private let script = Play([
        "reader": { context, _ in
            try await context.number(in: "switch") == 1 ? context.number(in: "other") : 0
        },
        "upper": { context, script in
            try await context.number(in: "switch") == 1 ? context.need("lower", of: script) : 0
        },
        "lower": { _, _ in 7 },
        "failing": { context, _ in
            _ = try await context.number(in: "ghost")
            throw CocoaError(.featureUnsupported)
        },
        "trying": { context, script in
            try await context.number(in: "switch") == 1 ? context.need("failing", of: script) : 0
        },
    ])

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("5", to: "other")
    }

    private func open() throws -> Pie {
        let pie = try Pie(store: .directory(folder.root + ".store"), root: folder.root, tasks: [Part.self])
        pie.engine.store?.foldingSize = 0
        return pie
    }

    /// Requires a task, and waits until that has become part of the snapshot.
    private func require(_ name: String, _ value: Int, in pie: Pie) async throws {
        try folder.write("\(value)", to: "switch")
        try await pie.session { _ = try await $0.require(script[name]) }
        fold(pie)
    }

    private func fold(_ pie: Pie) {
        guard let store = pie.engine.store else { return }
        store.queue.sync {}
        store.foldQueue.sync {}
        store.queue.sync {}
    }

    /// Lets the next process find the journal as it is.
    private func close(_ pie: Pie) async throws {
        pie.engine.store?.closingSize = .max
        try await pie.close()
    }

    private func expectWhole(_ pie: Pie) {
        let violations = pie.engine.state.withLock { $0.invariantViolations() }
        #expect(violations == [])
        #expect(pie.engine.state.withLock { $0.graph.storage?.isDamaged } == false)
        #expect(pie.engine.store?.notices.isEmpty ?? false)
    }

    /// With optimizations, closing went on while the fold did, and made another of all that it was about.
    @Test func R16_closing_waits_for_the_fold_that_goes_on() async throws {
        let pie = try Pie(store: .directory(folder.root + ".store"), root: folder.root, tasks: [Doubled.self])
        try await pie.session { session in
            _ = try await session.require(all: (0..<20_000).map { Doubled(number: $0) })
        }
        try await pie.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.root + ".store")
        #expect(names.sorted() == ["journal-1", "lock", "snapshot-1"])
    }

    struct Doubled: IncrementalTask {
        var number: Int

        func execute(in context: some Context) async throws -> Int { number * 2 }
    }

    @Test func a_file_that_nobody_reads_for_a_time_is_known_when_somebody_reads_it_again() async throws {
        var pie = try open()
        try await require("reader", 1, in: pie)
        try await require("reader", 0, in: pie)
        pie.engine.store?.foldingSize = .max
        try await require("reader", 1, in: pie)
        try await close(pie)
        pie = try open()
        expectWhole(pie)
        try folder.write("6", to: "other")
        let output = try await pie.session { session in
            try await session.update(.files(["other"]))
            return try await session.require(script["reader"])
        }
        #expect(output == 6)
    }

    @Test func a_fold_after_that_keeps_what_is_read_again() async throws {
        let pie = try open()
        try await require("reader", 1, in: pie)
        try await require("reader", 0, in: pie)
        try await require("reader", 1, in: pie)
        try await close(pie)
        expectWhole(try open())
    }

    @Test func a_task_that_was_forgotten_is_known_when_somebody_requires_it_again() async throws {
        var pie = try open()
        try await require("upper", 1, in: pie)
        try await require("upper", 0, in: pie)
        let report = try await pie.collectGarbage(deletingProvidedFiles: false)
        #expect(report.forgottenTasks == [AnyTask(script["lower"])])
        try await require("upper", 0, in: pie)
        fold(pie)
        pie.engine.store?.foldingSize = .max
        try await require("upper", 1, in: pie)
        try await close(pie)
        pie = try open()
        expectWhole(pie)
        #expect(pie.lastOutput(of: script["lower"]) == 7)
        #expect(pie.lastOutput(of: script["upper"]) == 7)
    }

    @Test func a_fold_leaves_out_what_a_process_has_met_and_never_told_the_store_of() async throws {
        var pie = try open()
        pie.engine.store?.foldingSize = .max
        await #expect(throws: (any Error).self) {
            try await pie.session { _ = try await $0.require(script["failing"]) }
        }
        pie.engine.store?.foldingSize = 0
        try await require("reader", 1, in: pie)
        try await close(pie)
        pie = try open()
        expectWhole(pie)
        #expect(pie.lastOutput(of: script["reader"]) == 5)
    }

    /// Found by the oracle: seed 1000000685.
    @Test func a_failed_attempt_forgets_what_it_required_with_the_fold_that_leaves_that_out() async throws {
        var pie = try open()
        try await require("trying", 0, in: pie)
        try folder.write("1", to: "switch")
        await #expect(throws: (any Error).self) {
            try await pie.session { _ = try await $0.update(.files(["switch"])) }
        }
        pie.engine.store?.closingSize = 0
        try await pie.close()
        pie = try open()
        pie.unobserve(script["trying"])
        try await pie.session { _ = try await $0.update(.files([])) }
        pie.engine.store?.closingSize = 0
        try await pie.close()
        pie = try open()
        pie.engine.store?.foldingSize = .max
        await #expect(throws: (any Error).self) {
            try await pie.session { _ = try await $0.require(all: [script["failing"], script["trying"]]) }
        }
        try await close(pie)
        expectWhole(try open())
    }

    @Test func what_nobody_needs_goes_when_the_last_process_closes() async throws {
        var pie = try open()
        try await require("reader", 1, in: pie)
        try await require("reader", 0, in: pie)
        pie.engine.store?.closingSize = 0
        try await pie.close()
        pie = try open()
        #expect(pie.engine.stored(File("switch")) != nil)
        #expect(pie.engine.stored(File("other")) == nil)
    }
}
