import Foundation
import Testing

@testable import PIE

@Suite struct FileSystemWritingTests {
    private let folder: TemporaryFolder
    private let disk: FileSystem

    init() throws {
        folder = try TemporaryFolder()
        disk = folder.fileSystem
    }

    private func permissions(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.root + "/" + path)[.posixPermissions] as? Int
    }

    @Test func foldersAreCreatedOnTheWay() throws {
        let (changed, stamp) = try disk.writeUnlessEqual(Array("new".utf8), at: "x/y/z/a")
        #expect(changed && stamp.hash == ContentHash(utf8: "new"))
        #expect(try folder.text(of: "x/y/z/a") == "new")
    }

    @Test func equalBytesLeaveTheFileAlone() throws {
        try folder.write("same", to: "a")
        let before = try disk.metadata(at: "a", now: folder.later)
        let (changed, stamp) = try disk.writeUnlessEqual(Array("same".utf8), at: "a")
        #expect(!changed && stamp.hash == ContentHash(utf8: "same"))
        #expect(stamp.hasSameMetadata(as: before))
        #expect(try disk.metadata(at: "a", now: folder.later) == before)
    }

    @Test(arguments: ["", "else", "longer than before"])
    func theStampIsThatOfTheBytesWritten(text: String) throws {
        try folder.write("some", to: "a")
        let (changed, stamp) = try disk.writeUnlessEqual(Array(text.utf8), at: "a")
        #expect(changed && stamp.hash == ContentHash(utf8: text) && stamp.size == text.utf8.count)
        #expect(stamp.hasSameMetadata(as: try disk.metadata(at: "a")), "it was taken after the rename")
        #expect(try folder.text(of: "a") == text)
        #expect(try disk.writeUnlessEqual(Array(text.utf8), at: "a").changed == false)
    }

    @Test func nothingIsLeftBehind() throws {
        for round in 0..<10 { try disk.writeUnlessEqual([UInt8(round)], at: "a") }
        try folder.createFolder("d/full")
        #expect(throws: FileSystemError.self) { try disk.writeUnlessEqual([1], at: "d") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.root).sorted() == ["a", "d"])
    }

    @Test func permissionsAreKept() throws {
        try folder.write("#!/bin/sh", to: "script")
        chmod(folder.root + "/script", 0o750)
        try disk.writeUnlessEqual(Array("#!/bin/bash".utf8), at: "script")
        #expect(try permissions(of: "script") == 0o750)
    }

    @Test func aNewFileHasTheUsualPermissions() throws {
        try disk.writeUnlessEqual([1], at: "a")
        let mask = umask(0)
        umask(mask)
        #expect(try permissions(of: "a") == Int(0o666 & ~mask))
    }

    @Test func aLinkStaysAndItsTargetIsWritten() throws {
        try folder.write("old", to: "real/target")
        try folder.createFolder("links")
        try folder.link("links/second", to: "../real/target")
        try folder.link("first", to: "links/second")
        try disk.writeUnlessEqual(Array("new".utf8), at: "first")
        #expect(try folder.text(of: "real/target") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.root + "/first") == "links/second")
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder.root + "/links/second") == "../real/target"
        )
    }

    @Test func theTargetOfADanglingLinkIsCreated() throws {
        try folder.link("link", to: "made/target")
        try disk.writeUnlessEqual(Array("new".utf8), at: "link")
        #expect(try folder.text(of: "made/target") == "new")
        #expect(try folder.text(of: "link") == "new")
    }

    @Test func aLoopOfLinksIsAnError() throws {
        try folder.link("a", to: "b")
        try folder.link("b", to: "a")
        #expect(throws: FileSystemError.self) { try disk.writeUnlessEqual([1], at: "a") }
    }

    @Test func aFolderAboveMayBeALink() throws {
        try folder.createFolder("real")
        try folder.link("link", to: "real")
        try disk.writeUnlessEqual(Array("new".utf8), at: "link/deep/a")
        #expect(try folder.text(of: "real/deep/a") == "new")
    }

    @Test func whatIsNoFileIsNotReplaced() throws {
        try folder.createFolder("d")
        #expect(throws: FileSystemError(.write, path: folder.root + "/d", code: EISDIR)) {
            try disk.writeUnlessEqual([1], at: "d")
        }
        #expect(throws: FileSystemError(.write, path: "/dev/null", code: EINVAL)) {
            try disk.writeUnlessEqual([1], at: "/dev/null")
        }
        try folder.write("file", to: "a")
        #expect(throws: FileSystemError.self) { try disk.writeUnlessEqual([1], at: "a/b") }
        #expect(try folder.text(of: "a") == "file")
    }

    @Test func aNameOfTheGreatestLengthCanBeWritten() throws {
        let file = File(String(repeating: "n", count: 255))
        try disk.writeUnlessEqual([1], at: file)
        #expect(try disk.writeUnlessEqual([2], at: file).changed)
        #expect(throws: FileSystemError.self) { try disk.writeUnlessEqual([1], at: File(file.path + "n")) }
    }

    @Test func writingAtOnceLeavesOneOfTheContents() async throws {
        let disk = disk
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask { try disk.writeUnlessEqual([UInt8(number)], at: "new/folder/a") }
            }
            try await group.waitForAll()
        }
        #expect(try disk.read(at: "new/folder/a")?.bytes.count == 1)
        #expect(try disk.list("new/folder") == ["a"])
    }

    @Test func removing() throws {
        try folder.write("x", to: "a")
        try folder.link("link", to: "a")
        #expect(try disk.remove("link"))
        #expect(try folder.text(of: "a") == "x")
        #expect(try disk.remove("a"))
        #expect(try !disk.remove("a"))
        #expect(try !disk.remove("no/such"))
        try folder.createFolder("d")
        #expect(throws: FileSystemError.self) { try disk.remove("d") }
    }
}
