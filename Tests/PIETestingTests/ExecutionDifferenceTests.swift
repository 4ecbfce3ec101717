import PIE
import PIETesting
import Testing

/// What a test is told about executions that are not those it expects.
@Suite struct ExecutionDifferenceTests {
    private let build: Build
    private let total = Total("a", "b")

    init() async throws {
        build = try Build(["a": "one two", "b": "one"])
        try await build.require(total)
    }

    @Test func aLogThatIsAsExpectedHasNoDifference() throws {
        #expect(build.log.difference(from: [WordCount("b"), WordCount("a"), total]) == nil)
        #expect(build.log.difference(from: .inOrder([total, WordCount("a"), WordCount("b")])) == nil)
        #expect(build.log.difference(from: .atLeast([WordCount("a")])) == nil)
        #expect(build.log.difference(from: .noneOf([WordCount("c")])) == nil)
        #expect(build.log.difference(from: .exactly([WordCount("a"), WordCount("b")], of: WordCount.self)) == nil)
        #expect(build.log.difference(from: .nothing(of: Report.self)) == nil)
    }

    @Test func anUnexpectedExecutionIsExplainedDownToTheChangedFile() async throws {
        try build.workspace.append(" three", to: "a")
        try await build.require(total)
        let difference = try #require(build.log.difference(from: [WordCount("a")]))
        #expect(difference.surplus.map(\.task) == [AnyTask(total)])
        #expect(
            difference.description == """
                1 task was executed that was not expected
                  executed, not expected:
                    Total was executed
                      because the output of WordCount(a) changed
                        because WordCount(a): the file a changed (7 bytes → 13 bytes)
                  executed as expected: WordCount(a)
                """
        )
    }

    @Test func aTaskThatWasReusedIsSaidToBe() async throws {
        try build.workspace.edit("a") { $0.uppercased() }
        try await build.require(total)
        let difference = try #require(build.log.difference(from: [WordCount("a"), total]))
        #expect(difference.missing.map(\.cause) == [.reused])
        #expect(
            difference.description == """
                1 task was not executed that was expected
                  expected, not executed:
                    Total: it was reused, all its dependencies hold
                  executed with the same output as before: WordCount(a)
                  executed as expected: WordCount(a)
                """
        )
    }

    @Test func aTaskThatNobodyAskedForIsSaidToBeUnvisited() async throws {
        try await build.require(WordCount("a"))
        let difference = try #require(build.log.difference(from: [WordCount("c")]))
        #expect(difference.missing.map(\.cause) == [.unvisited])
        #expect(difference.description.contains("WordCount(c): not visited, nobody required it"))
    }

    @Test func aTaskThatAnUpdateKeptConsistentIsSaidToBeAnswered() async throws {
        build.log.clear()
        try await build.pie.session { session in
            try await session.update(.files([]))
            try await session.require(total)
        }
        let difference = try #require(build.log.difference(from: [total]))
        #expect(difference.missing.map(\.cause) == [.answered])
    }

    @Test func aTaskThatTheSessionDidNotComeToIsSaidToBeInterrupted() throws {
        let log = EventLog()
        for event in [.scheduled(AnyTask(total)), .checking(AnyTask(WordCount("a")))] as [BuildEvent] {
            log.handle(event)
        }
        let difference = try #require(log.difference(from: [total, WordCount("a")]))
        #expect(difference.missing.map(\.cause) == [.interrupted, .interrupted])
    }

    @Test func theErrorThatKeptATaskFromExecutingIsShown() async throws {
        try build.workspace.write("bad", to: "a")
        await #expect(throws: BadWord.self) { try await build.require(total) }
        let difference = try #require(build.log.difference(from: .atLeast([WordCount("b")])))
        #expect(difference.description.contains("\n  failed: WordCount(a): BadWord()\n"))
    }

    @Test func anExecutionTooManyIsExplained() async throws {
        try build.workspace.append(" three", to: "b")
        try await build.pie.session { try await $0.require(total) }
        let difference = try #require(build.log.difference(from: [WordCount("a"), WordCount("b"), total, total]))
        let surplus = try #require(difference.surplus.first)
        #expect(difference.surplus.count == 1)
        #expect(surplus.task == AnyTask(WordCount("b")))
        #expect(surplus.expected == 1)
        #expect(
            surplus.explanations.map(\.chain.last?.reason.description) == [
                "new", "the file b changed (3 bytes → 9 bytes)",
            ]
        )
        #expect(difference.description.hasPrefix("1 task was executed more often than expected\n"))
        #expect(difference.description.contains("WordCount(b) was executed, execution 2 of 2"))
    }

    @Test func aTaskExpectedTwiceHasToBeExecutedTwice() throws {
        let difference = try #require(build.log.difference(from: .atLeast([WordCount("a"), WordCount("a")])))
        #expect(difference.description.contains("WordCount(a): executed 1 of 2 times; otherwise"))
    }

    @Test func anotherOrderIsShownAtItsFirstDifference() throws {
        let difference = try #require(
            build.log.difference(from: .inOrder([total, WordCount("b"), WordCount("a")]))
        )
        #expect(difference.misplaced?.index == 1)
        #expect(
            difference.description == """
                the expected tasks were executed in another order
                  as execution 2 WordCount(b) was expected, not WordCount(a)
                  executed in this order:
                    1. Total
                    2. WordCount(a)
                    3. WordCount(b)
                """
        )
    }

    @Test func aTaskThatMustNotBeExecutedIsExplained() throws {
        let difference = try #require(build.log.difference(from: .noneOf([WordCount("a"), WordCount("c")])))
        #expect(difference.surplus.map(\.task) == [AnyTask(WordCount("a"))])
        #expect(difference.missing.isEmpty)
    }

    @Test func otherTypesDoNotMatterToAnExpectationOfAType() throws {
        let difference = try #require(build.log.difference(from: .exactly([WordCount("a")], of: WordCount.self)))
        #expect(difference.surplus.map(\.task) == [AnyTask(WordCount("b"))])
        #expect(difference.executed == [AnyTask(WordCount("a")), AnyTask(WordCount("b"))])
        #expect(build.log.difference(from: .nothing(of: WordCount.self, Total.self))?.surplus.count == 3)
    }

    @Test func anEmptyLogMakesOneAskForTheTracker() throws {
        let difference = try #require(EventLog().difference(from: [total]))
        #expect(difference.description.hasSuffix("the log is empty: is it among the trackers of the Pie?"))
    }

    @Test func longListsAndLinesAreCut() async throws {
        let files = (0..<100).map { File("\($0)/" + String(repeating: "folder/", count: 40)) }
        build.log.clear()
        try await build.pie.session { try await $0.require(all: files.map { WordCount($0) }) }
        let lines = try #require(build.log.difference(from: .nothing)).description.split(separator: "\n")
        #expect(lines.first == "100 tasks were executed that were not expected")
        #expect(lines.last == "    … 88 more …")
        #expect(lines.count < 40)
        #expect(lines.allSatisfy { $0.count <= 201 })
    }
}
