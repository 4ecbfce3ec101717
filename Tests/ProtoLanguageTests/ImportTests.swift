import PIE
import ProtoLanguage
import Testing

@Suite struct ImportTests {
    @Test func aCycleIsReportedInEachOfItsFilesWithThePath() async throws {
        let mistakes = try await Workspace.mistakes(
            in: [
                "a.proto": "import \"b.proto\";",
                "b.proto": "\nimport \"c.proto\";",
                "c.proto": "import \"d.proto\"; import \"b.proto\";",
                "d.proto": "",
            ]
        )
        #expect(
            mistakes == [
                "b.proto:2 File recursively imports itself: b.proto -> c.proto -> b.proto",
                "c.proto:1 File recursively imports itself: c.proto -> b.proto -> c.proto",
            ]
        )
    }

    @Test func aMissingImportSaysWhereItWasLookedFor() async throws {
        let workspace = try Workspace(["x/a.proto": "import \"b.proto\";"])
        let report = try await workspace.check(["x/a.proto"], roots: ["x", "y"])
        #expect(
            report == ["x/a.proto:1 Import \"b.proto\" was not found; looked for it in \"x\", \"y\"."]
        )
    }

    @Test func theFirstRootThatHasTheFileWins() async throws {
        let workspace = try Workspace([
            "x/a.proto": "syntax = \"proto3\"; import \"b.proto\"; message A { InX x = 1; InY y = 2; }",
            "x/b.proto": "syntax = \"proto3\"; message InX {}",
            "y/b.proto": "syntax = \"proto3\"; message InY {}",
        ])
        #expect(try await workspace.check(["x/a.proto"], roots: ["x", "y"]) == ["x/a.proto:1 \"InY\" is not defined."])
        #expect(try await workspace.check(["x/a.proto"], roots: ["y", "x"]) == ["x/a.proto:1 \"InX\" is not defined."])
    }

    @Test func importedFilesAreCheckedToo() async throws {
        let mistakes = try await Workspace.mistakes(
            in: ["a.proto": "import \"b.proto\";", "b.proto": "message M { optional N n = 1; }"],
            checking: ["a.proto"]
        )
        #expect(mistakes == ["b.proto:1 \"N\" is not defined."])
    }

    @Test func twoImportsThatDeclareOneNameCollide() async throws {
        let files = [
            "a.proto": "import \"b.proto\"; import \"c.proto\";",
            "b.proto": "message M {}",
            "c.proto": "message M {}",
        ]
        #expect(
            try await Workspace.mistakes(in: files) == ["c.proto:1 \"M\" is already defined in file \"b.proto\"."]
        )
        #expect(try await Workspace.mistakes(in: files, checking: ["b.proto", "c.proto"]) == [])
    }

    @Test func aPackageCollidesWithAMessageOfItsName() async throws {
        let mistakes = try await Workspace.mistakes(
            in: [
                "a.proto": "package x; message y {}",
                "b.proto": "package x.y; import \"a.proto\";",
                "c.proto": "package x; import \"d.proto\"; message z {}",
                "d.proto": "package x.z;",
            ]
        )
        #expect(
            mistakes == [
                "b.proto:1 \"x.y\" is already defined (as something other than a package) in file \"a.proto\".",
                "c.proto:1 \"x.z\" is already defined in file \"d.proto\".",
            ]
        )
    }
}

extension Workspace {
    /// The mistakes found in `files`, which lie in the first of `roots` that contains them.
    fileprivate func check(_ files: [String], roots: [String]) async throws -> [String] {
        let roots = ImportRoots(roots)
        let sources = try files.map { path in
            let name = try #require(path.split(separator: "/").last)
            return SourceFile(name: String(name), location: .file(File(path)))
        }
        let check = ProjectCheck(files: sources, roots: roots)
        let report = try await Pie(root: path).session { try await check.run(with: $0) }
        return report.entries.map { "\($0.file):\($0.position.line) \($0.message)" }
    }
}
