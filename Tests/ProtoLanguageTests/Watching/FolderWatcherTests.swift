import FoundationEssentials
import PIE
import Testing

@testable import ProtoLanguage

/// What a watcher says of edits; notifications and polling have to say the same.
@Suite(.serialized, .timeLimit(.minutes(10))) struct FolderWatcherTests {
    private static let methods = [WatcherOptions.Method.notifications, .polling]

    private static func options(_ method: WatcherOptions.Method) -> WatcherOptions {
        var options = WatcherOptions()
        options.method = method
        options.pollingInterval = .milliseconds(20)
        options.quietTime = .milliseconds(2)
        return options
    }

    /// A watcher of paths in a workspace.
    private static func watch(
        _ paths: WatchedPath...,
        in workspace: Workspace,
        by method: WatcherOptions.Method
    ) throws -> FolderWatcher {
        try FolderWatcher(paths, root: workspace.path, options: options(method)) { Issue.record("\($0)") }
    }

    /// Takes batches until one of them names all of `names`, or says that it is incomplete if that will do as well.
    ///
    /// - Returns: The names in the workspace of everything that was named on the way.
    @discardableResult
    private static func wait(
        for names: String...,
        from watcher: FolderWatcher,
        in workspace: Workspace,
        orIncomplete: Bool = false
    ) async -> Set<String> {
        var found: Set<String> = []
        while let batch = await watcher.next() {
            for path in batch.paths where path.path.hasPrefix(workspace.path + "/") {
                found.insert(String(path.path.dropFirst(workspace.path.count + 1)))
            }
            if found.isSuperset(of: names) || (orIncomplete && batch.isIncomplete) { return found }
        }
        Issue.record("the watch ended")
        return found
    }

    /// Takes batches until everything that was edited so far is in them.
    ///
    /// A file that is written again and again may be named more often than it changed, so that waiting for its name says
    /// little. A new file does, where the folder that it is written to comes first among what is watched.
    ///
    /// - Returns: All the batches in one.
    private static func changes(
        upTo mark: String,
        from watcher: FolderWatcher,
        in workspace: Workspace
    ) async throws -> ChangeBatch {
        try workspace.write("", to: mark)
        var changes = ChangeBatch()
        while !changes.paths.contains(File(workspace.path + "/" + mark)) {
            changes.formUnion(try #require(await watcher.next(), "the watch ended"))
        }
        return changes
    }

    @Test(arguments: methods) func aFileThatIsWrittenIsNamed(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace(["a": "1", "b/c": "1"])
        let watcher = try Self.watch(.folder("."), in: workspace, by: method)
        try workspace.write("2", to: "a")
        await Self.wait(for: "a", from: watcher, in: workspace)
        try workspace.write("2", to: "b/c")
        await Self.wait(for: "b/c", from: watcher, in: workspace)
    }

    @Test(arguments: methods) func aSaveByRenameIsNamed(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace(["a": "1"])
        let watcher = try Self.watch(.folder("."), in: workspace, by: method)
        for text in ["2", "3"] {
            try workspace.write(text, to: "a~")
            try workspace.move("a~", to: "a")
            await Self.wait(for: "a", from: watcher, in: workspace)
        }
    }

    @Test(arguments: methods) func filesThatComeAndGoAreNamed(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace()
        let watcher = try Self.watch(.folder("."), in: workspace, by: method)
        try workspace.write("1", to: "a")
        await Self.wait(for: "a", from: watcher, in: workspace)
        try workspace.remove("a")
        await Self.wait(for: "a", from: watcher, in: workspace)
    }

    @Test(arguments: methods) func newFoldersAreWatched(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace()
        let watcher = try Self.watch(.folder("."), in: workspace, by: method)
        try workspace.write("1", to: "a/b/c/d")
        await Self.wait(for: "a/b/c/d", from: watcher, in: workspace)
        try workspace.write("2", to: "a/b/c/d")
        await Self.wait(for: "a/b/c/d", from: watcher, in: workspace)
    }

    @Test(arguments: methods) func aFolderIsMovedInWithItsFiles(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace(["in/x": "", "out/a/b/c": "1"])
        let watcher = try Self.watch(.folder("in"), in: workspace, by: method)
        try workspace.move("out/a", to: "in/a")
        await Self.wait(for: "in/a/b/c", from: watcher, in: workspace)
        try workspace.write("2", to: "in/a/b/c")
        await Self.wait(for: "in/a/b/c", from: watcher, in: workspace)
    }

    @Test(arguments: methods) func aFolderThatIsMovedAwayTakesItsFiles(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace(["in/a/b/c": "1", "in/d": "1", "out/x": ""])
        let watcher = try Self.watch(.folder("in"), in: workspace, by: method)
        try workspace.move("in/a", to: "out/a")
        await Self.wait(for: "in/a", "in/a/b/c", from: watcher, in: workspace, orIncomplete: true)
        try workspace.write("2", to: "out/a/b/c")
        try workspace.write("2", to: "in/d")
        let found = await Self.wait(for: "in/d", from: watcher, in: workspace)
        #expect(!found.contains("out/a/b/c"))
    }

    @Test(arguments: methods) func aFolderWithAnotherNameIsWatchedByThatName(
        by method: WatcherOptions.Method
    ) async throws {
        let workspace = try Workspace(["a/b/c": "1"])
        let watcher = try Self.watch(.folder("."), in: workspace, by: method)
        try workspace.move("a", to: "z")
        await Self.wait(for: "z/b/c", from: watcher, in: workspace)
        try workspace.write("2", to: "z/b/c")
        await Self.wait(for: "z/b/c", from: watcher, in: workspace)
    }

    @Test(arguments: methods) func aFolderThatIsRemovedAndMadeAnewIsWatched(
        by method: WatcherOptions.Method
    ) async throws {
        let workspace = try Workspace(["marks/0": "", "p/in/a": "1"])
        let watcher = try Self.watch(.folder("marks"), .folder("p/in"), in: workspace, by: method)
        let file = File(workspace.path + "/p/in/a")
        try workspace.remove("p/in")
        #expect(try await Self.changes(upTo: "marks/1", from: watcher, in: workspace).paths.contains(file))
        try workspace.write("2", to: "p/in/a")
        #expect(try await Self.changes(upTo: "marks/2", from: watcher, in: workspace).paths.contains(file))
        try workspace.remove("p")
        let removal = try await Self.changes(upTo: "marks/3", from: watcher, in: workspace)
        #expect(removal.paths.contains(file) || removal.isIncomplete)
        try workspace.write("3", to: "p/in/a")
        #expect(try await Self.changes(upTo: "marks/4", from: watcher, in: workspace).paths.contains(file))
        try workspace.write("4", to: "p/in/b")
        await Self.wait(for: "p/in/b", from: watcher, in: workspace)
    }

    @Test(arguments: methods) func aFolderThatDoesNotExistYetIsAwaited(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace(["x": ""])
        let watcher = try Self.watch(.folder("a/b"), in: workspace, by: method)
        try workspace.write("1", to: "a/b/c")
        await Self.wait(for: "a/b/c", from: watcher, in: workspace)
        try workspace.write("2", to: "a/b/c")
        await Self.wait(for: "a/b/c", from: watcher, in: workspace)
    }

    @Test(arguments: methods) func aSingleFileIsWatchedWithoutItsNeighbours(
        by method: WatcherOptions.Method
    ) async throws {
        let workspace = try Workspace(["a": "1", "b": "1"])
        let watcher = try Self.watch(.file("a"), in: workspace, by: method)
        try workspace.write("2", to: "b")
        try workspace.write("2", to: "a")
        #expect(await Self.wait(for: "a", from: watcher, in: workspace) == ["a"])
        try workspace.remove("a")
        await Self.wait(for: "a", from: watcher, in: workspace)
        try workspace.write("3", to: "a")
        #expect(await Self.wait(for: "a", from: watcher, in: workspace) == ["a"])
    }

    @Test(arguments: methods) func pathsMayLieInOneAnother(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace(["a/b/c": "1"])
        let watcher = try Self.watch(.folder("a/b"), .folder("."), .file("a/b/c"), in: workspace, by: method)
        try workspace.write("2", to: "a/b/c")
        await Self.wait(for: "a/b/c", from: watcher, in: workspace)
        try workspace.write("1", to: "a/d")
        await Self.wait(for: "a/d", from: watcher, in: workspace)
    }

    @Test(arguments: methods) func hiddenFoldersAreLeftOutUnlessTheyAreGiven(
        by method: WatcherOptions.Method
    ) async throws {
        let workspace = try Workspace([".left/a": "1", ".given/a": "1", "b": "1"])
        let watcher = try Self.watch(.folder("."), .folder(".given"), in: workspace, by: method)
        try workspace.write("2", to: ".left/a")
        try workspace.write("2", to: ".given/a")
        try workspace.write("2", to: "b")
        let found = await Self.wait(for: "b", ".given/a", from: watcher, in: workspace)
        #expect(!found.contains(".left/a"))
    }

    @Test(arguments: methods) func linkedFoldersAreWatchedAndLoopsEnd(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace(["in/x": "", "out/a": "1"])
        try workspace.link("in/out", to: "../out")
        try workspace.link("in/loop", to: "..")
        let watcher = try Self.watch(.folder("in"), in: workspace, by: method)
        try workspace.write("2", to: "out/a")
        await Self.wait(for: "in/out/a", from: watcher, in: workspace)
        try workspace.write("2", to: "in/x")
        await Self.wait(for: "in/x", from: watcher, in: workspace)
    }

    @Test(arguments: methods) func changesThatNobodyTakesAreKept(by method: WatcherOptions.Method) async throws {
        let workspace = try Workspace(["a": "1", "b": "1"])
        let watcher = try Self.watch(.folder("."), in: workspace, by: method)
        try workspace.write("2", to: "a")
        try workspace.write("2", to: "b")
        let found = await Self.wait(for: "a", "b", from: watcher, in: workspace)
        #expect(found == ["a", "b"])
    }

    @Test func aStoppedWatcherHasNoMoreChanges() async throws {
        let workspace = try Workspace()
        let watcher = try Self.watch(.folder("."), in: workspace, by: .notifications)
        watcher.stop()
        #expect(await watcher.next() == nil)
    }

    @Test func whoWaitsForChangesCanBeCancelled() async throws {
        let workspace = try Workspace()
        let watcher = try Self.watch(.folder("."), in: workspace, by: .notifications)
        let waiting = Task { await watcher.next() }
        waiting.cancel()
        #expect(await waiting.value == nil)
        try workspace.write("1", to: "a")
        await Self.wait(for: "a", from: watcher, in: workspace)
    }

    // MARK: Falling back

    /// A source that fails when it is asked.
    private final class FailingSource: ChangeSource {
        var descriptor: CInt? { nil }
        var interval: Duration { .zero }

        func takeChanges() throws(WatchFailure) -> ChangeBatch {
            throw WatchFailure(message: "failed")
        }
    }

    @Test func whereTheSystemDoesNotWatchPollingDoes() async throws {
        let workspace = try Workspace(["a": "1"])
        let (notices, sink) = AsyncStream.makeStream(of: String.self)
        let watcher = try FolderWatcher(
            [.folder(".")],
            root: workspace.path,
            options: Self.options(.notifications),
            notice: { sink.yield($0) },
            makeSource: { _ throws(WatchFailure) in throw WatchFailure(message: "none") }
        )
        #expect(await notices.first { _ in true } == "none")
        try workspace.write("2", to: "a")
        await Self.wait(for: "a", from: watcher, in: workspace)
    }

    @Test func whenTheSystemStopsWatchingWhatWasMissedIsLookedFor() async throws {
        let workspace = try Workspace(["a": "1"])
        let (notices, sink) = AsyncStream.makeStream(of: String.self)
        let watcher = try FolderWatcher(
            [.folder(".")],
            root: workspace.path,
            options: Self.options(.notifications),
            notice: { sink.yield($0) },
            makeSource: { _ throws(WatchFailure) in FailingSource() }
        )
        #expect(await watcher.next()?.isIncomplete == true)
        #expect(await notices.first { _ in true } == "failed")
        try workspace.write("2", to: "a")
        await Self.wait(for: "a", from: watcher, in: workspace)
    }
}
