import PIE
import PIETesting
import Testing

@testable import ProtoLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the tasks promise to the build, which no compiler checks.
@Suite struct ProvingTests {
    private static let files: [File: String] = [
        "base.proto": """
        syntax = "proto2";
        package base;
        message A { optional int32 first = 1; extensions 100 to 199; }
        enum E { ZERO = 0; ONE = 1; }
        """,
        "middle.proto": "syntax = \"proto2\"; import public \"base.proto\"; message M { optional base.A a = 1; }",
        "user.proto": """
        syntax = "proto2";
        import "middle.proto";
        import "missing.proto";
        message User { optional base.E e = 1 [default = TWO]; optional Nothing n = 2; }
        extend base.A { optional int32 more = 100; }
        """,
    ]

    private static let roots = ImportRoots(["."])

    private static let sources = ["base.proto", "middle.proto", "user.proto"].map {
        SourceFile(name: $0, location: .file(File($0)))
    }

    /// Checks all files, and gives the mistakes.
    private static func check(with pie: Pie) async throws -> [String] {
        let project = ProjectCheck(files: sources, roots: roots)
        return try await pie.session { try await project.run(with: $0) }.entries.map { $0.text() }
    }

    // MARK: Values

    @Test func equalTasksAreOneTask() {
        let (base, user) = (Self.sources[0], Self.sources[2])
        expectConforming(
            ParseFile(.file("base.proto")),
            equalTo: [ParseFile(.file("./base.proto"))],
            differentFrom: [ParseFile(.file("user.proto")), ParseFile(.builtIn("base.proto"))]
        )
        expectConforming(
            CheckFile(base, roots: Self.roots),
            differentFrom: [CheckFile(user, roots: Self.roots), CheckFile(base, roots: ImportRoots(["other"]))]
        )
        expectConforming(CollectNames(base.location), differentFrom: [CollectNames(user.location)])
        expectConforming(ReadHeader(base.location), differentFrom: [ReadHeader(user.location)])
        expectConforming(FindSources("."), differentFrom: [FindSources("folder")])
        expectConforming(
            ResolveImport(name: "a", roots: Self.roots),
            differentFrom: [
                ResolveImport(name: "b", roots: Self.roots),
                ResolveImport(name: "a", roots: ImportRoots([".", "other"])),
            ]
        )
        expectConforming(
            MapImports([base, user], roots: Self.roots),
            differentFrom: [MapImports([user, base], roots: Self.roots), MapImports([], roots: Self.roots)]
        )
        expectConforming(
            FindConflicts([base, user], roots: Self.roots),
            differentFrom: [FindConflicts([base], roots: Self.roots)]
        )
    }

    @Test func everyTaskThatIsExecutedIsOfAKnownType() async throws {
        let workspace = try TemporaryWorkspace(Self.files)
        let log = EventLog()
        let pie = try Pie(root: workspace.root, trackers: [log])
        _ = try await Self.check(with: pie)
        try await pie.session { try await $0.require(FindSources(".")) }
        expectConforming(types: TaskTypes.tasks, covering: log)
    }

    @Test func everyProjectionLooksAtTheOutputAlone() async throws {
        let workspace = try TemporaryWorkspace(Self.files)
        let pie = try Pie(root: workspace.root)
        let (parses, names) = try await pie.session { session in
            let locations = Self.sources.map(\.location)
            return (
                try await session.require(all: locations.map { ParseFile($0) }),
                try await session.require(all: locations.map { CollectNames($0) })
            )
        }
        expectConforming(SyntaxOfParse(), on: parses)
        expectConforming(OutlineOfParse(), on: parses)
        expectConforming(HeaderOfParse(), on: parses)
        expectConforming(NamesAmong(["A", "E", "User"]), on: names, differentFrom: [NamesAmong(["A"])])
        expectConforming(ExtensionRangesOf(message: "A"), on: names, differentFrom: [ExtensionRangesOf(message: "M")])
        expectConforming(ValuesOfEnum(name: "E"), on: names, differentFrom: [ValuesOfEnum(name: "F")])
    }

    // MARK: Executions

    @Test func nothingIsReadBehindTheContextsBack() async throws {
        let workspace = try TemporaryWorkspace(Self.files)
        try workspace.write("not a source", to: "notes.txt")
        let log = EventLog()
        let pie = try Pie(root: workspace.root, trackers: [log])
        _ = try await Self.check(with: pie)
        try await pie.session { try await $0.require(FindSources(".")) }
        try await expectNoHiddenInputs(of: log.executed, in: workspace)
    }

    @Test func aTaskThatReadsAnImportByItselfIsFound() async throws {
        let workspace = try TemporaryWorkspace(Self.files)
        let task = CountImports(file: "user.proto", root: workspace.root)
        let hidden = try await workspace.hiddenInputs(of: [AnyTask(task)])
        #expect(hidden.map(\.task) == [AnyTask(task)])
        #expect(hidden.map(\.source) == [.files(["middle.proto"])])
    }

    // MARK: Orders

    @Test func theMistakesAreTheSameInAnyOrder() async throws {
        let workspace = try TemporaryWorkspace(Self.files)
        let expected = try await Self.check(with: Pie(root: workspace.root))
        #expect(expected.count == 3)
        var options = PieOptions()
        options.jobs = 4
        await exploreSchedules(1...100) { [options] _ in
            let pie = try Pie(root: workspace.root, options: options)
            #expect(try await Self.check(with: pie) == expected)
            #expect(try await Self.check(with: pie) == expected)
        }
    }
}

/// Counts the imports of a file that are there.
private struct CountImports: IncrementalTask {
    var file: File
    var root: String

    func execute(in context: some Context) async throws -> Int {
        let header = try await context.require(ReadHeader(.file(file)))
        return header.imports.count { access(root + "/" + $0.path, R_OK) == 0 }
    }
}
