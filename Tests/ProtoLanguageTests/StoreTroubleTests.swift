import PIE
import ProtoLanguage
import Testing

/// Stores that are damaged, in use, or none: what can be checked is checked.
@Suite struct StoreTroubleTests {
    private static let files = StoreCommandTests.files

    /// Enough of them for a snapshot to be made when the store is closed.
    private static let manyFiles = Dictionary(
        uniqueKeysWithValues: (0..<40).map { number in
            ("file\(number).proto", "syntax = \"proto3\"; message A\(number) { int32 x = 1; string name = 2; }")
        }
    )

    @Test(arguments: [true, false]) func aDamagedStoreIsKeptAsideAndMadeAnew(isLarge: Bool) async throws {
        let workspace = try Workspace(isLarge ? Self.manyFiles : Self.files)
        let first = await StoredRun(in: workspace)
        let name = isLarge ? "snapshot-1" : "journal-0"
        try workspace.write("This is something else.", to: ".protocheck/" + name)
        let second = await StoredRun(in: workspace)
        #expect(second.status == .noMistakes)
        #expect(second.executed == first.executed)
        #expect(second.errors.ranges(of: "\(name).damaged-1\n").count == 1)
        let third = await StoredRun(in: workspace)
        #expect(third.executed == 0)
        #expect(!third.errors.contains("Warning: "))
    }

    @Test func aDamagedBlockCostsWhatLiesInItAndTheStoreIsMadeAnew() async throws {
        let workspace = try Workspace(Self.manyFiles)
        let first = await StoredRun(in: workspace)
        let name = ".protocheck/snapshot-1"
        var bytes = try workspace.readBytes(name)
        bytes[5_000] ^= 1
        try workspace.write(bytes, to: name)
        let second = await StoredRun(in: workspace)
        #expect(second.status == .noMistakes)
        let executed = try #require(second.executed)
        #expect(executed > 0 && executed < first.executed ?? 0)
        // The snapshot, and the journal that goes with it.
        #expect(second.errors.ranges(of: "Warning: ").count == 2)
        #expect(second.errors.contains("is damaged in the block at byte 4096"))
        let third = await StoredRun(in: workspace)
        #expect(third.executed == first.executed)
        #expect(!third.errors.contains("Warning: "))
        #expect(await StoredRun(in: workspace).executed == 0)
    }

    @Test func aStoreThatAnotherHasIsReadAfterAWait() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        let other = try Pie(store: .directory(workspace.store))
        try workspace.write("// A comment.\n" + (Self.files["base.proto"] ?? ""), to: "base.proto")
        let run = await StoredRun(in: workspace)
        #expect(run.status == .noMistakes)
        #expect(run.executed == 1)
        #expect(run.errors.hasPrefix("Waiting: \(workspace.store)/lock is held by process "))
        #expect(run.errors.contains("Warning: another process still has the store '\(workspace.store)'; "))
        #expect(run.errors.contains("opened to be read in "))
        let inspection = await StoredRun(command: "inspect", in: workspace)
        #expect(inspection.status == .noMistakes)
        let cleaning = await StoredRun(command: "clean", in: workspace)
        #expect(cleaning.status == .mistakes)
        #expect(cleaning.errors.contains("is held by process "))
        try await other.close()
        // Nothing of it was kept.
        #expect(await StoredRun(in: workspace).executed == 1)
    }

    @Test func aFolderWithOtherFilesIsNoStore() async throws {
        let workspace = try Workspace(["a.proto": "message A {}", ".protocheck/notes.txt": "mine"])
        let message = "Error: '\(workspace.store)' is no store, but a folder with 'notes.txt' in it."
        for run in [
            await StoredRun(in: workspace), await StoredRun(command: "clean", in: workspace),
            await StoredRun(command: "inspect", in: workspace),
        ] {
            #expect(run.status == .wrongUsage)
            #expect(run.errors.hasPrefix(message))
        }
        #expect(try workspace.read(".protocheck/notes.txt") == "mine")
        #expect(try StoreFiles(at: workspace.store)?.files == [])
    }

    @Test func aFileIsNoStore() async throws {
        let workspace = try Workspace(["a.proto": "message A {}", ".protocheck": ""])
        let run = await StoredRun(in: workspace)
        #expect(run.status == .wrongUsage)
        #expect(run.errors.hasPrefix("Error: '\(workspace.store)' is no folder, so no store."))
    }

    @Test func whereNoFolderCanBeMadeTheCheckGoesOnWithout() async throws {
        let workspace = try Workspace(["a.proto": "message A {}"])
        let paths = ["-I", workspace.path, workspace.path]
        let run = await StoredRun(arguments: ["--store", workspace.path + "/a.proto/store"] + paths)
        #expect(run.status == .noMistakes)
        #expect(run.errors.hasPrefix("Warning: cannot make the folder \(workspace.path)/a.proto/store: "))
    }

    @Test func cleaningRemovesTheStoreAndNothingElse() async throws {
        let workspace = try Workspace(Self.files)
        let none = await StoredRun(command: "clean", in: workspace)
        #expect(none.status == .noMistakes)
        #expect(none.errors == "There is no store in '\(workspace.store)'.\n")
        let first = await StoredRun(in: workspace)
        let cleaning = await StoredRun(command: "clean", in: workspace)
        #expect(cleaning.errors.hasPrefix("Removed '\(workspace.store)': "))
        #expect(try !workspace.hasStoreFolder)
        #expect(await StoredRun(in: workspace).executed == first.executed)

        try workspace.write("mine", to: ".protocheck/notes.txt")
        let part = await StoredRun(command: "clean", in: workspace)
        #expect(part.errors.contains("The folder stays: other files are in it."))
        let rest = try #require(try StoreFiles(at: workspace.store))
        #expect(rest.files == [])
        #expect(rest.others == ["notes.txt"])
    }
}
