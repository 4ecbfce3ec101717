import PIE

extension Oracle {
    /// What a `Pie` should know between sessions, as the model keeps it.
    struct Memory {
        /// What the last success of each task recorded.
        var records: [Int: Record] = [:]

        /// What each task asked for whose last attempt did not succeed.
        var attempts: [Int: Record] = [:]

        /// The task that each file is left by.
        var providers: [File: Int] = [:]

        /// The files that nobody provides any more, and what their last providers left.
        var orphans: [File: Stamp] = [:]

        /// Files that an execution wrote which was not committed: whose they are is not said.
        var uncertain: Set<File> = []

        /// Tasks of which nobody knows what the store has of them: a process died.
        var doubtful: Set<Int> = []

        /// The tasks that the host certainly required.
        var roots: Set<Int> = []
        /// The tasks that the host has ceased to observe in the present step, be it for a moment.
        var unobserved: Set<Int> = []

        /// The tasks that the host required, or was about to.
        var possibleRoots: Set<Int> = []

        /// The tasks that updates may run, by all that is known: what the host observes, and what that is recorded to
        /// require, by its last successes and attempts.
        var observed: Set<Int> {
            below(possibleRoots) { Set((records[$0]?.required ?? []) + (attempts[$0]?.required ?? [])) }
        }

        private func below(_ tasks: Set<Int>, by required: (Int) -> Set<Int>) -> Set<Int> {
            var found: Set<Int> = []
            var open = Array(tasks)
            while let task = open.popLast() {
                if found.insert(task).inserted { open += required(task) }
            }
            return found
        }

        // MARK: What must run

        /// Why a task must be executed, if so.
        enum Necessity: Equatable {
            case needless
            case perhaps
            case new
            case version
            case broken(Dependency, isFailure: Bool)
        }

        /// Whether a task has to be executed to be consistent (R3): it has no record, or something it saw is not so.
        ///
        /// - Parameters:
        ///   - task: The task.
        ///   - evaluation: What everything is in the present state; it is led on where a record reaches further.
        ///   - disk: The files when the session began.
        /// - Returns: Whether it has to be, and why.
        func necessity(of task: Int, by evaluation: Evaluation, disk: Disk) async -> Necessity {
            if doubtful.contains(task) { return .perhaps }
            guard let record = records[task] else { return .new }
            if record.version != evaluation.version { return .version }
            var isUncertain = false
            for dependency in record.dependencies {
                let seen = record.stamps[dependency]
                let present: Stamp
                switch dependency {
                case .file, .disk, .listing: present = evaluation.disk.stamp(of: dependency) ?? .none
                case .input(let number): present = .setting(evaluation.inputs[number])
                case .variable(let number): present = .setting(evaluation.variables[number])
                case .task(let other, let view):
                    switch await evaluation.outcome(of: other) {
                    case .value(let value): present = .number(view.stamp(value))
                    case .failed: return isUncertain ? .perhaps : .broken(dependency, isFailure: true)
                    }
                case .provided(let file):
                    if uncertain.contains(file) {
                        isUncertain = true
                        continue
                    }
                    present = providers[file] == task ? disk.stamp(of: file, by: .content) : .none
                }
                if !present.matches(seen) {
                    return isUncertain ? .perhaps : .broken(dependency, isFailure: seen == .failed)
                }
            }
            return isUncertain ? .perhaps : .needless
        }

        // MARK: What happened

        /// Takes in that the host observes a task, or does not any more.
        mutating func observe(_ task: Int, _ isObserved: Bool) {
            if isObserved {
                roots.insert(task)
                possibleRoots.insert(task)
            } else {
                roots.remove(task)
                possibleRoots.remove(task)
                unobserved.insert(task)
            }
        }

        /// Takes in that tasks were forgotten.
        mutating func forget(_ tasks: Set<Int>) {
            for task in tasks {
                for file in records[task]?.provided ?? [] where providers[file] == task { orphan(file, of: task) }
                records[task] = nil
                attempts[task] = nil
            }
            doubtful.subtract(tasks)
            providers = providers.filter { !tasks.contains($0.value) }
        }

        /// Takes in that a task does not provide a file any more.
        private mutating func orphan(_ file: File, of task: Int) {
            providers[file] = nil
            orphans[file] = records[task]?.stamps[.provided(file)]
        }

        /// The tasks that are certainly kept up to date: how far an attempt came is not certain.
        var certainlyObserved: Set<Int> {
            below(roots) { doubtful.contains($0) ? [] : Set(records[$0]?.required ?? []) }
        }

        /// Takes in what a session did.
        mutating func learn(_ sighting: Sighting, from evaluation: Evaluation, writers: [File: Set<Int>]) {
            let executed = Set(sighting.executed)
            for (task, _) in sighting.executing where !executed.contains(task) {
                var attempt = evaluation.record(of: task)
                if doubtful.contains(task) {
                    // What may have been recorded before a process died may be so still.
                    for dependency in attempts[task]?.dependencies ?? [] { attempt.add(dependency, .failed) }
                }
                attempts[task] = attempt
            }
            doubtful.subtract(executed)
            for task in sighting.executed {
                let record = evaluation.record(of: task)
                for file in (records[task]?.provided ?? []).subtracting(record.provided) where providers[file] == task {
                    orphan(file, of: task)
                }
                for file in record.provided {
                    providers[file] = task
                    orphans[file] = nil
                    uncertain.remove(file)
                }
                records[task] = record
                attempts[task] = nil
            }
            for (file, tasks) in writers
            where tasks.contains(where: { !executed.contains($0) && providers[file] != $0 }) {
                uncertain.insert(file)
            }
        }
    }
}
