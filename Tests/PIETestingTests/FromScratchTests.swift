import PIE
import PIETesting
import Testing

/// Incremental builds beside runs from scratch.
@Suite struct FromScratchTests {
    private let build: Build

    init() throws {
        build = try Build(["a": "one two", "b": "one"])
    }

    private func path(_ file: File) throws -> String { try build.workspace.path(of: file) }

    @Test func aRightBuildAgrees() async throws {
        let report = Report(total: Total("a", "b"), output: "out/report")
        try await expectSameAsFromScratch(report, in: build.pie)
        try build.workspace.append(" three", to: "b")
        let comparison = try await build.pie.comparisonWithScratch(of: report)
        #expect(comparison.isSame)
        #expect(comparison.description == "the incremental build and a run from scratch agree")
        #expect(try build.workspace.text(of: "out/report") == "4 words\n")
        #expect(try await expectSameAsFromScratch(Total("a", "b"), in: build.pie) == 4)
    }

    @Test func theComparisonDoesNotMakeTheNextSessionExecute() async throws {
        let report = Report(total: Total("a", "b"), output: "report")
        try await expectSameAsFromScratch(report, in: build.pie)
        try await build.require(report)
        expectExecuted(.nothing, in: build.log)
    }

    @Test func anOutputThatIsOutOfDateIsFound() async throws {
        try build.workspace.write("x\ny\nz\n", to: "a")
        let task = Careless(path: try path("a"))
        try await build.require(task)
        try build.workspace.write("x\nw\nz\n", to: "a")
        let comparison = try await build.pie.comparisonWithScratch(of: task)
        #expect(!comparison.isSame)
        #expect(comparison.files.isEmpty)
        #expect(
            comparison.description == """
                the output differs (− incremental, + from scratch):
                  from line 2 on:
                  − y
                  + w
                """
        )
    }

    @Test func aFileThatIsOutOfDateIsFoundAndLeft() async throws {
        let task = Careless(path: try path("a"), output: "copy")
        try await build.require(task)
        try build.workspace.write("three", to: "a")
        let comparison = try await build.pie.comparisonWithScratch(of: task)
        #expect(comparison.files.map(\.file) == ["copy"])
        #expect(
            comparison.description.hasSuffix(
                "the file copy differs (− incremental, + from scratch):\n  − one two\n  + three"
            )
        )
        #expect(try build.workspace.text(of: "copy") == "one two")
    }

    @Test func aFileThatOnlyTheRunFromScratchWritesIsFoundAndTakenAway() async throws {
        let comparison = try await build.pie.comparisonWithScratch { session in
            try await session.require(Total("a"))
        } scratch: { context in
            try await context.require(Report(total: Total("a"), output: "report"))
            return try await context.require(Total("a"))
        }
        #expect(try comparison.incremental.get() == comparison.fromScratch.get())
        #expect(comparison.description.hasSuffix("from scratch):\n  − no such file\n  + 2 words\n  + "))
        #expect(try !build.workspace.exists("report"))
    }

    @Test func equalErrorsAgreeAndAreThrown() async throws {
        try build.workspace.write("bad", to: "a")
        #expect(try await build.pie.comparisonWithScratch(of: Total("a", "b")).isSame)
        await #expect(throws: BadWord.self) { try await expectSameAsFromScratch(Total("a", "b"), in: build.pie) }
    }

    @Test func anErrorOnOneSideIsADifference() async throws {
        let task = Careless(path: try path("a"))
        try await build.require(task)
        try build.workspace.delete("a")
        let comparison = try await build.pie.comparisonWithScratch(of: task)
        #expect(!comparison.isSame)
        #expect(comparison.description.contains("− one two\n  + error: "))
    }

    @Test func whatARunFromScratchDoesNotJudgeIsThrown() async throws {
        let error = try await #require(throws: BuildError.self) {
            try await build.pie.session { _ in try await build.pie.comparisonWithScratch(of: Total("a")) }
        }
        guard case .misuse = error.kind else {
            Issue.record("a session inside a session: \(error)")
            return
        }
    }

    @Test func anUpdateCanBeCompared() async throws {
        let total = Total("a", "b")
        try await build.require(total)
        try build.workspace.append(" three", to: "b")
        let words = try await expectSameAsFromScratch(in: build.pie) { session in
            try await session.update(.files(["b"]))
            return try await session.require(total)
        } scratch: { context in
            try await context.require(total)
        }
        #expect(words == 4)
    }
}
