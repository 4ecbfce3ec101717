import PIE
import ProtoLanguage
import Testing

/// What `protocheck --watch` prints after edits.
@Suite(.serialized) struct WatchCommandTests {
    private static let spellings = ["--watch", "--watch=poll"]

    private static let files = [
        "base.proto": "syntax = \"proto3\"; package base; message A {}",
        "user.proto": "syntax = \"proto3\"; import \"base.proto\"; message User { base.A a = 1; }",
    ]

    /// Runs a watch of a workspace until `body` is done with it, and gives how it ended and what it printed last.
    private func watch(
        _ workspace: Workspace,
        _ arguments: [String],
        paths: [String] = ["."],
        _ body: (RecordedOutput) async throws -> Void
    ) async throws -> (status: CheckCommand.Status, errors: String) {
        let output = RecordedOutput()
        let paths = paths.map { workspace.path + "/" + $0 }
        let running = Task {
            await CheckCommand.run(
                arguments + ["--no-store", "-I", workspace.path] + paths,
                output: output.asCommandOutput
            )
        }
        await output.wait(for: "watching for changes")
        do {
            try await body(output)
        } catch {
            running.cancel()
            throw error
        }
        running.cancel()
        return (await running.value, output.take().errors)
    }

    @Test(arguments: spellings) func onlyWhatIsDifferentIsPrinted(spelling: String) async throws {
        let workspace = try Workspace(Self.files)
        let end = try await watch(workspace, [spelling]) { output in
            #expect(output.take() == ("", "no mistakes in 2 files\nwatching for changes, until interrupted\n"))

            try workspace.writeAtOnce("syntax = \"proto3\"; package base; message B {}", to: "base.proto")
            await output.wait(for: "executed in")
            let broken = output.take()
            #expect(broken.output == "\(workspace.path)/user.proto:1:56: error: \"base.A\" is not defined.\n")
            #expect(broken.errors.hasPrefix("1 new, 1 mistake in 2 files; "))

            // The mistake moves, which is nothing new.
            try workspace.writeAtOnce("\n" + (Self.files["user.proto"] ?? ""), to: "user.proto")
            await output.wait(for: "executed in")
            let moved = output.take()
            #expect(moved.output == "")
            #expect(moved.errors.hasPrefix("1 mistake in 2 files; 1 task executed in "))

            try workspace.writeAtOnce(Self.files["base.proto"] ?? "", to: "base.proto")
            await output.wait(for: "executed in")
            let mended = output.take()
            #expect(mended.output == "\(workspace.path)/user.proto:2:56: fixed: \"base.A\" is not defined.\n")
            #expect(mended.errors.hasPrefix("1 fixed, no mistakes in 2 files; "))
        }
        #expect(end.status == .interrupted)
        // Polling looks again at a file whose time was too fresh to be trusted: a check that finds nothing to do.
        #expect(end.errors.hasPrefix("4 checks, ") || spelling == "--watch=poll")
        #expect(end.errors.hasSuffix(" executed; no mistakes in 2 files\n"))
    }

    @Test func aFileThatIsOnlyTouchedPrintsNothing() async throws {
        let workspace = try Workspace(Self.files)
        _ = try await watch(workspace, ["--watch"]) { output in
            _ = output.take()
            try workspace.write(Self.files["base.proto"] ?? "", to: "base.proto")
            try workspace.write("no source", to: "notes.txt")
            // What comes next is the first to be printed.
            try workspace.write("message C {}", to: "c.proto")
            await output.wait(for: "3 files")
            #expect(output.take().output == "")
        }
    }

    @Test func filesComeAndGo() async throws {
        let workspace = try Workspace(Self.files)
        _ = try await watch(workspace, ["--watch", "-j1"]) { output in
            _ = output.take()
            try workspace.write("import \"gone.proto\";", to: "new/deep/c.proto")
            await output.wait(for: "in 3 files")
            #expect(output.take().output.contains("new/deep/c.proto:1:1: error: Import \"gone.proto\" was not found"))

            try workspace.move("new", to: "gone.proto")
            await output.wait(for: "gone.proto/deep/c.proto")
            _ = output.take()

            try workspace.remove("gone.proto")
            await output.wait(for: "no mistakes in 2 files")
            _ = output.take()

            try workspace.remove("base.proto")
            await output.wait(for: "mistakes in 1 file;")
            #expect(output.take().output.contains("user.proto:1:20: error: Import \"base.proto\" was not found"))
        }
    }

    @Test func aSingleFileMayBeMissingForAWhile() async throws {
        let workspace = try Workspace(Self.files)
        _ = try await watch(workspace, ["--watch"], paths: ["user.proto"]) { output in
            _ = output.take()
            try workspace.remove("user.proto")
            await output.wait(for: "1 new")
            #expect(output.take().output.contains("user.proto:1:1: error: File not found."))
            try workspace.write("message A {}", to: "user.proto")
            await output.wait(for: "1 fixed, no mistakes in 1 file")
        }
    }

    @Test func anErrorIsPrintedAndTheWatchGoesOn() async throws {
        let workspace = try Workspace(Self.files)
        _ = try await watch(workspace, ["--watch"], paths: ["user.proto"]) { output in
            _ = output.take()
            try workspace.remove("user.proto")
            try workspace.write("", to: "user.proto/inner.txt")
            await output.wait(for: "Error: ")
            try workspace.remove("user.proto")
            try workspace.write("message A {}", to: "user.proto")
            await output.wait(for: "no mistakes in 1 file")
        }
    }

    @Test func anErrorOfASourceThatIsNoneAnyMoreDoesNotCount() async throws {
        let workspace = try Workspace(["alone.proto": "message A {}"])
        _ = try await watch(workspace, ["--watch"]) { output in
            _ = output.take()
            try workspace.remove("alone.proto")
            try workspace.write("message B {}", to: "alone.proto/inner.proto")
            await output.wait(for: "no mistakes in 1 file;")
            try workspace.write("message", to: "alone.proto/inner.proto")
            await output.wait(for: "1 mistake in 1 file;")
            #expect(!output.take().errors.contains("Error"))
        }
    }

    @Test func theOtherOptionsHold() async throws {
        let workspace = try Workspace(Self.files)
        _ = try await watch(workspace, ["--watch", "--stats", "--explain", "--log", "-j2"]) { output in
            let first = output.take().errors
            for text in ["checked   2 files", "was executed", "◇ session 1"] { #expect(first.contains(text)) }
            try workspace.write("syntax = \"proto3\"; package base; message A { int32 x = 1; }", to: "base.proto")
            await output.wait(for: "time ")
            let errors = output.take().errors
            for text in ["executed  4 tasks", "because the file", "◇ session 2"] { #expect(errors.contains(text)) }
            #expect(!errors.contains("user.proto) was"))
        }
    }

    @Test func whatIsWrongFromTheBeginningIsNotWatched() async throws {
        let workspace = try Workspace(Self.files)
        let output = RecordedOutput()
        let wrong = [
            ["--watch", "--no-store", workspace.path + "/none"],
            ["--watch", "--no-store", "-I", workspace.path + "/none", workspace.path],
        ]
        for arguments in wrong {
            #expect(await CheckCommand.run(arguments, output: output.asCommandOutput) == .wrongUsage)
        }
    }
}
