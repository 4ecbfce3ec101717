import PIE
import ProtoLanguage
import Testing

/// What an edit makes the build execute, by its event log.
@Suite struct IncrementalityTests {
    /// A file that many import, two that use different names of it, and one that uses none.
    private static let files = [
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
        let workspace: Workspace
        let log = EventLog()
        let pie: Pie
        let check: ProjectCheck

        init(_ files: [String: String]) throws {
            workspace = try Workspace(files)
            pie = try Pie(root: workspace.path, trackers: [log])
            check = ProjectCheck(files: files.keys.sorted().map(Workspace.source), roots: ImportRoots(["."]))
        }

        /// Checks everything and gives the mistakes, and which tasks were executed.
        func run() async throws -> (mistakes: [String], executed: [String]) {
            let report = try await pie.session { try await check.run(with: $0) }
            defer { log.clear() }
            return (report.entries.map { $0.text() }, log.executed.map(\.description).sorted())
        }

        func edit(_ name: String, _ text: String) throws {
            try workspace.write(text, to: name)
        }
    }

    @Test func aSecondRunExecutesNothing() async throws {
        let build = try Build(Self.files)
        let first = try await build.run()
        #expect(first.mistakes == [])
        #expect(first.executed.filter { $0.hasPrefix("CheckFile") }.count == 4)
        #expect(try await build.run().executed == [])
    }

    @Test func theTypeOfAFieldConcernsItsFileAlone() async throws {
        let build = try Build(Self.files)
        _ = try await build.run()
        try build.edit("base.proto", Self.base { $0.replacing("string second", with: "B second") })
        let run = try await build.run()
        #expect(run.mistakes == [])
        #expect(run.executed == ["CheckFile(base.proto)", "ParseFile(base.proto)"])
    }

    @Test func aWrongTypeOfAFieldIsFoundInItsFileAlone() async throws {
        let build = try Build(Self.files)
        _ = try await build.run()
        try build.edit("base.proto", Self.base { $0.replacing("string second", with: "C second") })
        let run = try await build.run()
        #expect(run.mistakes == ["base.proto:3:30: error: \"C\" is not defined."])
        #expect(run.executed == ["CheckFile(base.proto)", "ParseFile(base.proto)"])
    }

    @Test func aCommentExecutesNoCheckAndMovesTheMistakes() async throws {
        var files = Self.files
        files["usesA.proto"] = "syntax = \"proto3\";\nimport \"base.proto\";\nmessage UsesA { base.Z z = 1; }"
        let build = try Build(files)
        #expect(try await build.run().mistakes == ["usesA.proto:3:17: error: \"base.Z\" is not defined."])
        try build.edit(
            "usesA.proto",
            "syntax = \"proto3\"; // new\nimport \"base.proto\";\n\n/* new */ message UsesA {\n\n  base.Z z = 1; }"
        )
        let run = try await build.run()
        #expect(run.mistakes == ["usesA.proto:6:3: error: \"base.Z\" is not defined."])
        #expect(run.executed == ["ParseFile(usesA.proto)"])
    }

    @Test func aRenamedMessageConcernsTheFilesThatUseIt() async throws {
        let build = try Build(Self.files)
        _ = try await build.run()
        try build.edit("base.proto", Self.base { $0.replacing("message A", with: "message Z") })
        let run = try await build.run()
        #expect(run.mistakes == ["usesA.proto:1:57: error: \"base.A\" is not defined."])
        let checks = run.executed.filter { $0.hasPrefix("CheckFile") }
        #expect(checks == ["CheckFile(base.proto)", "CheckFile(usesA.proto)"])
    }

    @Test func aMessageThatBecomesAnEnumConcernsTheFilesThatUseIt() async throws {
        var files = Self.files
        files["service.proto"] =
            "syntax = \"proto3\"; import \"base.proto\"; service S { rpc R(base.B) returns (base.A); }"
        let build = try Build(files)
        _ = try await build.run()
        let edited = Self.base { $0.replacing("message B { int32 value = 1; }", with: "enum B { X = 0; }") }
        try build.edit("base.proto", edited)
        let run = try await build.run()
        #expect(run.mistakes == ["service.proto:1:59: error: \"base.B\" is not a message type."])
        let checks = run.executed.filter { $0.hasPrefix("CheckFile") }
        #expect(checks == ["CheckFile(base.proto)", "CheckFile(service.proto)", "CheckFile(usesB.proto)"])
    }

    @Test func aNewMessageNobodyAsksForExecutesNoOtherCheck() async throws {
        let build = try Build(Self.files)
        _ = try await build.run()
        try build.edit("base.proto", Self.base { $0 + "\nmessage New {}" })
        let run = try await build.run()
        #expect(run.mistakes == [])
        #expect(run.executed.filter { $0.hasPrefix("CheckFile") } == ["CheckFile(base.proto)"])
    }

    @Test func aNewMessageThatIsNearerConcernsTheFilesThatWouldFindIt() async throws {
        let build = try Build([
            "far.proto": "syntax = \"proto3\"; message T {}",
            "near.proto": "syntax = \"proto3\"; package p;",
            "user.proto":
                "syntax = \"proto3\"; package p; import \"far.proto\"; import \"near.proto\"; message U { T t = 1; }",
        ])
        _ = try await build.run()
        try build.edit("near.proto", "syntax = \"proto3\"; package p; message T {}")
        let run = try await build.run()
        #expect(run.mistakes == [])
        #expect(run.executed.contains("CheckFile(user.proto)"))
        #expect(!run.executed.contains("CheckFile(far.proto)"))
    }

    @Test func aFileThatIsCreatedLaterIsFound() async throws {
        let build = try Build(["a.proto": "import \"b.proto\"; message A { optional B b = 1; }"])
        #expect(try await build.run().mistakes.count == 2)
        try build.edit("b.proto", "message B {}")
        #expect(try await build.run().mistakes == [])
    }

    @Test func anEditThatIsUndoneExecutesNoCheck() async throws {
        let build = try Build(Self.files)
        _ = try await build.run()
        try build.edit("base.proto", Self.base { $0 + "// comment" })
        _ = try await build.run()
        try build.edit("base.proto", Self.base { $0 })
        #expect(try await build.run().executed == ["ParseFile(base.proto)"])
    }

    @Test func afterEditsTheReportIsThatOfABuildFromScratch() async throws {
        let build = try Build(Self.files)
        _ = try await build.run()
        let edits = [
            ("base.proto", Self.base { "// moved\n" + $0.replacing("message A", with: "message Z") }),
            ("usesB.proto", "import \"usesB.proto\"; message UsesB { optional base.B b = 1; }"),
            ("usesNone.proto", "import \"gone.proto\"; message UsesB {} message"),
            ("usesA.proto", "syntax = \"proto3\"; package base; import \"base.proto\"; message B { Z z = 1; }"),
        ]
        for (name, text) in edits {
            try build.edit(name, text)
            let mistakes = try await build.run().mistakes
            let scratch = try await build.check.run(with: NonIncrementalContext(root: build.workspace.path))
            #expect(mistakes == scratch.entries.map { $0.text() })
            #expect(!mistakes.isEmpty)
        }
    }

    @Test func anImportCycleIsNoCycleOfTasks() async throws {
        let build = try Build([
            "a.proto": "import \"b.proto\"; message A { optional B b = 1; }",
            "b.proto": "import \"a.proto\"; message B { optional A a = 1; }",
        ])
        let mistakes = try await build.run().mistakes
        #expect(mistakes.count == 2)
        #expect(mistakes.allSatisfy { $0.contains("recursively imports itself") })
    }

    private static func base(_ edit: (String) -> String) -> String {
        edit(files["base.proto"] ?? "")
    }
}
