import PIE

extension Oracle {
    /// What the events of a session say about its tasks.
    struct Sighting {
        /// The executions that began, and why.
        private(set) var executing: [(task: Int, reason: ExecutionReason)] = []

        /// The tasks whose outputs were committed.
        private(set) var executed: [Int] = []

        private(set) var failed: [Int] = []

        init(_ events: some Sequence<BuildEvent>) {
            for event in events {
                guard let task = event.task?.as(OracleTask.self)?.number else { continue }
                switch event {
                case .executing(_, let reason): executing.append((task, reason))
                case .executed: executed.append(task)
                case .failed: failed.append(task)
                default: break
                }
            }
        }

        /// A task that was executed to its end twice.
        var repeated: Int? {
            var seen: Set<Int> = []
            return (executed + failed).first { !seen.insert($0).inserted }
        }
    }
}
