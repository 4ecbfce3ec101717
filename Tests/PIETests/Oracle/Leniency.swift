@testable import PIE

extension Oracle {
    /// What cannot be said of a session in which tasks broke R10 and R11, or may have.
    struct Leniency {
        let conflicts: Set<Conflict>

        /// What may be a conflict or none, since it depends on what an earlier session has left.
        let suspects: [FileLaw.Access]

        /// The files that tasks took away from others which may have had them.
        let lapses: [FileLaw.Access]

        /// The tasks that may have to do with any of this.
        let users: Set<Int>

        private let program: Program
        private let law: FileLaw
        private let hasRivals: Bool
        private let foundCycle: Bool

        /// - Parameters:
        ///   - program: What the tasks may do.
        ///   - evaluation: What comes of them from scratch.
        ///   - present: The tasks that may be executed although nobody has come to them from scratch.
        ///   - isUpdate: Whether tasks are executed from below.
        init(_ program: Program, _ evaluation: Evaluation, _ present: Set<Int>, isUpdate: Bool) {
            self.program = program
            law = evaluation.fileLaw
            foundCycle = evaluation.foundCycle
            conflicts = law.conflicts
            suspects = law.suspects(after: evaluation.outcomes, present)
            users = law.users(of: law.files(suspects))
            let early = law.accesses.filter(\.isEarly)
            hasRivals = early.contains { present.contains($0.other) }
            let taken = isUpdate ? early.union(law.accessesFromBelow) : early
            lapses = taken.filter { [law] access in law.writers[access.file]?.contains(access.other) ?? false }
        }

        /// Whether what came out depends on the order in which tasks came to their files.
        var isLoose: Bool { !conflicts.isEmpty || !suspects.isEmpty }

        /// Whether it is fixed all the same which task is told of a conflict.
        func allowsExactness(_ plan: Conductor.Plan) -> Bool {
            !isLoose || suspects.isEmpty && !hasRivals && !plan.isUpdate
        }

        /// Whether what comes out of a task is not fixed.
        func isTainted(_ task: Int) -> Bool { isLoose && !program.reach(of: task).isDisjoint(with: users) }

        /// Whether a task may fail so.
        func allows(_ error: any Error) -> Bool {
            if let conflict = Conflict(error) {
                return conflict.isPossible(readers: law.readers, writers: law.writers)
            }
            switch (error as? BuildError)?.kind {
            case .failures(let errors): return errors.allSatisfy(allows)
            // Where a conflict ends a task from scratch, it may have gone on before the other one was there.
            case .cycle: return foundCycle || isLoose && program.mayHaveCycle
            default: return error is Failure || error is CancellationError
            }
        }
    }
}

extension Oracle.Trial {
    /// A conflict that a build from scratch finds is found by this one.
    ///
    /// Not where two tasks ran at once, one of which might fail by itself before the other was done: then it is not judged.
    func expectConflict(in evaluation: Oracle.Evaluation, _ result: Oracle.Conductor.Result) throws {
        let conflicts = evaluation.fileLaw.conflicts
        let succeeds =
            result.groupError == nil && result.updateError == nil
            && result.outcomes.values.allSatisfy { $0.value != nil }
        guard !conflicts.isEmpty && succeeds else { return }
        if history.jobs > 1 && conflicts.allSatisfy({ $0.tasks.contains(where: program.mayFail) }) { return }
        throw Oracle.Discrepancy(kind: .conflict, text: "nothing fails, and from scratch there are \(conflicts)")
    }
}

extension Oracle.Memory {
    /// Takes in that the claims of tasks to files may have lapsed.
    mutating func lapse(_ accesses: [Oracle.FileLaw.Access], _ program: Oracle.Program) {
        if accesses.isEmpty { return }
        doubt(Set(accesses.map(\.other)), since: self, program)
        uncertain.formUnion(accesses.map(\.file))
    }

    /// Takes in that it is not known what some tasks came to.
    ///
    /// - Parameters:
    ///   - tasks: The tasks.
    ///   - before: What was known before the session.
    ///   - program: What the tasks may ask for and write.
    mutating func doubt(_ tasks: Set<Int>, since before: Self, _ program: Oracle.Program) {
        let writers = program.writers
        for task in tasks {
            let known = [records[task], attempts[task], before.records[task], before.attempts[task]].compactMap { $0 }
            if known.isEmpty { continue }
            doubtful.insert(task)
            var everything = Oracle.Record()
            for record in known {
                for dependency in record.dependencies { everything.add(dependency, .failed) }
            }
            for other in program.mentioned(by: task) { everything.add(.task(other, .whole), .failed) }
            attempts[task] = everything
            uncertain.formUnion(writers.filter { $0.value.contains(task) }.keys)
        }
    }
}
