#if canImport(Testing)
    public import PIE
    import Synchronization
    public import Testing

    /// Gives each test a build log, and shows it when the test fails.
    ///
    /// A test with the trait `.buildLog` hands ``PIE/EventLog/ofTest`` to its `Pie` as a tracker.
    ///
    /// With the first issue of a failing test comes a comment that says what was executed until then, and why. The whole
    /// log is attached to the test, where `swift test --attachments-path` keeps it. On a suite, the trait gives one log to
    /// each of its tests, and to each case of a test with arguments.
    public struct BuildLogTrait: TestTrait, SuiteTrait, TestScoping {
        /// Whether the tests of suites inside a suite have the trait too: they do.
        public var isRecursive: Bool { true }

        /// Runs a test with a log of its own.
        ///
        /// - Parameters:
        ///   - test: The test.
        ///   - testCase: Its case.
        ///   - function: Runs it.
        /// - Throws: What the test throws.
        @concurrent
        public func provideScope(
            for test: Test,
            testCase: Test.Case?,
            performing function: @concurrent @Sendable () async throws -> Void
        ) async throws {
            // The trait of a suite and that of its test are one.
            if EventLog.logOfTest != nil { return try await function() }
            let log = EventLog()
            let failures = Atomic<Int>(0)
            let commenting = IssueHandlingTrait.compactMapIssues { issue in
                guard issue.isFailure, failures.add(1, ordering: .relaxed).oldValue == 0 else { return issue }
                var issue = issue
                issue.comments.append(Comment(rawValue: log.excerpt))
                return issue
            }
            try await EventLog.$logOfTest.withValue(log) {
                try await commenting.provideScope(for: test, testCase: testCase, performing: function)
            }
            if failures.load(ordering: .relaxed) > 0 { Attachment.record(log.description, named: "build-log.txt") }
        }
    }

    extension Trait where Self == BuildLogTrait {
        /// Gives each test a build log, ``PIE/EventLog/ofTest``, and shows it when the test fails.
        public static var buildLog: BuildLogTrait { BuildLogTrait() }
    }

    extension EventLog {
        @TaskLocal fileprivate static var logOfTest: EventLog?

        /// The log of the test that runs, for a ``/PIE/Pie`` to write to.
        ///
        /// A test without the trait ``BuildLogTrait`` has none: there this records an issue and gives a log that nobody
        /// shows.
        public static var ofTest: EventLog {
            if let logOfTest { return logOfTest }
            Issue.record("EventLog.ofTest is for tests with the trait .buildLog: add it to the test or its suite")
            return EventLog()
        }

        /// What was executed and came of it, without requirements, checks and reads; the beginning of a long log is left
        /// out.
        fileprivate var excerpt: String {
            let lines = events.compactMap { event -> String? in
                switch event {
                case .sessionBegan, .updateBegan, .executing, .failed, .cancelled, .provided, .orphaned: "  \(event)"
                case .executed(_, changed: false): "  \(event)"
                default: nil
                }
            }
            let limit = 40
            var text = ["what the build did until here:"]
            if lines.isEmpty { text.append("  nothing; is EventLog.ofTest among the trackers of the Pie?") }
            if lines.count > limit { text.append("  … \(lines.count - limit) lines before …") }
            text += lines.suffix(limit).map { $0.shortened(to: 200) }
            return text.joined(separator: "\n")
        }
    }
#endif
