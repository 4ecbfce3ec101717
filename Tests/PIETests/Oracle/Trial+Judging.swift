@testable import PIE

extension Oracle.Trial {
    private typealias Evaluation = Oracle.Evaluation
    private typealias Discrepancy = Oracle.Discrepancy

    /// Judges a session, and takes in what it did.
    ///
    /// - Returns: Whether nothing failed and nothing was interrupted.
    /// - Throws: A ``Oracle/Discrepancy``.
    func judge(
        _ plan: Oracle.Conductor.Plan,
        _ result: Oracle.Conductor.Result,
        _ events: some Sequence<BuildEvent>,
        isInterrupted: Bool = false,
        isSucceeded: Bool = false
    ) async throws -> Bool {
        let sighting = Oracle.Sighting(events)
        let kept = memory.roots
        learnRoots(plan, result)
        // What must have been reached, and what may have been.
        let evaluation = await evaluate(plan, plan.isUpdate ? memory.roots : [], goesOn: history.keepGoing)
        let wide = try await evaluateWidely(plan)
        if let objection = evaluation.objection ?? wide.objection { throw Oracle.InvalidProgram(text: objection) }
        // An update may execute a task before the one that does not need it any more, and that one whatever it asks for.
        let others = plan.isUpdate ? Set(memory.records.keys).union(memory.attempts.keys) : []
        let present = others.reduce(into: memory.possibleRoots) { $0.formUnion(program.reach(of: $1)) }
        let leniency = Oracle.Leniency(program, wide, present, isUpdate: plan.isUpdate)
        let isClean = wide.isClean && leniency.suspects.isEmpty && !isInterrupted
        let isSequential = history.jobs == 1 && !history.keepGoing && !wide.foundCycle && plan.isSequential
        let isExact =
            isClean
            || isSequential && !isInterrupted && (!plan.isUpdate || result.didUpdate)
                && leniency.allowsExactness(plan)

        try judgeBuffers(events)
        let before = memory
        memory.lapse(leniency.lapses, program)
        try compareOutcomes(plan, result, wide, leniency, isExact: isExact, isInterrupted: isInterrupted)
        if !isInterrupted && !isSucceeded { try expectConflict(in: evaluation, result) }
        // The same evaluation, led on to where the records reach.
        let further = Evaluation(copying: wide)
        if !leniency.isLoose {
            try await compareExecutions(sighting, plan, evaluation, further, isExact: isExact)
        }
        // After a successor outputs may be the successor's.
        if result.didUpdate && !isSucceeded {
            try checkUpdate(of: kept, result, wide, leniency, isInterrupted: isInterrupted)
        }
        if let task = sighting.repeated {
            throw Discrepancy(kind: .twice, text: "task \(task) is executed twice")
        }
        if !isSucceeded {
            try compareOutputs(sighting, further, leniency)
            if !isSuperseding { try comparePrevious() }
        }
        executing.formUnion(sighting.executing.map(\.task))
        try takeIn(sighting, further, certain: evaluation, isClean: isClean)
        if leniency.isLoose {
            memory.doubt(leniency.users.union(sighting.executing.map(\.task)), since: before, program)
        }
        return isClean
    }

    private func learnRoots(_ plan: Oracle.Conductor.Plan, _ result: Oracle.Conductor.Result) {
        if plan.observes {
            memory.possibleRoots.formUnion(plan.roots)
            for (root, outcome) in result.outcomes where !outcome.isCancellation { memory.roots.insert(root) }
        }
        // An update that has returned, or was cancelled, forgets nothing that it was told of.
        if result.didUpdate || result.updateError is CancellationError {
            untold = []
            if plan.detects { isEnvironmentUntold = false }
        }
        if plan.isUpdate { hasUpdated = true }
    }

    private func evaluate(
        _ plan: Oracle.Conductor.Plan,
        _ roots: Set<Int>,
        goesOn: Bool,
        isWide: Bool = false
    ) async -> Evaluation {
        let evaluation = Evaluation(program, over: disk, inputs: inputs, variables: variables, goesOn: goesOn)
        for root in roots.sorted() { _ = await evaluation.outcome(of: root) }
        for root in plan.roots {
            let outcome = await evaluation.outcome(of: root)
            if plan.stopsAtFailure && !isWide && outcome.value == nil { break }
        }
        return evaluation
    }

    /// What may have been reached.
    ///
    /// With several jobs the members of a group may be started whose first has failed, or may not.
    ///
    /// - Throws: ``Oracle/InvalidProgram`` if there is a cycle or not, depending on that.
    private func evaluateWidely(_ plan: Oracle.Conductor.Plan) async throws -> Evaluation {
        let roots = plan.isUpdate ? memory.possibleRoots : []
        let isCertain = history.keepGoing || history.jobs == 1 && plan.isSequential
        let goesOn = history.keepGoing || !isCertain
        let wide = await evaluate(plan, roots, goesOn: goesOn, isWide: true)
        if wide.foundCycle && !isCertain {
            let narrow = await evaluate(plan, roots, goesOn: false, isWide: true)
            if !narrow.foundCycle { throw Oracle.InvalidProgram(text: "a cycle depends on how far a group goes on") }
        }
        return wide
    }

    // MARK: Buffers

    /// Of buffers over files that tasks have provided, a session begins with saying that they are ignored (R17).
    private func judgeBuffers(_ events: some Sequence<BuildEvent>) throws {
        guard events.contains(where: { if case .sessionBegan = $0 { true } else { false } }) else { return }
        let ignored = Set(events.compactMap { if case .bufferIgnored(let file, _) = $0 { file } else { nil } })
        for file in disk.buffers.keys.sorted(by: { $0.path < $1.path }) {
            let isProvided = memory.providers[file] != nil && !memory.uncertain.contains(file)
            if isProvided && !ignored.contains(file) {
                throw Discrepancy(kind: .buffer, text: "the buffer over \(file.path) is ignored, and no event says so")
            }
            if !program.generated.contains(file) && ignored.contains(file) {
                throw Discrepancy(kind: .buffer, text: "the buffer over \(file.path) is said to be ignored")
            }
        }
    }

    // MARK: Outcomes

    private func compareOutcomes(
        _ plan: Oracle.Conductor.Plan,
        _ result: Oracle.Conductor.Result,
        _ wide: Evaluation,
        _ leniency: Oracle.Leniency,
        isExact: Bool,
        isInterrupted: Bool
    ) throws {
        let expected = wide.outcomes
        for (root, outcome) in result.outcomes.sorted(by: { $0.key < $1.key }) {
            if isInterrupted && outcome.isCancellation { continue }
            if !isExact && leniency.isTainted(root) {
                guard case .failed(let error) = outcome, !leniency.allows(error) else { continue }
                throw Discrepancy(kind: .conflict, text: "task \(root) fails, and cannot fail so: \(error)")
            }
            guard let wanted = expected[root], agree(outcome, wanted, leniency, isExact: isExact) else {
                let text = "task \(root) gives \(outcome), expected \(expected[root].map { "\($0)" } ?? "nothing")"
                throw Discrepancy(kind: .outcome, text: text)
            }
        }
        if let error = result.groupError, !isInterrupted, !leniency.isLoose,
            plan.roots.allSatisfy({ expected[$0]?.value != nil })
        {
            throw Discrepancy(kind: .outcome, text: "the group fails: \(error)")
        }
        if let error = result.updateError, !isInterrupted, !leniency.isLoose,
            memory.possibleRoots.allSatisfy({ expected[$0]?.value != nil })
        {
            throw Discrepancy(kind: .update, text: "the update fails and no root does: \(error)")
        }
    }

    /// After an update that returned, what it kept up to date is as it should be, and requiring it executes nothing.
    private func checkUpdate(
        of kept: Set<Int>,
        _ result: Oracle.Conductor.Result,
        _ evaluation: Evaluation,
        _ leniency: Oracle.Leniency,
        isInterrupted: Bool
    ) throws {
        let expected = evaluation.outcomes
        for root in kept.sorted() where !leniency.isTainted(root) {
            let value = pie.lastOutput(of: task(root))
            if value != expected[root]?.value || value == nil {
                let text =
                    "the update leaves \(value.map { "\($0)" } ?? "nothing") of task \(root), "
                    + "expected \(expected[root].map { "\($0)" } ?? "nothing")"
                throw Discrepancy(kind: .update, text: text)
            }
        }
        let late = stage.starts.values.reduce(0, +) - result.startsInUpdate
        if late > 0 && !isInterrupted && !isSuperseding && !leniency.isLoose && kept == memory.possibleRoots {
            throw Discrepancy(kind: .update, text: "\(late) executions after the update")
        }
    }

    private func agree(
        _ outcome: Oracle.Outcome,
        _ expected: Oracle.Outcome,
        _ leniency: Oracle.Leniency,
        isExact: Bool
    ) -> Bool {
        switch (outcome, expected) {
        case (.value(let value), .value(let wanted)): return value == wanted
        case (.failed(let error), .failed(let wanted)):
            if isExact && wanted is Oracle.Conflict {
                return Oracle.Conflict(error).map(leniency.conflicts.contains) ?? false
            }
            guard isExact, let wanted = wanted as? Oracle.Failure else {
                return !(error is CancellationError) && (leniency.isLoose || Oracle.Conflict(error) == nil)
            }
            return error as? Oracle.Failure == wanted
        default: return false
        }
    }

    // MARK: What is left

    private func compareOutputs(
        _ sighting: Oracle.Sighting,
        _ evaluation: Evaluation,
        _ leniency: Oracle.Leniency
    ) throws {
        for number in sighting.executed where !leniency.isTainted(number) {
            // One that only an update has reached, for nobody: it is not evaluated where executions are not compared.
            if leniency.isLoose && evaluation.outcomes[number] == nil { continue }
            let value = pie.lastOutput(of: task(number))
            guard let value, value == evaluation.outcomes[number]?.value else {
                let expected = evaluation.outcomes[number].map { "\($0)" } ?? "nothing"
                let text =
                    "task \(number) is executed and gives \(value.map { "\($0)" } ?? "nothing"), expected \(expected)"
                throw Discrepancy(kind: .outcome, text: text)
            }
        }
    }

    /// What a task was told it gave before is what it gave before this session, by this version.
    private func comparePrevious() throws {
        for (task, output) in stage.previous where !memory.doubtful.contains(task) {
            let record = memory.records[task]
            let expected = record?.version == Oracle.version ? record?.output : nil
            guard output != expected else { continue }
            throw Discrepancy(
                kind: .outcome,
                text: "task \(task) is told that it gave \(output.map { "\($0)" } ?? "nothing") before, "
                    + "expected \(expected.map { "\($0)" } ?? "nothing")"
            )
        }
    }

    private func takeIn(
        _ sighting: Oracle.Sighting,
        _ evaluation: Evaluation,
        certain: Evaluation,
        isClean: Bool
    ) throws {
        let numbers = try folder.numbers(in: program.generated)
        if isClean {
            for (file, _) in certain.written where numbers[file] != certain.disk[file] {
                let text = "\(file.path) has \(numbers[file] ?? -1), expected \(certain.disk[file] ?? -1)"
                throw Discrepancy(kind: .file, text: text)
            }
        }
        memory.learn(sighting, from: evaluation, writers: stage.writers)
        if isClean && !memory.doubtful.isEmpty { memory.clear(certain.outcomes.keys, by: certain) }
        for file in program.generated { adopt(numbers[file], of: file) }
    }
}

extension Oracle.Conductor.Plan {
    /// Whether what is required, is required one after the other.
    fileprivate var isSequential: Bool { if case .require(_, .atOnce) = self { false } else { true } }
}
