import ProtoLanguage
import Testing

/// What a watch does with what earlier runs have left in the store.
@Suite(.serialized) struct StoreWatchTests {
    private static let files = [
        "left/a.proto": "syntax = \"proto3\"; message A { int32 x = 1; }",
        "right/b.proto": "syntax = \"proto3\"; import \"left/a.proto\"; message B {}",
    ]

    /// Watches part of a workspace over its store until `body` is done with it.
    private func watch(
        _ workspace: Workspace,
        _ path: String,
        _ body: (RecordedOutput) async throws -> Void
    ) async throws {
        let output = RecordedOutput()
        let arguments = ["--watch", "--stats", "--store", workspace.store, "-I", workspace.path, workspace.path + path]
        let running = Task { await CheckCommand.run(arguments, output: output.asCommandOutput) }
        await output.wait(for: "watching for changes")
        do {
            try await body(output)
        } catch {
            running.cancel()
            throw error
        }
        running.cancel()
        #expect(await running.value == .interrupted)
    }

    @Test func aWatchGoesOnWhereTheLastRunStoppedAndKeepsWhatItFinds() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        try await watch(workspace, "") { output in
            #expect(output.take().errors.contains("executed  0 tasks"))
            try workspace.writeAtOnce("syntax = \"proto3\"; message A { B b = 1; }", to: "left/a.proto")
            await output.wait(for: "1 new, 1 mistake in 2 files")
        }
        let run = await StoredRun(in: workspace)
        #expect(run.executed == 0)
        #expect(run.output.contains("left/a.proto:1:32: error: \"B\" is not defined."))
    }

    @Test func whatHasChangedBetweenTheRunsIsSeenAlsoOfFilesThatAreNotWatched() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        // Nobody tells the watch of this one: it was written before, and is asked for only later.
        try workspace.write("syntax = \"proto3\"; package changed; message A {}", to: "left/a.proto")
        try workspace.write("syntax = \"proto3\"; message B {}", to: "right/b.proto")
        try await watch(workspace, "/right") { output in
            #expect(output.take().errors.contains("no mistakes in 1 file\n"))
            try workspace.writeAtOnce(
                "syntax = \"proto3\"; import \"left/a.proto\"; message B { changed.A a = 1; }",
                to: "right/b.proto"
            )
            await output.wait(for: "time ")
            let printed = output.take()
            #expect(printed.output == "")
            #expect(printed.errors.hasPrefix("no mistakes in 2 files; "))
        }
    }

    @Test func whatOtherRunsHaveRequiredIsNotKeptUpToDate() async throws {
        let workspace = try Workspace(Self.files)
        _ = await StoredRun(in: workspace)
        try workspace.write("syntax = \"proto3\"; message B {}", to: "right/b.proto")
        try await watch(workspace, "/left") { output in
            #expect(output.take().errors.contains("no mistakes in 1 file\n"))
            try workspace.writeAtOnce("syntax = \"proto3\"; message A { int64 x = 1; }", to: "left/a.proto")
            await output.wait(for: "time ")
            #expect(output.take().errors.contains("executed  2 tasks"))
        }
    }
}
