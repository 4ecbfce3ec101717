import PIE
import PIETesting
import ProtoLanguage
import Testing

/// What an edit makes the build execute, by its event log.
@Suite struct IncrementalityTests {
    /// A file that many import, two that use different names of it, and one that uses none.
    private static let files: [File: String] = [
        "base.proto": """
        syntax = "proto3";
        package base;
        message A { int32 first = 1; string second = 2; }
        message B { int32 value = 1; }
        """,
        "usesA.proto": "syntax = \"proto3\"; import \"base.proto\"; message UsesA { base.A a = 1; }",
        "usesB.proto": "syntax = \"proto3\"; import \"base.proto\"; message UsesB { base.B b = 1; }",
        "usesNone.proto": "syntax = \"proto3\"; import \"base.proto\"; message UsesNone { int32 c = 1; }",
    ]

    /// A build that is run again after edits.
    private struct Build {
        let workspace: TemporaryWorkspace
        let log = EventLog()
        let pie: Pie
        let project: ProjectCheck

        init(_ files: [File: String]) throws {
            workspace = try TemporaryWorkspace(files)
            pie = try Pie(root: workspace.root, trackers: [log])
            let sources = try workspace.files().map { SourceFile(name: $0.path, location: .file($0)) }
            project = ProjectCheck(files: sources, roots: ImportRoots(["."]))
        }

        /// Checks everything, in a session whose events alone are in the log then, and gives the mistakes.
        @discardableResult
        func run() async throws -> [String] {
            log.clear()
            return try await pie.session { try await project.run(with: $0) }.entries.map { $0.text() }
        }
    }

    private func parse(_ file: File) -> ParseFile {
        ParseFile(.file(file))
    }

    private func check(_ file: File) -> CheckFile {
        CheckFile(SourceFile(name: file.path, location: .file(file)), roots: ImportRoots(["."]))
    }

    @Test func aSecondRunExecutesNothing() async throws {
        let build = try Build(Self.files)
        #expect(try await build.run() == [])
        let checks = [check("base.proto"), check("usesA.proto"), check("usesB.proto"), check("usesNone.proto")]
        expectExecuted(.exactly(checks, of: CheckFile.self), in: build.log)
        try await build.run()
        expectExecuted(.nothing, in: build.log)
    }

    @Test func theTypeOfAFieldConcernsItsFileAlone() async throws {
        let build = try Build(Self.files)
        try await build.run()
        try build.workspace.edit("base.proto") { $0.replacing("string second", with: "B second") }
        #expect(try await build.run() == [])
        expectExecuted([parse("base.proto"), check("base.proto")], in: build.log)
    }

    @Test func aWrongTypeOfAFieldIsFoundInItsFileAlone() async throws {
        let build = try Build(Self.files)
        try await build.run()
        try build.workspace.edit("base.proto") { $0.replacing("string second", with: "C second") }
        #expect(try await build.run() == ["base.proto:3:30: error: \"C\" is not defined."])
        expectExecuted([parse("base.proto"), check("base.proto")], in: build.log)
    }

    @Test func aCommentExecutesNoCheckAndMovesTheMistakes() async throws {
        var files = Self.files
        files["usesA.proto"] = "syntax = \"proto3\";\nimport \"base.proto\";\nmessage UsesA { base.Z z = 1; }"
        let build = try Build(files)
        #expect(try await build.run() == ["usesA.proto:3:17: error: \"base.Z\" is not defined."])
        try build.workspace.write(
            "syntax = \"proto3\"; // new\nimport \"base.proto\";\n\n/* new */ message UsesA {\n\n  base.Z z = 1; }",
            to: "usesA.proto"
        )
        #expect(try await build.run() == ["usesA.proto:6:3: error: \"base.Z\" is not defined."])
        expectExecuted([parse("usesA.proto")], in: build.log)
    }

    @Test func aRenamedMessageConcernsTheFilesThatUseIt() async throws {
        let build = try Build(Self.files)
        try await build.run()
        try build.workspace.edit("base.proto") { $0.replacing("message A", with: "message Z") }
        #expect(try await build.run() == ["usesA.proto:1:57: error: \"base.A\" is not defined."])
        expectExecuted(.exactly([check("base.proto"), check("usesA.proto")], of: CheckFile.self), in: build.log)
    }

    @Test func aMessageThatBecomesAnEnumConcernsTheFilesThatUseIt() async throws {
        var files = Self.files
        files["service.proto"] =
            "syntax = \"proto3\"; import \"base.proto\"; service S { rpc R(base.B) returns (base.A); }"
        let build = try Build(files)
        try await build.run()
        try build.workspace.edit("base.proto") {
            $0.replacing("message B { int32 value = 1; }", with: "enum B { X = 0; }")
        }
        #expect(try await build.run() == ["service.proto:1:59: error: \"base.B\" is not a message type."])
        let checks = [check("base.proto"), check("service.proto"), check("usesB.proto")]
        expectExecuted(.exactly(checks, of: CheckFile.self), in: build.log)
    }

    @Test func aNewMessageNobodyAsksForExecutesNoOtherCheck() async throws {
        let build = try Build(Self.files)
        try await build.run()
        try build.workspace.edit("base.proto") { $0 + "\nmessage New {}" }
        #expect(try await build.run() == [])
        expectExecuted(.exactly([check("base.proto")], of: CheckFile.self), in: build.log)
    }

    @Test func aNewMessageThatIsNearerConcernsTheFilesThatWouldFindIt() async throws {
        let build = try Build([
            "far.proto": "syntax = \"proto3\"; message T {}",
            "near.proto": "syntax = \"proto3\"; package p;",
            "user.proto":
                "syntax = \"proto3\"; package p; import \"far.proto\"; import \"near.proto\"; message U { T t = 1; }",
        ])
        try await build.run()
        try build.workspace.append(" message T {}", to: "near.proto")
        #expect(try await build.run() == [])
        expectExecuted(.atLeast([check("user.proto")]), in: build.log)
        expectExecuted(.noneOf([check("far.proto")]), in: build.log)
    }

    @Test func aFileThatIsCreatedLaterIsFound() async throws {
        let build = try Build(["a.proto": "import \"b.proto\"; message A { optional B b = 1; }"])
        #expect(try await build.run().count == 2)
        try build.workspace.write("message B {}", to: "b.proto")
        #expect(try await build.run() == [])
    }

    @Test func anEditThatIsUndoneExecutesNoCheck() async throws {
        let build = try Build(Self.files)
        try await build.run()
        try build.workspace.append("// comment", to: "base.proto")
        try await build.run()
        try build.workspace.edit("base.proto") { $0.replacing("// comment", with: "") }
        try await build.run()
        expectExecuted([parse("base.proto")], in: build.log)
    }

    @Test func afterEditsTheReportIsThatOfABuildFromScratch() async throws {
        let build = try Build(Self.files)
        try await build.run()
        let edits: [(File, (String) -> String)] = [
            ("base.proto", { "// moved\n" + $0.replacing("message A", with: "message Z") }),
            ("usesB.proto", { _ in "import \"usesB.proto\"; message UsesB { optional base.B b = 1; }" }),
            ("usesNone.proto", { _ in "import \"gone.proto\"; message UsesB {} message" }),
            ("usesA.proto", { $0.replacing("message UsesA { base.A a = 1; }", with: "message B { Z z = 1; }") }),
        ]
        for (file, edit) in edits {
            try build.workspace.edit(file, edit)
            let mistakes = try await expectSameAsFromScratch(in: build.pie) { session in
                try await build.project.run(with: session).entries
            } scratch: { context in
                try await build.project.run(with: context).entries
            }
            #expect(!mistakes.isEmpty)
        }
    }

    @Test func anImportCycleIsNoCycleOfTasks() async throws {
        let build = try Build([
            "a.proto": "import \"b.proto\"; message A { optional B b = 1; }",
            "b.proto": "import \"a.proto\"; message B { optional A a = 1; }",
        ])
        let mistakes = try await build.run()
        #expect(mistakes.count == 2)
        #expect(mistakes.allSatisfy { $0.contains("recursively imports itself") })
    }
}
