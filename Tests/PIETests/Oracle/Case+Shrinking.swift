extension Oracle.Case {
    /// Looks for a smaller case with a discrepancy of the same kind.
    ///
    /// - Parameters:
    ///   - discrepancy: The discrepancy of this case.
    ///   - attempts: How many cases to try.
    /// - Returns: The smallest case that was found, and its discrepancy.
    /// - Throws: What keeps a trial from being set up.
    func shrunk(
        _ discrepancy: Oracle.Discrepancy,
        attempts: Int
    ) async throws -> (case: Oracle.Case, discrepancy: Oracle.Discrepancy) {
        var best = (case: self, discrepancy: discrepancy)
        var left = attempts
        var isShrinking = true
        while isShrinking {
            isShrinking = false
            for candidate in best.case.smaller {
                guard left > 0 else { return best }
                left -= 1
                if let found = try await candidate.run().discrepancy, found.kind == discrepancy.kind {
                    best = (candidate, found)
                    isShrinking = true
                    break
                }
            }
        }
        return best
    }

    /// All cases with one thing less.
    private var smaller: [Oracle.Case] {
        var cases: [Oracle.Case] = []
        func add(_ change: (inout Oracle.Case) -> Void) {
            var smaller = self
            change(&smaller)
            if smaller != self { cases.append(smaller) }
        }
        for step in history.steps.indices.reversed() { add { $0.history.steps.remove(at: step) } }
        for task in program.tasks.indices.reversed() { add { $0.program.tasks[task] = [] } }
        for (index, step) in history.steps.enumerated() {
            for edit in step.edits.indices { add { $0.history.steps[index].edits.remove(at: edit) } }
            for action in step.action.smaller { add { $0.history.steps[index].action = action } }
        }
        for (task, code) in program.tasks.enumerated() {
            for less in code.smaller { add { $0.program.tasks[task] = less } }
        }
        add { $0.history.keepGoing = false }
        add { $0.history.jobs = 1 }
        return cases
    }
}

extension Oracle.Action {
    fileprivate var smaller: [Oracle.Action] {
        switch self {
        case .require(let roots, let manner):
            return roots.count < 2 ? [] : roots.indices.map { .require(roots.without($0), manner) }
        case .update(let naming, requiringAll: true): return [.update(naming, requiringAll: false)]
        case .update, .demand, .collectGarbage: return []
        case .cancelled(let action, _): return [action]
        case .superseded(let action, _, _, by: let next): return [action, next]
        }
    }
}

extension [Oracle.Instruction] {
    fileprivate var smaller: [[Oracle.Instruction]] {
        indices.flatMap { index -> [[Oracle.Instruction]] in
            [without(index)] + self[index].smaller.map { Array(self[..<index]) + $0 + Array(self[(index + 1)...]) }
        }
    }
}

extension Oracle.Instruction {
    /// What may stand in its place.
    fileprivate var smaller: [[Oracle.Instruction]] {
        switch self {
        case .branch(let yes, let no):
            return [yes, no] + yes.smaller.map { [.branch($0, no)] } + no.smaller.map { [.branch(yes, $0)] }
        case .all(let tasks, let isBoxed):
            return tasks.count < 2 ? [] : tasks.indices.map { [.all(tasks.without($0), isBoxed: isBoxed)] }
        case .pair(let first, let second), .together(let first, let second):
            return [[.require(first, .whole)], [.require(second, .whole)]]
        case .choose(let tasks):
            return tasks.count < 2 ? [] : tasks.indices.map { [.choose(tasks.without($0))] }
        default: return []
        }
    }
}

extension Array {
    fileprivate func without(_ index: Int) -> [Element] {
        var less = self
        less.remove(at: index)
        return less
    }
}
