import Testing

@testable import ProtoLanguage

@Suite struct ReportChangeTests {
    /// A report with mistakes given as lines and messages.
    private func report(_ mistakes: (line: UInt32, message: String)...) -> ProjectReport {
        var report = ProjectReport()
        let diagnostics = mistakes.map {
            SyntaxDiagnostic(position: SourcePosition(line: $0.line, column: 1), message: $0.message)
        }
        report.add(diagnostics, to: Workspace.source("a.proto"))
        return report
    }

    private func lines(_ entries: [ProjectReport.Entry]) -> [String] {
        entries.map { "\($0.position.line) \($0.message)" }
    }

    @Test func newAndFixedMistakesAreTold() {
        let change = ReportChange(from: report((1, "a"), (2, "b")), to: report((2, "b"), (3, "c"), (4, "d")))
        #expect(lines(change.new) == ["3 c", "4 d"])
        #expect(lines(change.fixed) == ["1 a"])
    }

    @Test func aMistakeThatMovedIsTheSame() {
        let change = ReportChange(from: report((1, "a"), (2, "b")), to: report((11, "a"), (12, "b")))
        #expect(change.isEmpty)
    }

    @Test func ofSeveralAlikeTheOneInAnotherPlaceIsNew() {
        let change = ReportChange(from: report((1, "a"), (9, "a")), to: report((1, "a"), (5, "a"), (9, "a")))
        #expect(lines(change.new) == ["5 a"])
        #expect(change.fixed.isEmpty)
    }

    @Test func ofSeveralAlikeTheOneThatIsGoneIsFixed() {
        let change = ReportChange(from: report((1, "a"), (5, "a"), (9, "a")), to: report((1, "a"), (9, "a")))
        #expect(change.new.isEmpty)
        #expect(lines(change.fixed) == ["5 a"])
    }

    @Test func theSameMessageInAnotherFileIsAnotherMistake() {
        var other = ProjectReport()
        other.add([SyntaxDiagnostic(position: .start, message: "a")], to: Workspace.source("b.proto"))
        let change = ReportChange(from: report((1, "a")), to: other)
        #expect(change.new.map(\.file) == ["b.proto"])
        #expect(change.fixed.map(\.file) == ["a.proto"])
    }
}
