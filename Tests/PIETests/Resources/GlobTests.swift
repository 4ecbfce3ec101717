import Testing

@testable import PIE

@Suite struct GlobTests {
    @Test(arguments: [
        ("a", "a"), ("*", "a"), ("*", ""), ("*", ".hidden"), ("*.c", "main.c"), ("*.c", ".c"), ("a*c", "ac"),
        ("a*c", "abbc"), ("a*b*c", "aXbYbZc"), ("?", "a"), ("?", "\u{E9}"), ("?", "\u{1F600}"), ("a?c", "abc"),
        ("[abc]", "b"), ("[a-c]x", "bx"), ("[!a-c]", "d"), ("[^a-c]", "d"), ("[]a]", "]"), ("[!]a]", "b"),
        ("[a-]", "-"), ("[-a]", "-"), ("[\\]]", "]"), ("[a-cx-z]", "y"), ("\\*", "*"), ("\\[a]", "[a]"), ("\\\\", "\\"),
        ("{a,b}", "a"), ("{a,b}", "b"), ("{a,b}c", "bc"), ("x{,y}", "x"), ("x{,y}", "xy"), ("{a,b{c,d}}", "bd"),
        ("{a,b{c,d}}", "a"), ("*.{swift,c}", "x.c"), ("{*.c,*.h}", "a.h"), ("{a}", "a"), ("{}", ""), ("", ""),
        ("[", "["), ("[a", "[a"), ("{a", "{a"), ("{a,b", "{a,b"), ("a}", "a}"), ("a,b", "a,b"), ("\\", "\\"),
        ("{x{a,b}", "{xb"), ("{a}}", "a}"), ("[{,}]", ","), ("{[}],b}", "}"),
        ("**", "a"), ("**", "a/b/c"), ("**/a", "a"), ("**/a", "x/a"), ("**/a", "x/y/a"), ("a/**", "a/b"),
        ("a/**", "a/b/c"), ("a/**/b", "a/b"), ("a/**/b", "a/x/b"), ("a/**/b", "a/x/y/b"), ("a/*/b", "a/x/b"),
        ("**/*.c", "x/y/z.c"), ("**/*.c", "z.c"), ("{src,lib}/**/*.c", "lib/x/y.c"), ("{**/a,b}", "x/a"),
        ("*.c", "deep/down/main.c"), ("a", "x/a"), ("/a", "a"), ("/*.c", "x.c"), ("a**b", "axxb"),
        ("{a/b,c}", "a/b"), ("{a/b,c}", "c"),
    ])
    func matching(pattern: String, path: String) {
        #expect(Glob(pattern).matches(path[...]))
    }

    @Test(arguments: [
        ("a", "b"), ("a", "ab"), ("a", ""), ("?", ""), ("?", "ab"), ("*.c", "main.h"), ("*.c", "main.cc"),
        ("[abc]", "d"), ("[!abc]", "a"), ("[c-a]", "b"), ("[!.]*", ".hidden"), ("{a,b}", "c"), ("{a,b}", "ab"),
        ("{a,b}", "{a,b}"), ("\\*", "a"), ("", "a"), ("A", "a"), ("caf\u{E9}", "cafe\u{301}"),
        ("a/*", "a/b/c"), ("a/?b", "a//b"), ("a/[!x]b", "a//b"), ("a/*/b", "a/b"), ("a/**", "a"), ("**/a", "xa"),
        ("a/**/b", "a/xb"), ("a/**/b", "axb"), ("/a", "x/a"), ("/*.c", "x/y.c"), ("src/*.c", "lib/src/a.c"),
        ("a**b", "a/b"), ("x/a**b", "x/a/b"), ("{a/b,c}", "x/c"), ("x[/]y", "x/y"),
    ])
    func notMatching(pattern: String, path: String) {
        #expect(!Glob(pattern).matches(path[...]))
    }

    @Test(.timeLimit(.minutes(10)))
    func noPatternTakesForEver() {
        let name = String(repeating: "a", count: 2000)[...]
        #expect(!Glob(String(repeating: "a*", count: 50) + "b").matches(name))
        #expect(!Glob(String(repeating: "{a,aa,*}", count: 50) + "b").matches(name))
        #expect(!Glob(String(repeating: "**/", count: 50) + "b").matches(name))
        #expect(!Glob(String(repeating: "{", count: 5000) + String(repeating: "}", count: 5000)).matches(name))
        #expect(!Glob(String(repeating: "[", count: 2000)).matches(name))
    }

    @Test func anyStringIsAPattern() {
        let letters: [Character] = ["{", "}", ",", "[", "]", "*", "\\", "!", "-", "/", "a"]
        var patterns = [""]
        var last = patterns
        for _ in 1...4 {
            last = last.flatMap { start in letters.map { start + String($0) } }
            patterns += last
        }
        for pattern in patterns {
            let glob = Glob(pattern)
            for name in ["", "a", "a/a", pattern] { _ = glob.matches(name[...]) }
        }
    }

    /// A plain, slow matcher of stars, question marks and characters, to compare with.
    private func slowly(_ pattern: Substring, _ name: Substring) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        let rest = pattern.dropFirst()
        if first == "*" { return slowly(rest, name) || !name.isEmpty && slowly(pattern, name.dropFirst()) }
        guard let character = name.first else { return false }
        return (first == "?" || first == character) && slowly(rest, name.dropFirst())
    }

    @Test func agreesWithASlowMatcher() {
        func words(_ letters: [Character], upTo length: Int) -> [String] {
            var words = [""]
            var last = [""]
            for _ in 1...length {
                last = last.flatMap { start in letters.map { start + String($0) } }
                words += last
            }
            return words
        }
        let names = words(["a", "b"], upTo: 4)
        for pattern in words(["a", "b", "*", "?"], upTo: 4) {
            // Two stars by themselves mean folders, which no name here has.
            let glob = Glob(pattern)
            for name in names {
                #expect(glob.matches(name[...]) == slowly(pattern[...], name[...]), "\(pattern) \(name)")
            }
        }
    }

    @Test func patternsAreComparedAsWritten() {
        #expect(Glob("a*") == Glob("a*"))
        #expect(Glob("a*") != Glob("a**"))
        #expect(Glob("caf\u{E9}") != Glob("cafe\u{301}"))
    }
}
