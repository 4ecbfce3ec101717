// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// Records of a journal that stay bytes, since they have the dependencies that the snapshot says too.
@Suite struct LaterRecordTests {
    private let folder: TemporaryFolder

    /// The number in a file.
    struct Number: IncrementalTask {
        var file: File

        func execute(in context: some Context) async throws -> Int {
            Int(try await context.readText(file) ?? "") ?? 0
        }
    }

    /// The sum of the numbers in files, of which a switch takes one away.
    struct Sum: IncrementalTask {
        var count: Int

        func execute(in context: some Context) async throws -> Int {
            let taken = try await context.require(Number(file: "taken"))
            let files = (0..<count).filter { $0 != taken }.map { Number(file: File("\($0)")) }
            return try await context.require(all: files).reduce(0, +)
        }
    }

    private let sum = Sum(count: 20)

    init() throws {
        folder = try TemporaryFolder()
        for file in 0..<20 { try folder.write("1", to: File("\(file)")) }
        try folder.write("100", to: "taken")
    }

    private func open(_ log: EventLog? = nil) throws -> Pie {
        try Pie(
            store: .directory(folder.root + ".store"),
            root: folder.root,
            tasks: [Number.self, Sum.self],
            trackers: log.map { [$0] } ?? []
        )
    }

    /// Builds, and makes a snapshot of that.
    private func build() async throws {
        let pie = try open()
        try await pie.session { _ = try await $0.require(sum) }
        pie.engine.store?.closingSize = 0
        try await pie.close()
    }

    /// Writes a file and updates in a process of its own, which leaves it in the journal.
    private func edit(_ file: String, _ value: String) async throws {
        try folder.write(value, to: File(file))
        let pie = try open()
        try await pie.session { _ = try await $0.update(.files([File(file)])) }
        pie.engine.store?.closingSize = .max
        try await pie.close()
    }

    private func keepsBytes(of pie: Pie) -> Bool {
        guard let id = pie.engine.known(sum) else { return false }
        return pie.engine.state.withLock { $0.graph.storage?.laterRecord(of: id) != nil }
    }

    private func expectWhole(_ pie: Pie) {
        #expect(pie.engine.state.withLock { $0.invariantViolations() } == [])
    }

    /// Opens, and expects what nothing but an edit of one more file makes execute.
    private func expectExact(_ output: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let log = EventLog()
        let pie = try open(log)
        let found = try await pie.session { session in
            _ = try await session.update(.files([]))
            return try await session.require(sum)
        }
        #expect(found == output, sourceLocation: sourceLocation)
        #expect(log.executed.isEmpty, sourceLocation: sourceLocation)
        try folder.write("11", to: "19")
        let next = try await pie.session { session in
            _ = try await session.update(.files(["19"]))
            return try await session.require(sum)
        }
        #expect(next == output + 10, sourceLocation: sourceLocation)
        #expect(log.executed == [AnyTask(Number(file: "19")), AnyTask(sum)], sourceLocation: sourceLocation)
        expectWhole(pie)
        try folder.write("1", to: "19")
        try await pie.session { _ = try await $0.update(.files(["19"])) }
        pie.engine.store?.closingSize = .max
        try await pie.close()
    }

    @Test func R16_whatHasTheSameDependenciesStaysBytesUntilItIsNeeded() async throws {
        try await build()
        for file in 0..<4 { try await edit("\(file)", "2") }
        let pie = try open()
        #expect(keepsBytes(of: pie))
        #expect(pie.lastOutput(of: sum) == 24)
        #expect(keepsBytes(of: pie))
        try await pie.session { _ = try await $0.require(sum) }
        #expect(!keepsBytes(of: pie))
        expectWhole(pie)
        pie.engine.store?.closingSize = .max
        try await pie.close()
        try await expectExact(24)
    }

    @Test func R16_whatHasOtherDependenciesIsTakenInAtOnce() async throws {
        try await build()
        try await edit("0", "2")
        try await edit("taken", "3")
        let pie = try open()
        #expect(!keepsBytes(of: pie))
        #expect(pie.lastOutput(of: sum) == 20)
        expectWhole(pie)
        try await pie.close()
        try await expectExact(20)
    }

    @Test func R16_aFoldTakesInWhatStayedBytes() async throws {
        try await build()
        for file in 0..<4 { try await edit("\(file)", "3") }
        let pie = try open()
        #expect(keepsBytes(of: pie))
        pie.engine.store?.closingSize = 0
        try await pie.close()
        let folded = try open()
        #expect(!keepsBytes(of: folded))
        expectWhole(folded)
        try await folded.close()
        try await expectExact(28)
    }

    @Test func R5_anOutputThatComesBackIsKnownToWhoHasSeenIt() async throws {
        try await build()
        let pie = try open()
        pie.unobserve(sum)
        try folder.write("5", to: "0")
        // Nobody has asked for the sum since: it has seen an older output.
        try await pie.session { _ = try await $0.require(Number(file: "0")) }
        pie.engine.store?.closingSize = .max
        try await pie.close()
        try folder.write("1", to: "0")
        let log = EventLog()
        let next = try open(log)
        let output = try await next.session { try await $0.require(sum) }
        #expect(output == 20)
        #expect(!log.executed.contains(AnyTask(sum)))
        expectWhole(next)
        try await next.close()
    }
}
