import Foundation
import Synchronization
import Testing
import Verifier

/// A tutorial of one chapter that needs no compiler, in a folder of its own.
private struct SmallTutorial {
    static let prose = """
        # One

        Create `greeting.txt`:

        ```text create=greeting.txt
        Hello,
        world
        ```

        Look at it:

        ```console
        $ cat greeting.txt
        Hello,
        world
        ```

        Change `greeting.txt`:

        ```diff change=greeting.txt
         Hello,
        -world
        +reader
        ```

        There is no other file:

        ```console expect=failure
        $ cat other.txt
        cat: other.txt: No such file or directory
        ```

        ## Exercises

        Create `exercise.txt`:

        ```text create=exercise.txt exercise
        reader
        ```

        """

    static let solutions = """
        Change `greeting.txt`:

        ```diff change=greeting.txt
        -Hello,
         reader
        ```

        ```console
        $ cmp greeting.txt exercise.txt
        ```

        """

    let folder = FileManager.default.temporaryDirectory.appending(path: "verifier-\(UUID().uuidString)")
    var chapter: URL { folder.appending(path: "Chapters/01-one") }

    init() throws {
        try write(Self.prose, to: "README.md")
        try write(Self.solutions, to: "Solutions.md")
        try write("Hello,\nreader\n", to: "Package/greeting.txt")
    }

    func write(_ contents: String, to path: String) throws {
        let file = chapter.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(contents.utf8).write(to: file)
    }

    /// Alters the prose as drift does.
    func alter(_ old: String, _ new: String) throws {
        try write(Self.prose.replacing(old, with: new, maxReplacements: 1), to: "README.md")
    }

    func verify(_ arguments: String...) throws -> (summary: Summary, lines: [String]) {
        let lines = Mutex<[String]>([])
        let summary = try Verification.run(folder, Options(arguments)) { line in lines.withLock { $0.append(line) } }
        return (summary, lines.withLock { $0 })
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}

@Test func whatHoldsIsCounted() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    let (summary, lines) = try tutorial.verify()
    #expect(lines.count == 1, "\(lines)")
    var expected = Summary()
    expected.chapters = 1
    expected.steps = 3
    expected.commands = 3
    expected.outputs = 3
    expected.expectedFailures = 1
    expected.exercises = 1
    #expect(summary == expected)
}

@Test func anAlteredLineOfCodeIsFound() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    try tutorial.alter(" Hello,\n-world", " Hallo,\n-world")
    let (summary, lines) = try tutorial.verify()
    #expect(summary.problems > 0)
    #expect(
        lines.first == """
            Chapters/01-one/README.md:21: error: greeting.txt: the lines that stay or go do not stand in the file; \
            the first that does not fit is 'Hallo,'
            """
    )
}

@Test func codeThatNoLongerGivesTheChaptersPackageIsFound() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    try tutorial.alter("+reader", "+Reader")
    let (_, lines) = try tutorial.verify()
    #expect(
        lines.first == """
            Chapters/01-one/README.md:20: error: at the chapter's end greeting.txt is not the same in \
            the chapter's package
            """
    )
}

@Test func anAlteredQuotedErrorIsFound() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    try tutorial.alter("No such file", "Not such a file")
    let (summary, lines) = try tutorial.verify()
    #expect(summary.problems == 1)
    #expect(
        lines.first == """
            Chapters/01-one/README.md:30: error: 'cat other.txt' does not print what is quoted, but
                cat: other.txt: No such file or directory

            """
    )
}

@Test func anAnnouncedFailureThatDoesNotHappenIsFound() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    try tutorial.alter("cat other.txt", "echo 'cat: other.txt: No such file or directory'")
    let (summary, lines) = try tutorial.verify()
    #expect(summary.problems == 1)
    #expect(lines.first?.contains("README.md:29: error: ") == true)
    #expect(lines.first?.hasSuffix("succeeds, but is announced to fail") == true)
}

@Test func anAlteredQuotedOutputIsFound() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    try tutorial.alter("$ cat greeting.txt\nHello,\nworld", "$ cat greeting.txt\nHello,\nmoon")
    let (summary, lines) = try tutorial.verify()
    #expect(summary.problems == 1)
    #expect(
        lines.first == """
            Chapters/01-one/README.md:15: error: 'cat greeting.txt' does not print what is quoted, but
                Hello,
                world

            """
    )
}

@Test func aSolutionThatDoesNotSolveIsFound() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    try tutorial.write(
        SmallTutorial.solutions.replacing("-Hello,\n reader", with: " Hello,\n-reader"),
        to: "Solutions.md"
    )
    let (summary, lines) = try tutorial.verify()
    #expect(summary.problems > 0)
    #expect(
        lines.first?.hasPrefix("Chapters/01-one/Solutions.md:9: error: 'cmp greeting.txt exercise.txt' fails") == true
    )
}

@Test func updatingPutsRealOutputInThePlaceOfQuotedOutput() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    try tutorial.alter("$ cat greeting.txt\nHello,\nworld", "$ cat greeting.txt")
    #expect(try tutorial.verify("--update").summary.problems == 0)
    let prose = try String(contentsOf: tutorial.chapter.appending(path: "README.md"), encoding: .utf8)
    #expect(prose == SmallTutorial.prose)
}

@Test func anExerciseThatNeedsNoSolutionIsFound() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    let manifest = """
        // swift-tools-version: 6.2
        import PackageDescription
        let package = Package(name: "One", targets: [.testTarget(name: "OneTests")])

        """
    func test(_ name: String, expecting condition: String) -> String {
        """
        Create `Tests/OneTests/\(name).swift`:

        ```swift create=Tests/OneTests/\(name).swift exercise
        import Testing
        @Test func \(name)() { #expect(\(condition)) }
        ```

        """
    }
    try tutorial.write(manifest, to: "Package/Package.swift")
    try tutorial.write(
        """
        Create `Package.swift`:

        ```swift create=Package.swift
        \(manifest)```

        \(test("Unsolved", expecting: "answer == 42"))
        \(test("Solved", expecting: "Bool(true)"))
        \(test("Failing", expecting: "Bool(false)"))
        """,
        to: "README.md"
    )
    try tutorial.write("", to: "Solutions.md")
    try FileManager.default.removeItem(at: tutorial.chapter.appending(path: "Package/greeting.txt"))
    let (summary, lines) = try tutorial.verify()
    #expect(summary.exercises == 3)
    #expect(summary.unsolved == 2)
    #expect(
        lines.first == """
            Chapters/01-one/README.md:18: error: nothing in this test fails before the exercise is solved
            """
    )
}

@Test func aChapterBeginsWithThePackageOfTheOneBefore() throws {
    let tutorial = try SmallTutorial()
    defer { tutorial.remove() }
    for (path, contents) in [
        ("README.md", "Look at it:\n\n```console\n$ cat greeting.txt\nHello,\nreader\n```\n"),
        ("Package/greeting.txt", "Hello,\nreader\n"),
    ] {
        try tutorial.write(contents, to: "../02-two/\(path)")
    }
    let (summary, lines) = try tutorial.verify()
    #expect(summary.problems == 0)
    #expect(summary.chapters == 2)
    #expect(lines.count == 2, "\(lines)")
}
