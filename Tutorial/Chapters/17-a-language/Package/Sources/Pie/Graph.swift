/// Which tasks there are, what they returned, and what they used.
struct Graph: Sendable {
    private var records: [AnyTask: Record] = [:]
    private var providers: [File: AnyTask] = [:]
    private var readers: [File: Set<AnyTask>] = [:]
    private var requirers: [AnyTask: Set<AnyTask>] = [:]
    /// In which order tasks were first executed.
    private(set) var numbers: [AnyTask: Int] = [:]
    private var nextNumber = 0
    /// How high tasks stand, each higher than all that it requires; changed by `raise` alone.
    var levels: [AnyTask: Int] = [:]
    /// Tasks that a change has reached and that were not made consistent since.
    var scheduled: Set<AnyTask> = []
    /// Tasks that the host has required and not given up.
    var roots: Set<AnyTask> = []

    /// What is remembered of a task, or `nil` if it was never executed.
    subscript(task: AnyTask) -> Record? { records[task] }

    /// The task that provides a file, if there is one.
    func provider(of file: File) -> AnyTask? { providers[file] }

    /// The tasks that have read a file, the oldest first.
    func readers(of file: File) -> [AnyTask] { sorted(readers[file] ?? []) }

    /// The tasks that have required a task, the oldest first.
    func requirers(of task: AnyTask) -> [AnyTask] { sorted(requirers[task] ?? []) }

    private func sorted(_ tasks: Set<AnyTask>) -> [AnyTask] {
        tasks.sorted { numbers[$0, default: .max] < numbers[$1, default: .max] }
    }

    /// Replaces all that is remembered of a task.
    mutating func commit(_ record: Record, of task: AnyTask) {
        removeRecord(of: task)
        records[task] = record
        if numbers[task] == nil {
            numbers[task] = nextNumber
            nextNumber += 1
        }
        for dependency in record.dependencies {
            switch dependency {
            case .file(let file): readers[file.file, default: []].insert(task)
            case .provided(let file): providers[file.file] = task
            case .task(let required): requirers[required.task, default: []].insert(task)
            }
        }
        raise(task)
    }

    /// Forgets what is remembered of a task.
    mutating func remove(_ task: AnyTask) {
        removeRecord(of: task)
        // Nothing is known any more of those that require it.
        scheduled.insert(task)
    }

    /// Forgets that there ever was a task.
    mutating func forget(_ task: AnyTask) {
        removeRecord(of: task)
        scheduled.remove(task)
        numbers[task] = nil
        levels[task] = nil
        requirers[task] = nil
    }

    private mutating func removeRecord(of task: AnyTask) {
        guard let record = records.removeValue(forKey: task) else { return }
        for dependency in record.dependencies {
            switch dependency {
            case .file(let file): readers[file.file]?.remove(task)
            case .provided(let file): if providers[file.file] == task { providers[file.file] = nil }
            case .task(let required): requirers[required.task]?.remove(task)
            }
        }
    }
}

extension Graph {
    /// The tasks that a task required, in the order of asking.
    func tasksRequired(by task: AnyTask) -> [AnyTask] {
        let dependencies = records[task]?.dependencies ?? []
        return dependencies.compactMap { dependency in
            // Who failed was asked, but nothing of it was used.
            guard case .task(let required) = dependency, required.output != nil else { return nil }
            return required.task
        }
    }

    /// Whether a task requires another one, directly or through others.
    func requires(_ task: AnyTask, _ other: AnyTask) -> Bool {
        allRequired(by: task).contains(other)
    }

    /// All tasks that a task requires, directly or through others.
    private func allRequired(by task: AnyTask) -> Set<AnyTask> {
        var found: Set<AnyTask> = []
        var waiting = [task]
        while let next = waiting.popLast() {
            waiting += tasksRequired(by: next).filter { found.insert($0).inserted }
        }
        return found
    }
}
