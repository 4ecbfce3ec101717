extension StoreContents {
    /// The last execution of a task, and why it ran.
    package struct Execution: Hashable, Sendable {
        /// The task, as it prints itself if its type is known.
        package let task: String
        /// The type identifier of the task.
        package let type: String
        /// The number of the session.
        package let session: Int
        /// The kind of the reason: `new`, `version`, `lastRunFailed`, `forced`, or what did not hold: `task`, `failedTask`,
        /// `file`, `provided` or `resource`.
        package let reason: String
        /// The task, file or resource that the reason is about; nil if there is none.
        package let target: String?
        /// The reason in words.
        package let text: String
    }

    /// The last execution of each task, the latest session first, then by task.
    ///
    /// - Parameter session: The session; nil for all.
    /// - Returns: The executions.
    package func executions(in session: Int? = nil) -> [Execution] {
        let found = scan.tasks.filter { entry in
            entry.value.reason.kind != .none && (session == nil || Int(entry.value.reason.epoch) == session)
        }
        return found.map { execution(of: $0.key, $0.value) }.sorted {
            $0.session != $1.session ? $0.session > $1.session : ($0.type, $0.task) < ($1.type, $1.task)
        }
    }

    private func execution(of id: TaskID, _ task: StoreScan.Task) -> Execution {
        let target = target(of: task.reason)
        return Execution(
            task: name(of: id).text,
            type: typeIdentifier(of: id),
            session: Int(task.reason.epoch),
            reason: "\(task.reason.kind)",
            target: target,
            text: text(of: task, target ?? "")
        )
    }

    private func target(of reason: StoredReason) -> String? {
        switch reason.kind {
        case .none, .new, .version, .lastRunFailed, .forced: nil
        case .task, .failedTask: name(of: reason.target).text
        case .file, .provided, .resource: name(ofResource: reason.target).text
        }
    }

    private func text(of task: StoreScan.Task, _ target: String) -> String {
        switch task.reason.kind {
        case .none, .new: return "\(ExecutionReason.new)"
        case .lastRunFailed: return "\(ExecutionReason.lastRunFailed)"
        case .forced: return "\(ExecutionReason.forced)"
        case .version:
            let type = Int(task.key.type)
            let versions = type < scan.catalog.taskTypes.count ? scan.catalog.taskTypes[type].versions : []
            let (before, after) = (Int(task.reason.target), Int(task.madeBy))
            guard before < versions.count, after < versions.count else { return "another version" }
            return "\(ExecutionReason.version(from: versions[before], to: versions[after]))"
        case .task: return "the output of \(target) changed"
        case .failedTask: return "\(target) failed"
        case .file: return "the file \(target) changed"
        case .provided: return "the provided file \(target) is not as it was left"
        case .resource: return "\(target) changed"
        }
    }
}
