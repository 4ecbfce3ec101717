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
        for file in program.generated { adopt(numbers[file], of: file) }
    }

    private func judge(_ file: File, isDeleted: Bool, deleting: Bool, _ forgotten: Set<Int>) throws {
        let kept = memory.records.filter { !forgotten.contains($0.key) }
        let isInUse = kept.values.contains { $0.uses(file) }
        let provider = memory.providers[file]
        let left = provider.flatMap { memory.records[$0]?.stamps[.provided(file)] }
        let isEdited = left != disk.stamp(of: file, by: .content)
        if isDeleted && (!deleting || isInUse || (provider != nil && isEdited)) {
            throw Oracle.Discrepancy(kind: .garbage, text: "\(file.path) is in use or edited, and deleted")
        }
        guard deleting, let provider, forgotten.contains(provider), disk[file] != nil, !isInUse, !isEdited,
            !memory.uncertain.contains(file)
        else { return }
        if !isDeleted { throw Oracle.Discrepancy(kind: .garbage, text: "\(file.path) is nobody's and not deleted") }
    }
}

extension Oracle.Record {
    /// Whether a task provides a file, or reads it.
    fileprivate func uses(_ file: File) -> Bool {
        dependencies.contains { dependency in
            switch dependency {
            case .file(file, _), .disk(file), .provided(file): true
            default: false
            }
        }
    }
}
