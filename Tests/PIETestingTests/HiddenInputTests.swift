import Foundation
import PIE
import PIETesting
import Synchronization
import Testing

/// What tasks depend on behind their contexts' backs.
@Suite struct HiddenInputTests {
    private let build: Build

    init() throws {
        build = try Build(["a": "one two", "b": "one", "folder/c": "three", "folder/d": "four"])
    }

    private func path(_ file: File) throws -> String { try build.workspace.path(of: file) }

    private func sources<each T: IncrementalTask>(
        _ tasks: repeat each T
    ) async throws -> [(task: AnyTask, source: HiddenInput.Source)] {
        var boxes: [AnyTask] = []
        for task in repeat each tasks { boxes.append(AnyTask(task)) }
        return try await build.workspace.hiddenInputs(of: boxes, with: build.pie).map { ($0.task, $0.source) }
    }

    /// All files, with their contents and times.
    private func picture() throws -> [String] {
        try build.workspace.files().map { file in
            let metadata = try FileSystem(root: build.workspace.root).metadata(at: file)
            return "\(file.path) \(try build.workspace.bytes(of: file) ?? []) \(metadata.modified)"
        }
    }

    // MARK: Nothing hidden

    @Test func tasksThatAskTheirContextsHaveNone() async throws {
        let report = Report(total: Total("a", "b", "missing"), output: "out/report")
        try await build.require(report)
        try await expectNoHiddenInputs(of: build.log.executed, in: build.workspace)
        try await expectNoHiddenInputs(of: [AnyTask(Everything(folder: "folder", output: "all"))], in: build.workspace)
    }

    @Test func aTaskThatFailsHasNone() async throws {
        try build.workspace.write("bad", to: "a")
        try await expectNoHiddenInputs(of: [AnyTask(Total("a", "b"))], in: build.workspace)
    }

    @Test func whatIsDependedOnMayBeReadOtherwise() async throws {
        let tasks = [
            AnyTask(Declaring(path: try path("a"), file: "a", way: .depending)),
            AnyTask(Declaring(path: try path("a"), file: "a", way: .reading)),
            AnyTask(Declaring(path: try path("a"), file: "a", way: .resource)),
            AnyTask(Declaring(path: try path("a"), file: "a", way: .task)),
        ]
        try await expectNoHiddenInputs(of: tasks, in: build.workspace)
    }

    @Test func inputsAndBuffersAreThoseOfTheBuild() async throws {
        build.pie.set(Input<Int>("level"), to: 3)
        build.pie.setContents(Array("x y z".utf8), of: "b")
        try await expectNoHiddenInputs(of: [AnyTask(Levelled(file: "b"))], in: build.workspace, with: build.pie)
    }

    @Test func theFilesStayAsTheyAre() async throws {
        try await build.require(Report(total: Total("a"), output: "report"))
        let before = try picture()
        _ = try await sources(Report(total: Total("a"), output: "report"), Careless(path: try path("b")))
        #expect(try picture() == before)
        #expect(!FileManager.default.fileExists(atPath: build.workspace.root + "-altered"))
    }

    // MARK: Files

    @Test func aFileReadBehindTheContextsBackIsNamed() async throws {
        let task = Careless(path: try path("folder/c"), output: "copy")
        let found = try await build.workspace.hiddenInputs(of: [AnyTask(task)])
        #expect(found.map(\.task) == [AnyTask(task)])
        #expect(found.map(\.source) == [.files(["folder/c"])])
        #expect(
            found.first?.description.hasPrefix(
                """
                Careless depends on folder/c behind its context's back (− as it is, + with another):
                  − three
                  + uisdd
                """
            ) ?? false
        )
    }

    @Test func twoFilesAreTwo() async throws {
        let found = try await sources(Careless(path: try path("a")), Careless(path: try path("b")))
        #expect(found.map(\.source) == [.files(["a"]), .files(["b"])])
    }

    @Test func theLowestTaskIsBlamed() async throws {
        let found = try await sources(Above(task: Careless(path: try path("a"))))
        #expect(found.map(\.task) == [AnyTask(Careless(path: try path("a")))])
    }

    @Test func theExistenceOfAFileIsAnInput() async throws {
        let found = try await sources(Peeking(path: try path("b"), way: .existence))
        #expect(found.map(\.source) == [.files(["b"])])
    }

    @Test func whoAsksForTheExistenceOfAFileHasNotAskedForItsContents() async throws {
        let found = try await sources(Declaring(path: try path("a"), file: "a", way: .existence))
        #expect(found.map(\.source) == [.files(["a"])])
    }

    @Test func theListOfAFolderIsAnInput() async throws {
        let found = try await sources(Peeking(path: try path("folder"), way: .list))
        #expect(Set(found.map(\.source)) == [.files(["folder/c"]), .files(["folder/d"])])
    }

    @Test func aListOfFilesThatAreReadInTheOpenIsAnInput() async throws {
        let task = ReadingList(folder: "folder", path: try path("folder"))
        let found = try await sources(task)
        #expect(!found.isEmpty && found.allSatisfy { $0.task == AnyTask(task) })
        func isInFolder(_ source: HiddenInput.Source) -> Bool {
            if case .files(let files) = source { return files.allSatisfy { $0.path.hasPrefix("folder/") } }
            return false
        }
        #expect(found.allSatisfy { isInFolder($0.source) })
    }

    @Test func aFallbackIsASetOfFiles() async throws {
        let found = try await sources(Peeking(path: build.workspace.root, way: .either))
        #expect(found.map(\.source) == [.files(["a", "b"])])
    }

    @Test func aFileThatAProgramReadsIsNamed() async throws {
        let found = try await sources(Copying(root: build.workspace.root, source: "a", target: "copy"))
        #expect(found.map(\.source) == [.files(["a"])])
        #expect(try build.workspace.text(of: "copy") == "one two")
    }

    // MARK: Chance

    @Test func chanceIsFoundAndBothOutputsAreShown() async throws {
        let found = try await build.workspace.hiddenInputs(of: [AnyTask(Halving(task: Dice()))])
        #expect(found.map(\.task) == [AnyTask(Dice())])
        #expect(found.map(\.source) == [.unknown])
        #expect(found.first?.difference.map { $0.prefix(2) } == ["− ", "+ "])
    }

    @Test func chanceInAFileIsFound() async throws {
        let found = try await sources(DiceFile(output: "dice"))
        #expect(found.map(\.source) == [.unknown])
    }

    @Test func aDependencyByChanceIsFound() async throws {
        let found = try await sources(Wandering())
        #expect(found.map(\.source) == [.unknown])
    }

    @Test func stateThatIsKeptFromEarlierIsFound() async throws {
        let found = try await sources(Remembering(id: UUID()))
        #expect(found.map(\.source) == [.unknown])
    }

    // MARK: Issues

    @Test func theIssueNamesTheTaskAtTheLineOfTheTest() async throws {
        let line = #line + 2
        try await withKnownIssue {
            try await expectNoHiddenInputs(of: [AnyTask(Careless(path: try path("a")))], in: build.workspace)
        } matching: { issue in
            issue.sourceLocation?.line == line
                && issue.comments.first?.rawValue.hasPrefix("Careless depends on a behind its context's back") ?? false
        }
    }

    @Test func aBuildElsewhereIsRefused() async throws {
        let other = try Build([:])
        await #expect(throws: TemporaryWorkspaceError.self) {
            try await build.workspace.hiddenInputs(of: [], with: other.pie)
        }
    }
}

// MARK: - Tasks that ask

/// Joins the files of a folder.
private struct Everything: IncrementalTask {
    var folder: String
    var output: File

    func execute(in context: some Context) async throws -> Int {
        var text = ""
        for name in try await context.read(DirectoryListing(folder)) ?? [] {
            text += try await context.readText(File(folder + "/" + name)) ?? ""
        }
        try await context.write(text, to: output)
        return try await context.require(all: [WordCount("a"), WordCount("b")]).reduce(0, +)
    }
}

/// Reads a file by its path, and says so.
private struct Declaring: IncrementalTask {
    enum Way: Codable, Sendable {
        case depending
        case reading
        case resource
        case task
        case existence
    }

    var path: String
    var file: File
    var way: Way

    func execute(in context: some Context) async throws -> String {
        switch way {
        case .depending: try await context.depend(on: file)
        case .reading: _ = try await context.read(file)
        case .resource: _ = try await context.read(Contents(file: file))
        case .task: _ = try await context.require(WordCount(file))
        case .existence: try await context.depend(on: file, stamper: .exists)
        }
        // The number of words alone is what the task may look at that asks for no more.
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        return way == .task ? "\(text.split(whereSeparator: \.isWhitespace).count)" : text
    }
}

private struct Contents: Resource {
    var file: File

    func load(in scope: ResourceScope) async throws -> (Int, [UInt8]) {
        let bytes = try await file.load(in: scope).0 ?? []
        return (bytes.count, bytes)
    }

    func stamp(in scope: ResourceScope) async throws -> [UInt8] { try await load(in: scope).1 }
}

private struct Levelled: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> String {
        let level = try await context.read(Input<Int>("level"))
        return try await context.readText(file).map { "\(level) \($0)" } ?? ""
    }
}

/// Requires another task.
private struct Above: IncrementalTask {
    var task: Careless

    func execute(in context: some Context) async throws -> [String] { try await context.require(task) + ["above"] }
}

private struct Halving: IncrementalTask {
    var task: Dice

    func execute(in context: some Context) async throws -> UInt64 { try await context.require(task) / 2 }
}

// MARK: - Tasks that do not

/// Looks at files by their paths.
private struct Peeking: IncrementalTask {
    enum Way: Codable, Sendable {
        case existence
        case list
        case either
    }

    var path: String
    var way: Way

    func execute(in context: some Context) async throws -> String {
        switch way {
        case .existence: return "\(FileManager.default.fileExists(atPath: path))"
        case .list: return try FileManager.default.contentsOfDirectory(atPath: path).sorted().joined(separator: " ")
        case .either:
            let isThere = ["a", "b"].contains { FileManager.default.fileExists(atPath: path + "/" + $0) }
            return "\(isThere)"
        }
    }
}

/// Reads all files of a folder in the open, and lists it in secret.
private struct ReadingList: IncrementalTask {
    var folder: String
    var path: String

    func execute(in context: some Context) async throws -> String {
        var text = ""
        for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
            text += try await context.readText(File(folder + "/" + name)) ?? ""
        }
        return text
    }
}

/// Has another program copy a file, and provides the copy alone.
private struct Copying: IncrementalTask {
    var root: String
    var source: String
    var target: String

    func execute(in context: some Context) async throws -> NoOutput {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/cp")
        process.arguments = [root + "/" + source, root + "/" + target]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try await context.provide(File(target))
        return NoOutput()
    }
}

private struct Dice: IncrementalTask {
    func execute(in context: some Context) async throws -> UInt64 { .random(in: .min ... .max) }
}

private struct DiceFile: IncrementalTask {
    var output: File

    func execute(in context: some Context) async throws -> NoOutput {
        try await context.write("\(UInt64.random(in: .min ... .max))", to: output)
        return NoOutput()
    }
}

/// Requires one of very many tasks.
private struct Wandering: IncrementalTask {
    func execute(in context: some Context) async throws -> Int {
        try await context.require(WordCount(File("\(UInt64.random(in: .min ... .max))")))
    }
}

/// Is another thing the second time.
private struct Remembering: IncrementalTask {
    private static let seen = Mutex<Set<UUID>>([])
    var id: UUID

    func execute(in context: some Context) async throws -> Bool {
        Self.seen.withLock { $0.insert(id).inserted }
    }
}
