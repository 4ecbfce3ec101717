import PIETesting
import Testing

@_spi(ValueCoding) @testable import PIE

/// What can be read of a store without opening it.
@Suite struct StoreContentsTests {
    struct Length: IncrementalTask {
        var file: File
        var factor = 1
        func execute(in context: some Context) async throws -> Int {
            factor * (try await context.read(file)?.count ?? 0)
        }
    }

    struct Sum: IncrementalTask {
        var files: [File]
        func execute(in context: some Context) async throws -> Int {
            try await context.require(all: files.map { Length(file: $0) }).reduce(0, +)
        }
    }

    private static func pie(_ folder: TemporaryFolder) throws -> Pie {
        try Pie(store: .directory(folder.root + "/store"), root: folder.root, tasks: [Length.self, Sum.self])
    }

    private static func contents(
        _ folder: TemporaryFolder,
        tasks: [any IncrementalTask.Type] = []
    ) throws -> StoreContents {
        try StoreContents(of: #require(try StoreFiles(at: folder.root + "/store")), tasks: tasks)
    }

    @Test func tasksOfUnknownTypesAreDescribedByTheirEncodings() async throws {
        let folder = try TemporaryFolder()
        try folder.write("abc", to: "a.txt")
        let pie = try Self.pie(folder)
        try await pie.session { try await $0.require(Sum(files: ["a.txt"])) }
        let tasks = try Self.contents(folder).executions().map(\.task)
        #expect(tasks == ["Length(file: \"a.txt\", factor: 1)", "Sum(files: [\"a.txt\"])"])
        let graph = try Self.contents(folder).graph()
        #expect(graph.nodes.map(\.description) == tasks + ["a.txt"])
        #expect(graph.edges.map { [$0.source, $0.target] } == [[0, 2], [1, 0]])
        #expect(try Self.contents(folder, tasks: [Length.self, Sum.self]).graph() == pie.graph())
        try await pie.close()
    }

    @Test func whatWasWrittenLastCounts() async throws {
        let folder = try TemporaryFolder()
        try folder.write("abc", to: "a.txt")
        try folder.write("abc", to: "b.txt")
        let pie = try Self.pie(folder)
        try await pie.session { try await $0.require(Sum(files: ["a.txt", "b.txt"])) }
        try folder.write("abcdef", to: "b.txt")
        try await pie.session { try await $0.require(Sum(files: ["a.txt", "b.txt"])) }
        for isClosed in [false, true] {
            if isClosed { try await pie.close() }
            let contents = try Self.contents(folder)
            #expect(contents.problems == [])
            #expect(contents.isComplete)
            #expect(contents.taskTypes.map(\.count) == [2, 1])
            #expect(contents.taskTypes.allSatisfy { $0.withOutput == $0.count && $0.versions == [1] })
            #expect(contents.resourceTypes.map(\.count) == [2])
            #expect(contents.dependencyCount == 4)
            let latest = contents.executions(in: contents.lastSession)
            #expect(latest.map(\.reason) == ["file", "task"])
            #expect(latest.map(\.target) == ["b.txt", "Length(file: \"b.txt\", factor: 1)"])
            #expect(contents.sessions.map(\.executed) == [2, 1])
        }
    }

    @Test func whatWasForgottenIsNotThere() async throws {
        let folder = try TemporaryFolder()
        try folder.write("abc", to: "a.txt")
        let pie = try Self.pie(folder)
        try await pie.session { try await $0.require(Sum(files: ["a.txt"])) }
        try await pie.session { try await $0.require(Length(file: "a.txt")) }
        pie.unobserve(Sum(files: ["a.txt"]))
        try await pie.collectGarbage(deletingProvidedFiles: false)
        #expect(try Self.contents(folder).executions().map(\.task) == ["Length(file: \"a.txt\", factor: 1)"])
        try await pie.close()
        #expect(try Self.contents(folder).executions().map(\.task) == ["Length(file: \"a.txt\", factor: 1)"])
    }

    @Test func aStoreOfSnapshotAndJournalsIsReadAsAWhole() async throws {
        let folder = try TemporaryFolder()
        let files = (0..<400).map { File("file-with-a-long-name-\($0).txt") }
        for file in files { try folder.write("abc", to: file) }
        let first = try Self.pie(folder)
        try await first.session { try await $0.require(Sum(files: files)) }
        try await first.close()
        try folder.write("abcd", to: files[7])
        let second = try Self.pie(folder)
        try await second.session { try await $0.require(Sum(files: files)) }
        let contents = try Self.contents(folder, tasks: [Length.self, Sum.self])
        #expect(contents.generation > 0)
        #expect(contents.problems == [])
        #expect(contents.taskTypes.map(\.count) == [400, 1])
        #expect(contents.executions(in: contents.lastSession).map(\.reason) == ["file", "task"])
        #expect(contents.graph() == second.graph())
        try await second.close()
    }

    // MARK: Text

    @Test func encodingsAreDescribed() throws {
        struct Value: Codable {
            var text = "a \"b\""
            var numbers = [1, -20, 300]
            var nothing: Int?
            var truth = true
            var half = 0.5
            var table = ["k": 1]
            var bytes: [UInt8] = [1, 2, 3]
        }
        let text = EncodedText.describe(try ValueEncoder().encode(Value()))
        #expect(
            text == "(text: \"a \\\"b\\\"\", numbers: [1, -20, 300], truth: true, half: 0.5, table: [\"k\": 1], "
                + "bytes: 3 bytes)"
        )
    }

    @Test func longAndDamagedEncodingsEndInAnEllipsis() throws {
        let long = try ValueEncoder().encode(Array(0..<10_000))
        #expect(EncodedText.describe(long).count < 200)
        #expect(EncodedText.describe(long).hasSuffix("…"))
        var generator = SeededGenerator(seed: 1)
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(EncodedText.describe(bytes).utf8.count < 800)
        }
        let nested = [0] + [UInt8](repeating: 0x91, count: 100_000)
        #expect(EncodedText.describe(nested).hasSuffix("…"))
    }

    @Test func filesOfAStoreAreKnownByTheirNames() {
        let kinds: [String: StoreFiles.Kind?] = [
            "lock": .lock, "snapshot-3": .snapshot, "journal-12": .journal, "snapshot-1.damaged-2": .keptAside,
            "journal-0.damaged-1": .keptAside, ".pie-tmp-snapshot-4": .leftover, "snapshot-": nil, "snapshot-x": nil,
            "journal-1.txt": nil, "journal-1.damaged-": nil, "locks": nil, ".gitignore": nil, "journal--1": nil,
        ]
        for (name, kind) in kinds { #expect(StoreFiles.kind(ofName: name) == kind, "\(name)") }
    }
}
