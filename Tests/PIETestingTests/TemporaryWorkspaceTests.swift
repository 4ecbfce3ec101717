import Foundation
import PIE
import PIETesting
import Testing

@Suite struct TemporaryWorkspaceTests {
    private let workspace: TemporaryWorkspace

    init() throws {
        workspace = try TemporaryWorkspace(["a": "one", "folder/b": "two"])
    }

    private struct Kind: IncrementalTask {
        var file: File
        var stamper: FileStamper

        func execute(in context: some Context) async throws -> String {
            try await context.readText(file, stamper: stamper) ?? "none"
        }
    }

    // MARK: Files

    @Test func filesAreWrittenReadAndListed() throws {
        #expect(try workspace.text(of: "folder/b") == "two")
        #expect(try workspace.bytes(of: "c") == nil)
        try workspace.write([0xFF, 0], to: "deep/er/c")
        #expect(try workspace.bytes(of: "deep/er/c") == [0xFF, 0])
        #expect(try workspace.files() == ["a", "deep/er/c", "folder/b"])
        #expect(try workspace.files(in: "folder") == ["folder/b"])
        #expect(try workspace.exists("deep/er"))
        #expect(try !workspace.exists("deep/b"))
    }

    @Test func filesAreEditedMovedAndDeleted() throws {
        try workspace.edit("a") { $0 + " two" }
        try workspace.append(" three", to: "a")
        #expect(try workspace.text(of: "a") == "one two three")
        try workspace.rename("a", to: "folder/b")
        #expect(try workspace.files() == ["folder/b"])
        #expect(try workspace.text(of: "folder/b") == "one two three")
        try workspace.rename("folder", to: "new/folder")
        #expect(try workspace.files() == ["new/folder/b"])
        try workspace.delete("new")
        #expect(try workspace.files() == [])
        try workspace.createFolder("x/y")
        #expect(try workspace.exists("x/y"))
    }

    @Test func whatIsNotThereIsAnError() throws {
        for attempt: () throws -> Void in [
            { try workspace.edit("c") { $0 + "x" } }, { try workspace.append("x", to: "c") },
            { try workspace.touch("c") }, { try workspace.delete("c") }, { try workspace.rename("c", to: "d") },
            { _ = try workspace.files(in: "c") },
        ] {
            let error = try #require(throws: TemporaryWorkspaceError.self) { try attempt() }
            #expect(error.kind == .missing)
            #expect(error.file == "c")
        }
    }

    @Test func anEditThatChangesNothingIsAnError() throws {
        let error = try #require(throws: TemporaryWorkspaceError.self) {
            try workspace.edit("a") { $0.replacing("tow", with: "three") }
        }
        #expect(error.kind == .unchanged)
        #expect(error.description.hasPrefix("cannot edit 'a': the text is the same as before\n  hint: "))
    }

    @Test func whatIsNoTextIsAnError() throws {
        try workspace.write([0xFF], to: "a")
        let error = try #require(throws: TemporaryWorkspaceError.self) { try workspace.text(of: "a") }
        #expect(error.kind == .notText)
    }

    // MARK: Its bounds

    @Test(arguments: ["../c", "folder/../../c", "/etc/pie-c", ".", "folder/.."])
    func aNameThatLeadsOutIsAnError(_ name: String) throws {
        let file = File(name)
        for attempt: () throws -> Void in [
            { try workspace.write("x", to: file) }, { try workspace.delete(file) }, { try workspace.touch(file) },
            { try workspace.rename("a", to: file) }, { try workspace.rename(file, to: "c") },
            { try workspace.createFolder(file) }, { _ = try workspace.text(of: file) },
            { _ = try workspace.path(of: file) }, { _ = try workspace.exists(file) },
        ] {
            let error = try #require(throws: TemporaryWorkspaceError.self) { try attempt() }
            #expect(error.kind == .outside)
        }
        #expect(throws: TemporaryWorkspaceError.self) { try TemporaryWorkspace([file: "x"]) }
        #expect(try workspace.files() == ["a", "folder/b"])
    }

    @Test func anAbsoluteNameInsideIsAName() throws {
        try workspace.write("three", to: File(workspace.root + "/c"))
        #expect(try workspace.text(of: "c") == "three")
    }

    @Test func aLinkThatLeadsOutIsNotFollowed() throws {
        let other = try TemporaryWorkspace(["c": "theirs"])
        let links = ["link": other.root, "file": other.root + "/c", "dangling": other.root + "/none"]
        for (name, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: workspace.path(of: File(name)),
                withDestinationPath: target
            )
        }
        for file: File in ["link/c", "link/new/c", "file", "dangling"] {
            #expect(throws: TemporaryWorkspaceError.self) { try workspace.write("mine", to: file) }
        }
        try workspace.delete("link")
        try workspace.delete("dangling")
        #expect(try other.files() == ["c"])
        #expect(try other.text(of: "c") == "theirs")
    }

    // MARK: Its end

    @Test func theFolderGoesWithTheLastReference() throws {
        var other: TemporaryWorkspace? = try TemporaryWorkspace(["a": "x"])
        let root = try #require(other?.root)
        #expect(FileManager.default.fileExists(atPath: root))
        other = nil
        #expect(!FileManager.default.fileExists(atPath: root))
    }

    @Test func theFolderGoesWhenATestThrows() async throws {
        var left: TemporaryWorkspace?
        await #expect(throws: BadWord.self) {
            try await TemporaryWorkspace.with(["a": "x"]) { workspace in
                left = workspace
                throw BadWord()
            }
        }
        #expect(try !FileManager.default.fileExists(atPath: #require(left).root))
    }

    @Test func workspacesDoNotShareAFolder() async throws {
        let roots = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<50 {
                group.addTask {
                    try await TemporaryWorkspace.with(["a": "\(number)"]) { workspace in
                        await Task.yield()
                        let text = try workspace.text(of: "a")
                        #expect(text == "\(number)")
                        return workspace.root
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(roots.count == 50)
    }

    // MARK: Its edits

    @Test(arguments: [FileStamper.content, .modified])
    func eachOfManyEditsOfEqualSizeIsNoticed(_ stamper: FileStamper) async throws {
        let pie = try Pie(root: workspace.root)
        for number in 100..<200 {
            try workspace.write("\(number)", to: "a")
            #expect(try await pie.session { try await $0.require(Kind(file: "a", stamper: stamper)) } == "\(number)")
        }
    }

    @Test func touchingIsNoticedEachTime() async throws {
        let log = EventLog()
        let pie = try Pie(root: workspace.root, trackers: [log])
        let tasks = [Kind(file: "a", stamper: .modified), Kind(file: "a", stamper: .content)]
        try await pie.session { try await $0.require(all: tasks) }
        for number in 0..<50 {
            log.clear()
            if number.isMultiple(of: 2) { try workspace.touch("a") } else { try workspace.write("one", to: "a") }
            try await pie.session { try await $0.require(all: tasks) }
            #expect(log.executed == [AnyTask(tasks[0])])
        }
    }

    @Test func aFileThatIsDeletedAndWrittenAgainIsNoticed() async throws {
        let log = EventLog()
        let pie = try Pie(root: workspace.root, trackers: [log])
        let task = Kind(file: "a", stamper: .modified)
        try await pie.session { try await $0.require(task) }
        for _ in 0..<50 {
            try workspace.delete("a")
            try workspace.write("one", to: "a")
            try await pie.session { try await $0.require(task) }
        }
        #expect(log.executions(of: task) == 51)
    }

    @Test func filesEditedAtOnceHaveTimesOfTheirOwn() async throws {
        let files = (0..<200).map { File("many/\($0)") }
        try await withThrowingTaskGroup { group in
            for file in files { group.addTask { try workspace.write("x", to: file) } }
            try await group.waitForAll()
        }
        let times = try files.map { try FileSystem(root: workspace.root).metadata(at: $0).modified }
        #expect(Set(times).count == files.count)
    }
}
