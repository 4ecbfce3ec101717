import PIE
import PIETesting
import Testing

/// How the difference of two outputs is shown.
@Suite struct DifferenceTextTests {
    private struct Point: Equatable {
        var name: String
        var numbers: [Int]
    }

    /// The lines about two outputs, without the title.
    private func lines<R: Equatable & Sendable>(_ incremental: R, _ fromScratch: R) async throws -> [String] {
        let workspace = try TemporaryWorkspace()
        let pie = try Pie(root: workspace.root)
        let comparison = try await pie.comparisonWithScratch { _ in
            incremental
        } scratch: { _ in
            fromScratch
        }
        let lines = comparison.description.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "the output differs (− incremental, + from scratch):")
        return lines.dropFirst().map { String($0.dropFirst(2)) }
    }

    @Test func plainValuesStandBelowEachOther() async throws {
        #expect(try await lines(1, 2) == ["− 1", "+ 2"])
        #expect(try await lines(Optional(1), nil) == ["− Optional(1)", "+ nil"])
    }

    @Test func aTextIsComparedByLines() async throws {
        let old = "one\ntwo\nthree\nfour\nfive"
        #expect(try await lines(old, "one\ntwo\n3\nfour\nfive\nsix") == ["from line 3 on:", "− three", "+ 3", "+ six"])
        #expect(try await lines("", "one\ntwo") == ["− ", "+ one", "+ two"])
    }

    @Test func controlCharactersAreSeen() async throws {
        #expect(try await lines("a\r\nb", "a\nb") == ["− a\\r", "+ a"])
        #expect(try await lines("a\tb", "a  b") == ["− a\\tb", "+ a  b"])
    }

    @Test func anArrayIsComparedByElements() async throws {
        #expect(try await lines(["a", "b", "c"], ["a", "c"]) == ["from line 2 on:", "− b"])
    }

    @Test func setsAndDictionariesAreComparedInOrder() async throws {
        let numbers = Set(0..<100)
        #expect(try await lines(numbers, numbers.subtracting([7])).last == "− 7")
        let ages = ["Ada": 36, "Alan": 41]
        #expect(try await lines(ages, ["Ada": 37, "Alan": 41]) == ["− Ada: 36", "+ Ada: 37"])
    }

    @Test func aStructIsComparedByProperties() async throws {
        let point = Point(name: "a", numbers: [1, 2])
        let lines = try await lines(point, Point(name: "a", numbers: [1, 3]))
        #expect(lines == ["from line 2 on:", "− numbers: [1, 2]", "+ numbers: [1, 3]"])
    }

    @Test func theEqualBeginningOfALongLineIsLeftOut() async throws {
        let start = String(repeating: "x", count: 1_000)
        let lines = try await lines(start + "one", start + "two" + start)
        #expect(lines[0] == "− …" + start.prefix(40) + "one")
        #expect(lines[1].hasPrefix("+ …" + start.prefix(40) + "twoxxx"))
        #expect(lines[1].hasSuffix("x…"))
        #expect(lines[1].count < 200)
    }

    @Test func manyLinesAreCut() async throws {
        let lines = try await lines(Array(0..<1_000), Array(1_000..<2_000))
        #expect(lines.count == 17)
        #expect(lines.last == "… 1984 more lines …")
    }

    @Test func veryManyLinesAreComparedUpToTheirFirstDifference() async throws {
        let old = Array(0..<100_000)
        var new = old
        new[500] = -1
        let lines = try await lines(old, new)
        #expect(lines.prefix(2) == ["from line 501 on:", "− 500"])
        #expect(lines.contains("+ -1"))
        #expect(lines.count == 18)
    }

    @Test func valuesThatPrintAlikeAreSaidTo() async throws {
        let lines = try await lines(Alike(hidden: 1), Alike(hidden: 2))
        #expect(lines == ["both print as", "  Alike"])
    }

    private struct Alike: Equatable, CustomStringConvertible {
        var hidden: Int
        var description: String { "Alike" }
    }
}
