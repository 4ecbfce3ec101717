#if canImport(Testing)
    internal import Synchronization
    public import Testing

    /// Does something in many orders, each chosen by a seed, up to the first that fails, and says which that was.
    ///
    /// ```swift
    /// await exploreSchedules(1...200) { seed in
    ///     let pie = try Pie()
    ///     let words = try await pie.session { try await $0.require(Total()) }
    ///     #expect(words == 0)
    /// }
    /// ```
    ///
    /// The order fails if an issue is recorded in it, or if `body` throws; then each issue comes with the seed, and
    /// ``withSchedule(seed:patience:_:)`` with that seed does the same again. It also says what the order is made of.
    ///
    /// - Parameters:
    ///   - seeds: The seeds, one after the other.
    ///   - patience: How long to wait, when nothing can run any more, for something that is not on the thread.
    ///   - sourceLocation: Where to record what `body` throws.
    ///   - body: What to do, from the same start each time; is given the seed.
    public func exploreSchedules(
        _ seeds: some Sequence<UInt64>,
        patience: Duration = .zero,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: @escaping @concurrent @Sendable (UInt64) async throws -> Void
    ) async {
        for seed in seeds {
            let failures = Atomic<Int>(0)
            // What comes of the cancellation after a deadlock is no news.
            let isStuck = Atomic<Bool>(false)
            let hint = Comment(
                rawValue: "in the schedule of seed \(seed): withSchedule(seed: \(seed)) does the same again"
            )
            let commenting = IssueHandlingTrait.compactMapIssues { issue in
                if isStuck.load(ordering: .relaxed) { return nil }
                guard issue.isFailure else { return issue }
                failures.add(1, ordering: .relaxed)
                var issue = issue
                issue.comments.append(hint)
                return issue
            }
            let run: @concurrent @Sendable () async throws -> Void = {
                do {
                    try await runSchedule(
                        seed: seed,
                        patience: patience,
                        onDeadlock: { isStuck.store(true, ordering: .relaxed) },
                        { try await body(seed) }
                    )
                } catch {
                    isStuck.store(false, ordering: .relaxed)
                    failures.add(1, ordering: .relaxed)
                    Issue.record(error, sourceLocation: sourceLocation)
                }
            }
            do {
                if let test = Test.current {
                    try await commenting.provideScope(for: test, testCase: Test.Case.current, performing: run)
                } else {
                    try await run()
                }
            } catch {
                Issue.record(error, hint, sourceLocation: sourceLocation)
                return
            }
            if failures.load(ordering: .relaxed) > 0 || Task.isCancelled { return }
        }
    }
#endif
