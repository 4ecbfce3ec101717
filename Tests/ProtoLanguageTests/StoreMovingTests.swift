import ProtoLanguage
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A project that is moved or copied with its store; each in a process of its own, since the working folder is one's.
@Suite struct StoreMovingTests {
    private static let files = [
        "protos/a.proto": "syntax = \"proto3\"; message A {}",
        "protos/b.proto": "syntax = \"proto3\"; import \"protos/a.proto\"; message B { A a = 1; }",
    ]

    /// Checks the working folder.
    private static func run(in folder: String) async -> StoredRun {
        #expect(chdir(folder) == 0)
        return await StoredRun(arguments: ["--stats", "."])
    }

    @Test func aProjectMovesWithItsStore() async throws {
        await #expect(processExitsWith: .success) {
            let workspace = try Workspace()
            let project = try Workspace(Self.files)
            #expect((await Self.run(in: project.path).executed ?? 0) > 5)
            #expect(rename(project.path, workspace.path + "/moved") == 0)
            let run = await Self.run(in: workspace.path + "/moved")
            #expect(run.executed == 0)
            #expect(run.errors.contains("store     .protocheck, opened in "))
            #expect(run.errors.contains("no mistakes in 2 files"))
        }
    }

    @Test func aCopyOfAProjectIsUpToDateAndIndependent() async throws {
        await #expect(processExitsWith: .success) {
            let project = try Workspace(Self.files)
            _ = await Self.run(in: project.path)
            let copies = try Workspace()
            try project.copy(to: copies.path + "/copy")
            // Times, and the numbers of files, are others: the contents decide.
            #expect(await Self.run(in: copies.path + "/copy").executed == 0)
            try copies.write("syntax = \"proto3\"; message Other {}", to: "copy/protos/a.proto")
            #expect(await Self.run(in: copies.path + "/copy").status == .mistakes)
            let original = await Self.run(in: project.path)
            #expect(original.status == .noMistakes)
            #expect(original.executed == 0)
        }
    }
}
