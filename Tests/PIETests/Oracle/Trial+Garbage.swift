@testable import PIE

extension Oracle.Trial {
    /// Collects garbage, and judges what is forgotten and deleted.
    func collectGarbage(deleting: Bool) async throws {
        let report = try await pie.collectGarbage(deletingProvidedFiles: deleting)
        let forgotten = Set(report.forgottenTasks.compactMap { $0.as(OracleTask.self)?.number })
        if let task = forgotten.intersection(memory.certainlyObserved).min() {
            throw Oracle.Discrepancy(kind: .garbage, text: "task \(task) is observed and forgotten")
        }
        let garbage = Set(memory.records.keys).subtracting(memory.observed).subtracting(memory.doubtful)
        if let task = garbage.subtracting(forgotten).min() {
            throw Oracle.Discrepancy(kind: .garbage, text: "task \(task) is not observed and not forgotten")
        }
        let numbers = try folder.numbers(in: program.generated)
        for file in program.generated {
            let isDeleted = disk[file] != nil && numbers[file] == nil
            if isDeleted != report.deletedFiles.contains(file) || (!isDeleted && disk[file] != numbers[file]) {
                throw Oracle.Discrepancy(kind: .garbage, text: "\(file.path) is not as the report says: \(report)")
            }
            if memory.doubtful.isEmpty { try judge(file, isDeleted: isDeleted, deleting: deleting, forgotten) }
        }
        memory.forget(forgotten)
        if deleting {
            // What is gone, or somebody's by now, is no orphan any more.
            for (file, left) in memory.orphans where numbers[file] == nil || left != disk.stamp(of: file, by: .content)
            {
                if !isInUse(file) { memory.orphans[file] = nil }
            }
        }
        for file in program.generated { adopt(numbers[file], of: file) }
    }

    private func judge(_ file: File, isDeleted: Bool, deleting: Bool, _ forgotten: Set<Int>) throws {
        let isInUse = isInUse(file, but: forgotten)
        if isDeleted && (!deleting || isInUse) {
            throw Oracle.Discrepancy(kind: .garbage, text: "\(file.path) is in use, and deleted")
        }
        if memory.uncertain.contains(file) { return }
        let provider = memory.providers[file].flatMap { forgotten.contains($0) ? memory.records[$0] : nil }
        let left = provider?.stamps[.provided(file)] ?? memory.orphans[file]
        let isEdited = left != disk.stamp(of: file, by: .content)
        if isDeleted && isEdited {
            throw Oracle.Discrepancy(kind: .garbage, text: "\(file.path) is not as a task has left it, and deleted")
        }
        if deleting && disk[file] != nil && !isInUse && !isEdited && !isDeleted {
            throw Oracle.Discrepancy(kind: .garbage, text: "\(file.path) is nobody's and not deleted")
        }
    }

    /// Whether a task provides a file, or reads it, that is not among those that are forgotten.
    private func isInUse(_ file: File, but forgotten: Set<Int> = []) -> Bool {
        memory.records.contains { !forgotten.contains($0.key) && $0.value.uses(file) }
    }
}

extension Oracle.Record {
    /// Whether a task provides a file, or reads it.
    fileprivate func uses(_ file: File) -> Bool {
        dependencies.contains { dependency in
            switch dependency {
            case .file(file, _), .disk(file), .provided(file): true
            case .listing(let listing): listing.shows(file)
            default: false
            }
        }
    }
}
