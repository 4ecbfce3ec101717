import Foundation
import Testing

@testable import PIE

@Suite struct FileSystemMetadataTests {
    private let folder: TemporaryFolder
    private let disk: FileSystem

    init() throws {
        folder = try TemporaryFolder()
        disk = folder.fileSystem
    }

    @Test func everyKindIsSeen() throws {
        try folder.write("123", to: "a")
        try folder.createFolder("d")
        let stamp = try disk.metadata(at: "a")
        #expect(stamp.kind == .regularFile && stamp.size == 3 && stamp.hash == nil && stamp.inode != 0)
        #expect(try disk.metadata(at: "d").kind == .directory)
        #expect(try disk.metadata(at: ".").kind == .directory)
        #expect(try disk.metadata(at: "/dev/null").kind == .other)
        #expect(try disk.metadata(at: "b") == .missing)
        #expect(try disk.metadata(at: "no/such/folder") == .missing)
        #expect(try disk.metadata(at: "a/b") == .missing, "a file is no folder")
        #expect(try disk.metadata(at: File(folder.root + "/a")) == stamp)
    }

    @Test func linksAreFollowed() throws {
        try folder.write("123", to: "a")
        try folder.link("good", to: "a")
        try folder.link("dangling", to: "nowhere")
        try folder.link("loop", to: "loop")
        let later = folder.later
        #expect(try disk.metadata(at: "good", now: later) == disk.metadata(at: "a", now: later))
        #expect(try disk.metadata(at: "dangling") == .missing)
        #expect(throws: FileSystemError(.look, path: folder.root + "/loop", code: ELOOP)) {
            try disk.metadata(at: "loop")
        }
    }

    @Test func aNameThatNoFileCanHaveIsMissing() throws {
        try folder.write("123", to: "a")
        #expect(try disk.metadata(at: "a\0b") == .missing)
        #expect(try disk.look().metadata(at: "a\0b") == .missing)
        #expect(try disk.read(at: "a\0b") == nil)
        #expect(throws: FileSystemError.self) { try disk.writeUnlessEqual([1], at: "a\0b") }
    }

    @Test func aLookSeesWhatSingleLooksSee() throws {
        try folder.write("123", to: "src/a")
        try folder.write("4", to: ".hidden")
        try folder.link("loop", to: "loop")
        let later = folder.later
        let look = disk.look()
        let files: [File] = ["src/a", ".hidden", "src", ".", "none", "none/x", "src/a/b", "/dev/null", "..", "../x"]
        for file in files {
            let single = try disk.metadata(at: file, now: later)
            var stamp = try look.metadata(at: file)
            stamp.isProvisional = false
            #expect(stamp == single, "\(file)")
        }
        #expect(throws: FileSystemError(.look, path: folder.root + "/loop", code: ELOOP)) {
            try look.metadata(at: "loop")
        }
    }

    @Test func aLookAtARootThatIsMissingSeesNothing() throws {
        let look = FileSystem(root: folder.root + "/none").look()
        #expect(try look.metadata(at: "a") == .missing)
        #expect(try look.metadata(at: "/dev/null").kind == .other)
    }

    @Test func aRootIsMadeAbsolute() throws {
        let here = FileManager.default.currentDirectoryPath
        #expect(try FileSystem.absoluteRoot(nil) == here)
        #expect(try FileSystem.absoluteRoot("a/../b") == here + "/b")
        #expect(try FileSystem.absoluteRoot("/a//b/") == "/a/b")
    }

    @Test func errorsSayWhatWhereAndWhy() {
        let error = FileSystemError(.read, path: "/a", code: ENOENT)
        #expect("\(error)" == "cannot read /a: No such file or directory")
        #expect("\(FileSystemError(.look, path: "/a", code: EISDIR))" == "cannot look at /a: it is a folder")
    }
}
