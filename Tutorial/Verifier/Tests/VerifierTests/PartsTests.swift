import Testing
import Verifier

@Test func aBlockKnowsItsFenceItsLinesAndTheLineAboveIt() {
    let blocks = Block.all(in: "Change `a.swift`:\n\n```swift create=a.swift exercise\nlet a = 1\n\n```\n")
    #expect(blocks.count == 1)
    #expect(blocks.first?.language == "swift")
    #expect(blocks.first?.attributes == ["create": "a.swift"])
    #expect(blocks.first?.flags == ["exercise"])
    #expect(blocks.first?.contents == "let a = 1\n\n")
    #expect(blocks.first?.line == 3)
    #expect(blocks.first?.introduction == "Change `a.swift`:")
}

@Test func aPatchChangesTheOnePlaceItNames() throws {
    let patch = try Patch([" b", "-c", "+d", "@@", "+z", " y"])
    #expect(try patch.applied(to: "a\nb\nc\ny\n") == "a\nb\nd\nz\ny\n")
}

@Test func aPatchThatFitsTwiceIsRefused() throws {
    let patch = try Patch(["-a", "+b"])
    let failure = #expect(throws: Patch.Failure.self) { try patch.applied(to: "a\na\n") }
    #expect(failure?.message == "the lines that stay or go stand in the file 2 times")
}

@Test func dotsStandForAnyLines() {
    #expect(Quotation(["a", "...", "d"]).firstDifference(from: ["a", "b", "c", "d"]) == nil)
    #expect(Quotation(["a", "...", "e"]).firstDifference(from: ["a", "b", "c", "d"]) == 2)
    #expect(Quotation(["a"]).firstDifference(from: ["a", "b"]) == 1)
}

@Test func messagesOfTheCompilerAreKeptOnceWithoutPictures() {
    let output = """
        [3/4] Compiling Pie A.swift
        /home/reader/MyPie/Sources/Pie/A.swift:3:8: error: type 'any Q' is no good [#ProtocolTypeNonConformance]
        1 | public struct A {}
          |        `- error: type 'any Q' is no good [#ProtocolTypeNonConformance]
        /home/reader/MyPie/Sources/Pie/A.swift:2:8: error: first
        /home/reader/MyPie/Sources/Pie/A.swift:3:8: error: type 'any Q' is no good [#ProtocolTypeNonConformance]
        error: fatalError
        """
    #expect(
        Output.normalised(output, of: "swift build", in: "/home/reader/MyPie") == [
            "Sources/Pie/A.swift:2:8: error: first",
            "Sources/Pie/A.swift:3:8: error: type 'any Q' is no good",
        ]
    )
}

@Test func timesAndProgressAreNotQuoted() {
    let output = """
        [1/2] Write sources
        Build complete! (1.14s)
        ◇ Test run started.
        ✔ Test a() passed after 0.001 seconds.
        ✘ Test b() recorded an issue at T.swift:5:22: Expectation failed: 1 == 2
        ✘ Test b() failed after 0.001 seconds with 1 issue.
        ✘ Test run with 2 tests in 0 suites failed after 0.001 seconds with 1 issue.
        """
    #expect(
        Output.normalised(output, of: "swift test", in: "/x") == [
            "✘ Test b() recorded an issue at T.swift:5:22: Expectation failed: 1 == 2",
            "✘ Test b() failed with 1 issue.",
            "✘ Test run with 2 tests in 0 suites failed with 1 issue.",
        ]
    )
}

@Test func whatTestsPrintComesBeforeWhatIsSaidAboutThem() {
    let output = "✘ Test a() failed after 0.001 seconds with 1 issue.\n▶ Report(): new\n"
    #expect(
        Output.normalised(output, of: "swift test --filter a", in: "/x") == [
            "▶ Report(): new",
            "✘ Test a() failed with 1 issue.",
        ]
    )
}

@Test func optionsThatMakeNoSenseAreRefused() throws {
    #expect(try Options(["--chapter", "3", "--update"]).first == 3)
    let failure = #expect(throws: Options.Failure.self) { try Options(["--chapter"]) }
    #expect(failure?.message == "--chapter needs the number of a chapter")
    #expect(throws: Options.Failure.self) { try Options(["--fast"]) }
}
