// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Testing

@testable import PIE

@Suite struct DirectoryListingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func names(_ listing: DirectoryListing) async throws -> [String]? {
        try await listing.load(in: folder.scope).0
    }

    private func stamp(_ listing: DirectoryListing) async throws -> DirectoryListing.Stamp {
        try await listing.stamp(in: folder.scope)
    }

    @Test func namesAreSortedByTheirBytes() async throws {
        for name in ["b", "a", "B", ".hidden", "\u{E9}", "a b", "a.c", "z/inner"] {
            try folder.write("", to: File(name))
        }
        #expect(try await names(DirectoryListing(".")) == [".hidden", "B", "a", "a b", "a.c", "b", "z", "\u{E9}"])
    }

    @Test func thereMayBeNoSuchFolder() async throws {
        try folder.write("", to: "file")
        #expect(try await names(DirectoryListing("none")) == nil)
        #expect(try await names(DirectoryListing("file")) == nil)
        #expect(try await names(DirectoryListing("none", recursive: true)) == nil)
        let missing = try await stamp(DirectoryListing("none"))
        try folder.createFolder("none")
        #expect(try await names(DirectoryListing("none")) == [])
        #expect(try await stamp(DirectoryListing("none")) != missing)
    }

    @Test func patternsRestrictTheNames() async throws {
        for name in ["a.c", "b.h", "c.txt", ".d.c", "sub.c/x"] { try folder.write("", to: File("src/" + name)) }
        #expect(try await names(DirectoryListing("src", matching: "*.{c,h}")) == [".d.c", "a.c", "b.h", "sub.c"])
        #expect(try await names(DirectoryListing("src", matching: "[!.]*.c")) == ["a.c", "sub.c"])
    }

    @Test func recursionListsFilesByTheirPaths() async throws {
        for name in ["a.c", "x/b.c", "x/y/c.c", "x/y/d.h", "x-y"] { try folder.write("", to: File("src/" + name)) }
        try folder.createFolder("src/empty")
        let all = ["a.c", "x-y", "x/b.c", "x/y/c.c", "x/y/d.h"]
        #expect(try await names(DirectoryListing("src", recursive: true)) == all)
        #expect(try await names(DirectoryListing("src", matching: "**", recursive: true)) == all)
        let sources = ["a.c", "x/b.c", "x/y/c.c"]
        #expect(try await names(DirectoryListing("src", matching: "*.c", recursive: true)) == sources)
        #expect(try await names(DirectoryListing("src", matching: "/*.c", recursive: true)) == ["a.c"])
        let inner = DirectoryListing("src", matching: "x/**/*.c", recursive: true)
        #expect(try await names(inner) == ["x/b.c", "x/y/c.c"])
    }

    @Test func linkedFoldersAreNotEntered() async throws {
        try folder.write("", to: "src/real/a")
        try folder.link("src/loop", to: ".")
        try folder.link("src/file", to: "real/a")
        try folder.link("src/dangling", to: "nowhere")
        #expect(try await names(DirectoryListing("src", recursive: true)) == ["dangling", "file", "real/a"])
        #expect(try await names(DirectoryListing("src")) == ["dangling", "file", "loop", "real"])
        // The listed folder itself may be one.
        #expect(try await names(DirectoryListing("src/loop")) == ["dangling", "file", "loop", "real"])
    }

    @Test func filesThatAreBeingWrittenAreNotShown() async throws {
        try folder.write("", to: File(FileSystem.temporaryPrefix + "17-1"))
        #expect(try await names(DirectoryListing(".")) == [])
    }

    @Test(arguments: [false, true])
    func R15_namesCountAndContentsDoNot(recursive: Bool) async throws {
        let listing = DirectoryListing("src", matching: "*.c", recursive: recursive)
        try folder.write("one", to: "src/a.c")
        let before = try await stamp(listing)
        try folder.write("two", to: "src/a.c")
        try folder.write("", to: "src/other.txt")
        #expect(try await stamp(listing) == before)
        try folder.write("", to: "src/b.c")
        let more = try await stamp(listing)
        #expect(more != before)
        try folder.move("src/b.c", to: "src/c.c")
        #expect(try await stamp(listing) != more)
        try folder.remove("src/c.c")
        #expect(try await stamp(listing) == before)
    }

    @Test func R15_theStampDoesNotDependOnTheOrderOfCreation() async throws {
        let names = (0..<200).map { "file\($0)" }
        for name in names { try folder.write("", to: File("up/" + name)) }
        for name in names.reversed() { try folder.write("", to: File("down/" + name)) }
        #expect(try await stamp(DirectoryListing("up")) == stamp(DirectoryListing("down")))
    }

    @Test func R15_namesDoNotRunTogether() {
        let lists: [[String]?] = [nil, [], [""], ["ab", "c"], ["a", "bc"], ["abc"], ["a", "b", "c"], ["a/b", "c"]]
        for (index, left) in lists.enumerated() {
            for right in lists[(index + 1)...] {
                #expect(DirectoryListing.Stamp(left) != DirectoryListing.Stamp(right))
            }
        }
    }

    @Test func whatAListingMayContain() {
        let sources = DirectoryListing("src", matching: "*.c")
        #expect(sources.folder == "src")
        #expect(sources.mayContain("src/a.c"))
        #expect(!sources.mayContain("src/a.h"))
        #expect(!sources.mayContain("src/x/a.c"))
        #expect(!sources.mayContain("srcs/a.c"))
        #expect(!sources.mayContain("src"))
        let deep = DirectoryListing("src", matching: "*.c", recursive: true)
        #expect(deep.mayContain("src/x/a.c"))
        #expect(!deep.mayContain("src/x/a.h"))
        #expect(DirectoryListing(".").mayContain("a"))
        #expect(!DirectoryListing(".").mayContain("a/b"))
        #expect(!DirectoryListing(".").mayContain("/a"))
        #expect(DirectoryListing("/").mayContain("/a"))
    }

    @Test func R8_aFileMayTakeAFolderWithIt() {
        let listing = DirectoryListing("src/main", matching: "*.c")
        for file in ["src/main/a.c", "src/main/notes", "src/main/x/y", "src/main", "src"] as [File] {
            #expect(listing.mayBeAffected(by: file))
        }
        for file in ["src/mainly", "src/other/a.c", "lib", "/src/main/a.c"] as [File] {
            #expect(!listing.mayBeAffected(by: file))
        }
        #expect(DirectoryListing(".").mayBeAffected(by: "a/b"))
    }

    @Test func R15_aListingUnderTheRootIsNamedRelativeToIt() {
        let listing = DirectoryListing("/r/src", matching: "*.c", recursive: true).relative(to: "/r")
        #expect(listing == DirectoryListing("src", matching: "*.c", recursive: true))
    }

    @Test func aListingIsAResource() async throws {
        try folder.write("", to: "src/a.c")
        for other in [
            DirectoryListing("lib", matching: "*.c"), DirectoryListing("src", matching: "*.h"), DirectoryListing("src"),
            DirectoryListing("src", matching: "*.c", recursive: true),
        ] {
            try await expectConformance(
                of: DirectoryListing("src", matching: "*.c"),
                sameAs: DirectoryListing("./src/", matching: "*.c"),
                differentFrom: other,
                in: folder.scope
            )
        }
    }

    @Test func aDeepFolderIsNoProblem() async throws {
        let path = (0..<300).map { _ in "d" }.joined(separator: "/")
        try folder.write("", to: File(path + "/file"))
        #expect(try await names(DirectoryListing(".", recursive: true)) == [path + "/file"])
    }

    @Test func aFolderThatMayNotBeReadIsAnError() async throws {
        try folder.createFolder("closed")
        chmod(folder.root + "/closed", 0)
        defer { chmod(folder.root + "/closed", 0o700) }
        // Nothing is closed to the superuser.
        if getuid() == 0 { return }
        await #expect(throws: FileSystemError.self) { try await names(DirectoryListing("closed")) }
    }
}
