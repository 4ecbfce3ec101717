// Where Swift has no Swift Testing, as with a statically linked standard library, the values that these functions report
// are all there is.
#if canImport(Testing)
    public import PIE
    public import Testing

    /// Expects that the executions in a log are these, and otherwise records how they differ and why.
    ///
    /// ```swift
    /// log.clear()
    /// try workspace.edit("a.txt") { $0 + " more" }
    /// try await pie.session { try await $0.require(Total()) }
    /// expectExecuted([WordCount(file: "a.txt"), Total()], in: log)
    /// ```
    ///
    /// For each task that was not expected the message says why it was executed, down to the file that changed; for each
    /// that was expected and not executed, what became of it instead. In a test that is not one of Swift Testing nothing
    /// is recorded anywhere: there, look at ``PIE/EventLog/difference(from:)``.
    ///
    /// - Parameters:
    ///   - expectation: The executions: a list for exactly these in any order, or another ``ExecutionExpectation``.
    ///   - log: The log, or a part of it such as ``PIE/EventLog/lastSession``.
    ///   - comment: What to say in addition when the expectation fails.
    ///   - sourceLocation: Where to record it.
    public func expectExecuted(
        _ expectation: ExecutionExpectation,
        in log: EventLog,
        _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard let difference = log.difference(from: expectation) else { return }
        record("\(difference)", comment, sourceLocation)
    }

    /// Requires a task incrementally and from scratch, expects the same from both, and otherwise records what differs.
    ///
    /// ``PIE/Pie/comparisonWithScratch(session:scratch:)`` says what is compared, and that the directory stays as it is.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - pie: The incremental build; none of its sessions may be under way.
    ///   - comment: What to say in addition when the expectation fails.
    ///   - sourceLocation: Where to record it.
    /// - Returns: The output of the incremental build.
    /// - Throws: The error of the incremental build, also when the run from scratch ends with the same.
    @discardableResult
    public func expectSameAsFromScratch<T: IncrementalTask>(
        _ task: T,
        in pie: Pie,
        _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> T.Output {
        let comparison = try await pie.comparisonWithScratch(of: task)
        if !comparison.isSame { record("\(task):\n\(comparison)", comment, sourceLocation) }
        return try comparison.incremental.get()
    }

    /// Does something in a session and from scratch, expects the same from both, and otherwise records what differs.
    ///
    /// ``PIE/Pie/comparisonWithScratch(session:scratch:)`` says what is compared, and that the directory stays as it is.
    ///
    /// - Parameters:
    ///   - pie: The incremental build; none of its sessions may be under way.
    ///   - comment: What to say in addition when the expectation fails.
    ///   - sourceLocation: Where to record it.
    ///   - session: What to do in a session: requirements, or an update and then requirements.
    ///   - scratch: The same from scratch.
    /// - Returns: What `session` returns.
    /// - Throws: The error of the incremental build, also when the run from scratch ends with the same.
    @discardableResult
    public func expectSameAsFromScratch<R: Equatable & Sendable>(
        in pie: Pie,
        _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation,
        session: (Session) async throws -> R,
        scratch: (NonIncrementalContext) async throws -> R
    ) async throws -> R {
        let comparison = try await pie.comparisonWithScratch(session: session, scratch: scratch)
        if !comparison.isSame { record("\(comparison)", comment, sourceLocation) }
        return try comparison.incremental.get()
    }

    /// Expects that the outcome of tasks is a function of what their contexts answer, and otherwise records what else it
    /// depends on: chance, or files that they look at behind their contexts' backs.
    ///
    /// ```swift
    /// try await pie.session { try await $0.require(Total()) }
    /// try await expectNoHiddenInputs(of: log.executed, in: workspace)
    /// ```
    ///
    /// ``TemporaryWorkspace/hiddenInputs(of:with:)`` says how they are found, and what is not.
    ///
    /// - Parameters:
    ///   - tasks: The tasks; those that they require are looked at as well.
    ///   - workspace: The folder that they work in, whose files are altered meanwhile.
    ///   - pie: The build whose inputs and unsaved buffers tasks read; its root must be the workspace.
    ///   - sourceLocation: Where to record it.
    /// - Throws: As ``TemporaryWorkspace/hiddenInputs(of:with:)``.
    public func expectNoHiddenInputs(
        of tasks: [AnyTask],
        in workspace: TemporaryWorkspace,
        with pie: Pie? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for hidden in try await workspace.hiddenInputs(of: tasks, with: pie) {
            record("\(hidden)", nil, sourceLocation)
        }
    }

    private func record(_ message: String, _ comment: Comment?, _ sourceLocation: SourceLocation) {
        let text = comment.map { "\($0)\n\(message)" } ?? message
        Issue.record(Comment(rawValue: text), sourceLocation: sourceLocation)
    }
#endif
