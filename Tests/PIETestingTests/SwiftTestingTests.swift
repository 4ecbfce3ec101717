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

    @Test(.catchingIssues, .buildLog) func aFailureComesWithTheLog() async throws {
        let pie = try Pie(root: build.workspace.root, trackers: [EventLog.ofTest])
        try await pie.session { try await $0.require(Total("a")) }
        #expect(Bool(false), "first")
        #expect(Bool(false), "second")
    }
}

extension Trait where Self == CatchingTrait {
    static var catchingIssues: Self { CatchingTrait() }
}

/// Lets a test fail as it should, and fails it otherwise: the first issue has the build log, the second has not.
struct CatchingTrait: TestTrait, TestScoping {
    @concurrent
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let comments = Comments()
        try await IssueHandlingTrait.compactMapIssues { issue in
            comments.add(issue.comments.map(\.rawValue))
            return nil
        }.provideScope(for: test, testCase: testCase, performing: function)
        #expect(
            comments.all == [
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
            ]
        )
    }

    private final class Comments: Sendable {
        private let comments = Mutex<[[String]]>([])
        var all: [[String]] { comments.withLock { $0 } }
        func add(_ new: [String]) { comments.withLock { $0.append(new) } }
    }
}
