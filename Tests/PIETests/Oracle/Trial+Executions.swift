@testable import PIE

extension Oracle.Trial {
    /// Judges which tasks were executed, and why.
    ///
    /// - Parameters:
    ///   - sighting: What was executed.
    ///   - plan: What the host asked for.
    ///   - evaluation: What must have been reached.
    ///   - further: What may have been; it is led on to where records reach.
    ///   - isExact: Whether it is fixed what is executed, and for which reasons.
    /// - Throws: A ``Oracle/Discrepancy``.
    func compareExecutions(
        _ sighting: Oracle.Sighting,
        _ plan: Oracle.Conductor.Plan,
        _ evaluation: Oracle.Evaluation,
        _ further: Oracle.Evaluation,
        isExact: Bool
    ) async throws {
        let reached = Set(further.outcomes.keys)
        let observed = memory.observed
        var helpers: Set<Int> = []
        for (task, reason) in sighting.executing {
            if !reached.contains(task) {
                guard plan.isUpdate && observed.contains(task) || helpers.contains(task) else {
                    throw Oracle.Discrepancy(
                        kind: .tooMany,
                        text: "task \(task) is executed and nobody requires it: \(reason)"
                    )
                }
                _ = await further.outcome(of: task)
                helpers.formUnion(further.required(by: task))
            }
            if task == plan.forced { continue }
            let necessity = await memory.necessity(of: task, by: further, disk: disk)
            if necessity == .needless {
                throw Oracle.Discrepancy(kind: .tooMany, text: "task \(task) is executed needlessly: \(reason)")
            }
            if case .broken(let dependency, _) = necessity, case .dependency = reason,
                memory.records[task]?.unordered.contains(dependency) ?? false
            {
                // Of what was asked for at once either may be the first.
                continue
            }
            if isExact && !further.foundCycle && !necessity.agrees(with: reason) {
                throw Oracle.Discrepancy(kind: .reason, text: "task \(task): \(reason), expected \(necessity)")
            }
        }
        guard isExact else { return }
        let executed = Set(sighting.executing.map(\.task))
        if let task = plan.forced, !executed.contains(task) {
            throw Oracle.Discrepancy(kind: .tooFew, text: "task \(task) is not executed, though that is asked for")
        }
        for task in evaluation.outcomes.keys.sorted() where !executed.contains(task) {
            switch await memory.necessity(of: task, by: further, disk: disk) {
            case .needless, .perhaps: break
            case let necessity:
                throw Oracle.Discrepancy(kind: .tooFew, text: "task \(task) is not executed: \(necessity)")
            }
        }
    }
}

extension Oracle.Memory.Necessity {
    /// Whether an execution's recorded reason is this one.
    fileprivate func agrees(with reason: ExecutionReason) -> Bool {
        switch (self, reason) {
        case (.perhaps, _), (.new, .new), (.new, .lastRunFailed), (.version, .version): return true
        case (.broken(let dependency, let isFailure), .dependency(let change)):
            switch (dependency, change.target) {
            case (.task(let number, _), .task(let task)):
                return !isFailure && task.as(OracleTask.self)?.number == number
            case (.task(let number, _), .failed(let task)):
                return isFailure && task.as(OracleTask.self)?.number == number
            case (.disk(let file), .file(let other)), (.file(let file, _), .file(let other)),
                (.provided(let file), .provided(let other)):
                return file == other
            case (.listing, .resource), (.input, .resource), (.variable, .resource): return true
            default: return false
            }
        default: return false
        }
    }
}
