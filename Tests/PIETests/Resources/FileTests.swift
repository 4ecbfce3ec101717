// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

@Suite struct FileTests {
    @Test(arguments: [
        ("", "."), (".", "."), ("./", "."), ("a", "a"), ("a/", "a"), ("a//b", "a/b"), ("./a", "a"), ("a/.", "a"),
        ("a/./b", "a/b"), ("a/..", "."), ("a/../b", "b"), ("a/b/../../c", "c"), ("..", ".."), ("../a", "../a"),
        ("../../a", "../../a"), ("a/../../b", "../b"), ("../a/..", ".."), ("/", "/"), ("//", "/"), ("/a", "/a"),
        ("//a", "/a"), ("/a/", "/a"), ("/..", "/"), ("/../a", "/a"), ("/a/../..", "/"), ("/.", "/"), ("...", "..."),
        ("a/...", "a/..."), ("..a/b", "..a/b"), (".hidden", ".hidden"), ("a/.hidden/", "a/.hidden"), ("a b", "a b"),
    ])
    func R15_namesAreNormalised(path: String, normal: String) {
        #expect(File(path).path == normal)
        #expect(File(normal).path == normal)
    }

    @Test func R15_normalisationAgreesWithARewriteRuleByRule() {
        // Every path of up to seven of these letters.
        let letters: [Character] = ["/", ".", "a"]
        var paths = [""]
        for _ in 1...7 { paths += paths.flatMap { path in letters.map { path + String($0) } } }
        for path in Set(paths) {
            #expect(File(path).path == rewritten(path))
        }
    }

    private func rewritten(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        var result: [Substring] = []
        for component in path.split(separator: "/") where component != "." {
            if component == "..", let last = result.last, last != ".." {
                result.removeLast()
            } else if component != ".." || !isAbsolute {
                result.append(component)
            }
        }
        let joined = result.joined(separator: "/")
        return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
    }

    @Test func R15_namesAreComparedByteByByte() throws {
        let composed = File("caf\u{E9}")
        let decomposed = File("cafe\u{301}")
        #expect(composed.path == decomposed.path, "the strings are canonically equivalent")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(try decodedAgain(decomposed) == decomposed)
    }

    @Test func R15_aSlashIsASeparatorWhateverFollowsIt() {
        // The slash and the accent are one character to Swift.
        #expect(File("a/\u{301}b/..").path.utf8.elementsEqual("a".utf8))
    }

    @Test(arguments: [
        ("a", "a"), ("/r/s/a", "a"), ("/r/s", "."), ("/r/sa", "/r/sa"), ("/r", "/r"), ("/", "/"), ("../s/a", "a"),
        ("../t/a", "/r/t/a"), ("..", "/r"), ("../s", "."), ("../../../x", "/x"), ("..a", "..a"), ("/r/s/../t", "/r/t"),
    ])
    func R15_namesUnderTheRootBecomeRelative(path: String, relative: String) {
        #expect(File(path).relative(to: "/r/s").path == relative)
        let absolute = File(path).absolutePath(in: "/r/s")
        #expect(File(absolute).relative(to: "/r/s").path == relative)
        #expect(ResourceScope(root: "/r/s").path(of: File(path)) == absolute)
    }

    @Test func R15_everythingIsUnderTheRootOfTheDisk() {
        #expect(File("/a/b").relative(to: "/").path == "a/b")
        #expect(File("/").relative(to: "/").path == ".")
        #expect(File("a").absolutePath(in: "/") == "/a")
        #expect(File(".").absolutePath(in: "/") == "/")
        #expect(File("../a").relative(to: "/").path == "a")
    }

    @Test func aLiteralAndADescriptionAreThePath() {
        let file: File = "src//main.c"
        #expect(file == File("src/main.c"))
        #expect("\(file)" == "src/main.c")
        #expect(file.name == "main.c")
    }

    @Test func whatLiesBelowAFolder() {
        #expect(File("a/b/c").pathBelow("a") == "b/c")
        #expect(File("a/b").pathBelow(".") == "a/b")
        #expect(File("/a/b").pathBelow("/") == "a/b")
        #expect(File("a").pathBelow("a") == nil)
        #expect(File("ab/c").pathBelow("a") == nil)
        #expect(File("/a").pathBelow(".") == nil)
        #expect(File("../a").pathBelow(".") == nil)
        #expect(File(".").pathBelow(".") == nil)
    }

    @Test func aFileIsAResource() async throws {
        let folder = try TemporaryFolder()
        try folder.write("one", to: "a")
        folder.setTime(of: "a", seconds: 1_000_000, nanoseconds: 5)
        try await expectConformance(of: File("a"), sameAs: "b/../a", differentFrom: "c", in: folder.scope)
        let (bytes, stamp) = try await File("a").load(in: folder.scope)
        #expect(bytes == Array("one".utf8))
        #expect(stamp.hash == ContentHash(Array("one".utf8)))
        #expect(try await File("c").load(in: folder.scope) == (nil, .missing))
        #expect(try await File("c").stamp(in: folder.scope) == .missing)
    }

    @Test func R17_aBufferLiesOverTheDisk() async throws {
        let folder = try TemporaryFolder()
        try folder.write("disk", to: "a")
        let scope = ResourceScope(root: folder.root, buffers: ["a": Array("edit".utf8)])
        let (bytes, stamp) = try await File(folder.root + "/a").load(in: scope)
        #expect(bytes == Array("edit".utf8))
        #expect(stamp.isBuffer)
        #expect(try await File("a").stamp(in: scope) == stamp)
        #expect(try await File("a").load(in: folder.scope).0 == Array("disk".utf8))
    }
}
