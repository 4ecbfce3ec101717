import PIE

extension Oracle.Memory {
    /// Takes in that what a session did may have been lost, all of it or its end, when the process died.
    ///
    /// - Parameters:
    ///   - before: What was known before the session and the edits in front of it.
    ///   - executing: The tasks that the session executed, or began to.
    mutating func doubt(since before: Self, _ executing: Set<Int>) {
        let known = Set(before.records.keys).union(before.attempts.keys)
        let lost = known.filter { records[$0] == nil && (before.records[$0] != nil || attempts[$0] == nil) }
        doubtful.formUnion(executing)
        doubtful.formUnion(lost)
        for task in lost { records[task] = before.records[task] }
        for task in doubtful {
            var everything = Oracle.Record()
            for record in [records[task], attempts[task], before.records[task], before.attempts[task]] {
                for dependency in record?.dependencies ?? [] { everything.add(dependency, .failed) }
            }
            attempts[task] = everything
            uncertain.formUnion(everything.provided)
        }
        for (file, _) in before.providers where providers[file] != before.providers[file] { uncertain.insert(file) }
        for file in Set(before.orphans.keys).union(orphans.keys) where orphans[file] != before.orphans[file] {
            uncertain.insert(file)
        }
        possibleRoots.formUnion(before.possibleRoots)
        // One that was not observed in between may have been left so.
        roots.formIntersection(before.roots.subtracting(unobserved))
    }

    /// Takes in that tasks were found to be consistent without being executed: what they record is what they would.
    ///
    /// Those that look at times stay in doubt: a record that was made under a buffer has none, and holds all the same.
    mutating func clear(_ tasks: some Sequence<Int>, by evaluation: Oracle.Evaluation) {
        for task in tasks where doubtful.contains(task) {
            let record = evaluation.record(of: task)
            if record.looksAtTimes { continue }
            doubtful.remove(task)
            records[task] = record
            attempts[task] = nil
            for file in record.provided {
                providers[file] = task
                orphans[file] = nil
                uncertain.remove(file)
            }
        }
    }
}
