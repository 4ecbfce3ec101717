import PIE
import PIETesting
import Synchronization
import Testing

/// What Swift Testing is told.
@Suite struct SwiftTestingTests {
    private let build: Build

    init() throws {
        build = try Build(["a": "one two", "b": "one"])
    }

    @Test func theIssueHasTheExplanationAndTheLineOfTheTest() async throws {
        try await build.require(Total("a"))
        let line = #line + 2
        withKnownIssue {
            expectExecuted(.nothing, in: build.log, "Nothing was edited.")
        } matching: { issue in
            issue.sourceLocation?.line == line
                && issue.comments.map(\.rawValue) == [
                    """
                    Nothing was edited.
                    2 tasks were executed that were not expected
                      executed, not expected:
                        Total was executed
                          because new
                        WordCount(a) was executed
                          because new
                    """
                ]
        }
    }

    @Test func anExpectationThatHoldsRecordsNothing() async throws {
        try await build.require(Total("a"))
        expectExecuted([Total("a"), WordCount("a")], in: build.log)
    }

    @Test func aDifferenceToARunFromScratchIsAnIssueAndGivesTheOutput() async throws {
        let task = Careless(path: try build.workspace.path(of: "a"))
        try await build.require(task)
        try build.workspace.write("three", to: "a")
        var output: [String] = []
        let line = #line + 2
        try await withKnownIssue {
            output = try await expectSameAsFromScratch(task, in: build.pie)
        } matching: { issue in
            issue.sourceLocation?.line == line
                && issue.comments.first?.rawValue
                    == "Careless:\nthe output differs (− incremental, + from scratch):\n  − one two\n  + three"
        }
        #expect(output == ["one two"])
    }

    @Test func aTestWithoutTheTraitIsTold() {
        withKnownIssue {
            _ = EventLog.ofTest
        } matching: { issue in
            issue.comments.first?.rawValue.contains("add it to the test or its suite") ?? false
        }
    }

    @Test(.buildLog) func aTestWithTheTraitHasOneLog() async throws {
        let pie = try Pie(root: build.workspace.root, trackers: [EventLog.ofTest])
        try await pie.session { try await $0.require(Total("a")) }
        expectExecuted([WordCount("a"), Total("a")], in: .ofTest)
    }

    @Test(
        .expectingIssues([
            [
                "first",
                """
                what the build did until here:
                  session 1 began
                  executing Total: new
                  executing WordCount(a): new
                """,
            ],
            ["second"],
        ]),
        .buildLog
    )
    func theFirstIssueOfAFailingTestComesWithTheLog() async throws {
        let pie = try Pie(root: build.workspace.root, trackers: [EventLog.ofTest])
        try await pie.session { try await $0.require(Total("a")) }
        #expect(Bool(false), "first")
        #expect(Bool(false), "second")
    }

    @Test(.expectingIssues([["known"]]), .buildLog)
    func aKnownIssueComesWithoutTheLog() {
        withKnownIssue { #expect(Bool(false), "known") }
    }

    @Suite(.buildLog) struct Inner {
        @Test(.buildLog) func theLogOfASuiteIsThatOfItsTest() {
            EventLog.ofTest.handle(.sessionBegan(1))
            #expect(EventLog.ofTest.events.count == 1)
        }

        @Test(arguments: [1, 2]) func eachCaseHasALogOfItsOwn(_ number: Int) {
            EventLog.ofTest.handle(.sessionBegan(number))
            #expect(EventLog.ofTest.lines == ["session \(number) began"])
        }
    }
}

extension Trait where Self == ExpectedIssues {
    static func expectingIssues(_ comments: [[String]]) -> Self { ExpectedIssues(comments: comments) }
}

/// Keeps the issues of a test from failing it, and fails it if they do not have these comments.
struct ExpectedIssues: TestTrait, TestScoping {
    let comments: [[String]]

    @concurrent
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let found = Found()
        try await IssueHandlingTrait.compactMapIssues { issue in
            found.add(issue.comments.map(\.rawValue))
            return nil
        }.provideScope(for: test, testCase: testCase, performing: function)
        #expect(found.comments == comments)
    }

    private final class Found: Sendable {
        private let issues = Mutex<[[String]]>([])
        var comments: [[String]] { issues.withLock { $0 } }
        func add(_ new: [String]) { issues.withLock { $0.append(new) } }
    }
}
