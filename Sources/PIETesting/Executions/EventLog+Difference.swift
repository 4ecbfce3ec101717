public import PIE

extension EventLog {
    /// Compares the executions in this log with those that are expected.
    ///
    /// - Parameter expectation: The expected executions.
    /// - Returns: How they differ, or `nil` if the log is as expected.
    /// - Complexity: O(*n*) where *n* is the number of events, and the length of the explanations.
    public func difference(from expectation: ExecutionExpectation) -> ExecutionDifference? {
        let events = events
        return BuildHistory(events).difference(from: expectation, isLogEmpty: events.isEmpty)
    }
}

extension BuildHistory {
    fileprivate func difference(from expectation: ExecutionExpectation, isLogEmpty: Bool) -> ExecutionDifference? {
        let counted = executions.filter { execution in
            guard let types = expectation.types else { return true }
            return types.contains(ObjectIdentifier(type(of: execution.task.base)))
        }
        let executed = counted.map(\.task)
        var expected: [AnyTask: Int] = [:]
        for task in expectation.tasks { expected[task, default: 0] += 1 }

        var surplus: [ExecutionDifference.Surplus] = []
        var missing: [ExecutionDifference.Absence] = []
        switch expectation.rule {
        case .exactly, .inOrder:
            surplus = surplusTasks(of: executed, beyond: expected)
            missing = missingTasks(of: expectation.tasks, expected)
        case .atLeast:
            missing = missingTasks(of: expectation.tasks, expected)
        case .noneOf:
            surplus = surplusTasks(of: executed.filter { expected[$0] != nil }, beyond: [:])
        }
        var misplaced: ExecutionDifference.Misplacement?
        if expectation.rule == .inOrder, surplus.isEmpty, missing.isEmpty {
            misplaced = Self.misplacement(in: executed, from: expectation.tasks)
        }
        if surplus.isEmpty && missing.isEmpty && misplaced == nil { return nil }
        return ExecutionDifference(
            surplus: surplus,
            missing: missing,
            misplaced: misplaced,
            executed: executed,
            unchanged: executions.filter { if case .executed(changed: false) = $0.end { true } else { false } }
                .map(\.task),
            failures: failures.map { "\($0.task): \($0.error)" },
            isLogEmpty: isLogEmpty
        )
    }

    private func surplusTasks(of executed: [AnyTask], beyond expected: [AnyTask: Int]) -> [ExecutionDifference.Surplus]
    {
        executed.uniqued.compactMap { task in
            let places = places[task] ?? []
            let count = expected[task] ?? 0
            if places.count <= count { return nil }
            return ExecutionDifference.Surplus(
                task: task,
                expected: count,
                explanations: places.map(explanation(ofExecution:))
            )
        }
    }

    private func missingTasks(of tasks: [AnyTask], _ expected: [AnyTask: Int]) -> [ExecutionDifference.Absence] {
        tasks.uniqued.compactMap { task in
            let executed = places[task]?.count ?? 0
            let count = expected[task] ?? 0
            if executed >= count { return nil }
            return ExecutionDifference.Absence(task: task, expected: count, executed: executed, cause: cause(of: task))
        }
    }

    /// Why a task was not executed, or not more often.
    private func cause(of task: AnyTask) -> ExecutionDifference.Cause {
        let marks = marks[task] ?? []
        if marks.contains(.reused) { return .reused }
        if marks.isEmpty { return .unvisited }
        return marks.isDisjoint(with: [.checking, .scheduled]) || places[task] != nil ? .answered : .interrupted
    }

    private static func misplacement(
        in executed: [AnyTask],
        from expected: [AnyTask]
    ) -> ExecutionDifference.Misplacement? {
        guard let index = executed.indices.first(where: { executed[$0] != expected[$0] }) else { return nil }
        return ExecutionDifference.Misplacement(index: index, expected: expected[index], executed: executed[index])
    }
}

extension [AnyTask] {
    /// The tasks, each once, in the order in which they come first.
    fileprivate var uniqued: [AnyTask] {
        var seen: Set<AnyTask> = []
        return filter { seen.insert($0).inserted }
    }
}
