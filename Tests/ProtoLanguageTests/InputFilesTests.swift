import PIE
import ProtoLanguage
import Testing

@Suite struct InputFilesTests {
    private func find(_ paths: [String], roots: [String], in workspace: Workspace) async throws -> [SourceFile] {
        let roots = ImportRoots(roots.map { workspace.path + "/" + $0 })
        let context = NonIncrementalContext(root: workspace.path)
        return try await InputFiles(roots: roots).find(paths.map { workspace.path + "/" + $0 }, with: context)
    }

    @Test func foldersAreSearchedAndHiddenOnesLeftOut() async throws {
        let workspace = try Workspace([
            "b.proto": "", "a/c.proto": "", "a/d.txt": "", ".hidden/e.proto": "", "a/.f.proto": "",
        ])
        #expect(try await find(["."], roots: ["."], in: workspace).map(\.name) == ["a/c.proto", "b.proto"])
    }

    @Test func namesStartFromTheFirstRootThatContainsTheFile() async throws {
        let workspace = try Workspace(["x/y/a.proto": ""])
        #expect(try await find(["x/y/a.proto"], roots: ["z", "x"], in: workspace).map(\.name) == ["y/a.proto"])
    }

    @Test func aFileGivenTwiceIsCheckedOnce() async throws {
        let workspace = try Workspace(["a.proto": ""])
        #expect(try await find(["a.proto", "./a.proto", "."], roots: ["."], in: workspace).count == 1)
    }

    @Test func aPathThatDoesNotExistIsNamed() async throws {
        let workspace = try Workspace()
        let expected = UsageError(message: "'\(workspace.path)/nope.proto' does not exist.")
        await #expect(throws: expected) {
            try await find(["nope.proto"], roots: ["."], in: workspace)
        }
    }

    @Test func aFileOutsideOfTheRootsIsAnError() async throws {
        let workspace = try Workspace(["x/a.proto": "", "y/b.proto": ""])
        let error = await #expect(throws: UsageError.self) {
            try await find(["x/a.proto"], roots: ["y"], in: workspace)
        }
        #expect(error?.message.contains("does not lie under any import root") == true)
    }

    @Test func aShadowedFileIsAnError() async throws {
        let workspace = try Workspace(["x/a.proto": "", "y/a.proto": ""])
        let error = await #expect(throws: UsageError.self) {
            try await find(["y/a.proto"], roots: ["x", "y"], in: workspace)
        }
        #expect(error?.message.contains("is shadowed by") == true)
    }
}
