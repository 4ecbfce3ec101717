import PIE
import ProtoLanguage
import Testing

/// What protocheck does with its store from run to run.
@Suite struct StoreCommandTests {
    static let files = [
        "base.proto": "syntax = \"proto3\"; package base; message A { int32 x = 1; } enum E { ZERO = 0; }",
        "user.proto": "syntax = \"proto3\"; import \"base.proto\"; message User { base.A a = 1; }",
        "alone.proto": "syntax = \"proto3\"; message Alone {}",
    ]

    @Test func anUnchangedProjectExecutesNothing() async throws {
        let workspace = try Workspace(Self.files)
        let first = await StoredRun(in: workspace)
        #expect(first.status == .noMistakes)
        #expect((first.executed ?? 0) > 10)
        #expect(first.errors.contains("store     \(workspace.store), made in "))
        let second = await StoredRun(in: workspace)
        #expect(second.status == .noMistakes)
        #expect(second.executed == 0)
        #expect(second.errors.contains("store     \(workspace.store), opened in "))
    }

    @Test func anUnchangedProjectWritesNothing() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        let before = try workspace.storeFiles()
        _ = await StoredRun(in: workspace)
        #expect(try workspace.storeFiles() == before)
    }

    @Test func mistakesComeOutOfTheStore() async throws {
        let workspace = try Workspace(["a.proto": "message A { optional B b = 1; }"])
        let first = await StoredRun(in: workspace)
        let second = await StoredRun(in: workspace)
        #expect(second.executed == 0)
        #expect(second.status == .mistakes)
        #expect(second.output == first.output)
        #expect(second.output.contains("a.proto:1:22: error: \"B\" is not defined."))
    }

    @Test func aCommentRunsTheParseAlone() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        try workspace.write("// A comment.\n" + (Self.files["base.proto"] ?? ""), to: "base.proto")
        let run = await StoredRun("--explain", in: workspace)
        #expect(run.executed == 1)
        #expect(run.errors.contains("ParseFile(\(workspace.path)/base.proto) was executed"))
    }

    @Test func theTypeOfAFieldRunsTheParseAndTheCheckOfItsFile() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        try workspace.write((Self.files["base.proto"] ?? "").replacing("int32", with: "int64"), to: "base.proto")
        let run = await StoredRun("--explain", in: workspace)
        #expect(run.executed == 2)
        for task in ["ParseFile", "CheckFile"] {
            #expect(run.errors.contains("\(task)(\(workspace.path)/base.proto) was executed"))
        }
        #expect(run.errors.contains("CheckFile(\(workspace.path)/user.proto) was reused"))
    }

    @Test func aNameThatGoesIsMissedWhereItIsUsed() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        try workspace.write("syntax = \"proto3\"; package base; message B {}", to: "base.proto")
        let run = await StoredRun("--explain", in: workspace)
        #expect(run.output.contains("user.proto:1:56: error: \"base.A\" is not defined.\n"))
        #expect(run.errors.contains("CheckFile(\(workspace.path)/alone.proto) was reused"))
    }

    @Test func withoutAStoreNothingIsKept() async throws {
        let workspace = try Workspace(Self.files)
        let first = await StoredRun("--no-store", in: workspace)
        #expect(first.errors.contains("executed") && !first.errors.contains("store "))
        #expect(await StoredRun("--no-store", in: workspace).executed == first.executed)
        #expect(try !workspace.hasStoreFolder)
    }

    @Test func theFolderIsNoneOfTheSources() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        #expect(try workspace.read(".protocheck/.gitignore").hasSuffix("\n*\n"))
        try workspace.write("message", to: ".protocheck/broken.proto")
        let run = await StoredRun(in: workspace)
        #expect(run.status == .noMistakes)
        #expect(run.errors.contains("checked   3 files"))
    }

    @Test func whatIsAboutAFileThatIsGoneIsForgotten() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        try workspace.remove("alone.proto")
        _ = await StoredRun(in: workspace)
        let inspection = await StoredRun(command: "inspect", "--json", in: workspace)
        #expect(!inspection.output.contains("alone.proto"))
        #expect(inspection.output.contains("MapImports(2 files)"))
        #expect(!inspection.output.contains("MapImports(3 files)"))
        #expect(await StoredRun(in: workspace).executed == 0)
    }

    @Test func whatAnotherCommandLineIsAboutStays() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        // Which files there are is found out anew, and nothing about the files themselves.
        let part = await StoredRun("--explain", in: workspace, checking: "/user.proto")
        #expect(!part.errors.contains("File(\(workspace.path)/user.proto) was executed"))
        #expect(part.errors.contains("checked   2 files"))
        let whole = await StoredRun("--explain", in: workspace)
        #expect(!whole.errors.contains(" was executed"))
    }

    @Test func theGraphIsThatOfTheCommandLine() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        func graph(_ options: [String]) async -> String {
            let paths = ["-I", workspace.path, workspace.path + "/user.proto"]
            return await StoredRun(arguments: ["graph"] + options + paths).output
        }
        let stored = await graph(["--store", workspace.store])
        #expect(!stored.contains("alone.proto"))
        #expect(stored == (await graph(["--no-store"])))
    }

    /// As `ParseFile` was before it found what it finds now.
    struct EarlierParseFile: IncrementalTask {
        static let typeIdentifier = ParseFile.typeIdentifier
        static let version = ParseFile.version - 1
        let source: ProtoLanguage.SourceLocation

        func execute(in context: some Context) async throws -> ParsedFile {
            if case .file(let file) = source { _ = try await context.read(file) }
            return Parser.parse([])
        }
    }

    @Test func whatAnEarlierVersionOfATaskHasMadeIsMadeAnew() async throws {
        let workspace = try Workspace(["a.proto": "message A { optional B b = 1; }"])
        let pie = try Pie(store: .directory(workspace.store), tasks: [EarlierParseFile.self])
        try await pie.session { session in
            try await session.require(EarlierParseFile(source: .file(File(workspace.path + "/a.proto"))))
        }
        try await pie.close()
        let run = await StoredRun("--explain", in: workspace)
        #expect(run.output.contains("\"B\" is not defined"))
        #expect(run.errors.contains("ParseFile(\(workspace.path)/a.proto) was executed"))
        #expect(run.errors.contains("version \(EarlierParseFile.version) became \(ParseFile.version)"))
        #expect(await StoredRun(in: workspace).executed == 0)
    }
}

extension Workspace {
    /// The names of the store's files and what is in them, but for the lock.
    func storeFiles() throws -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for file in try StoreFiles(at: store)?.files ?? [] where file.kind != .lock {
            contents[file.name] = try readBytes(".protocheck/" + file.name)
        }
        return contents
    }

    /// Whether the folder of the store is there.
    var hasStoreFolder: Bool {
        get throws { try StoreFiles(at: store) != nil }
    }
}
