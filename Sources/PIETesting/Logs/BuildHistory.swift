import PIE

/// What a list of events says about each task.
struct BuildHistory {
    /// An execution that is among the events.
    struct Execution {
        let task: AnyTask
        let reason: ExecutionReason
        var end: End
    }

    /// How an execution ended.
    enum End {
        case executed(changed: Bool)
        case failed
        case cancelled
        /// Not among the events.
        case unknown
    }

    /// What else happened to a task.
    struct Marks: OptionSet {
        let rawValue: Int

        static let required = Marks(rawValue: 1)
        static let scheduled = Marks(rawValue: 2)
        static let checking = Marks(rawValue: 4)
        static let reused = Marks(rawValue: 8)
    }

    /// The executions, in the order in which they began.
    private(set) var executions: [Execution] = []

    /// The places of each task's executions, in order.
    private(set) var places: [AnyTask: [Int]] = [:]

    private(set) var marks: [AnyTask: Marks] = [:]

    /// The tasks that failed and their errors, in the order in which they did.
    private(set) var failures: [(task: AnyTask, error: any Error)] = []

    /// Goes through events in their order.
    init(_ events: [BuildEvent]) {
        for event in events {
            switch event {
            case .required(let task, _): marks[task, default: []].insert(.required)
            case .scheduled(let task): marks[task, default: []].insert(.scheduled)
            case .checking(let task): marks[task, default: []].insert(.checking)
            case .reused(let task): marks[task, default: []].insert(.reused)
            case .executing(let task, let reason):
                places[task, default: []].append(executions.count)
                executions.append(Execution(task: task, reason: reason, end: .unknown))
            case .executed(let task, let changed): end(task, .executed(changed: changed))
            case .failed(let task, let error):
                end(task, .failed)
                failures.append((task, error))
            case .cancelled(let task): end(task, .cancelled)
            case .sessionBegan, .sessionEnded, .updateBegan, .updateEnded, .answered, .read, .provided, .orphaned,
                .bufferIgnored, .store:
                break
            }
        }
    }

    private mutating func end(_ task: AnyTask, _ end: End) {
        guard let place = places[task]?.last else { return }
        executions[place].end = end
    }

    /// Why an execution took place, down to the leaf that changed.
    func explanation(ofExecution place: Int) -> Explanation {
        let execution = executions[place]
        var chain: [Explanation.Link] = []
        var next: Int? = place
        while let place = next {
            let execution = executions[place]
            chain.append(Explanation.Link(task: execution.task, reason: execution.reason))
            next = cause(of: execution.reason, before: place)
        }
        let outcome: Explanation.Outcome = if case .failed = execution.end { .failed } else { .executed }
        return Explanation(task: execution.task, outcome: outcome, chain: chain)
    }

    /// The execution that a reason leads to: the last of the changed task that began before.
    private func cause(of reason: ExecutionReason, before place: Int) -> Int? {
        guard case .dependency(let change) = reason else { return nil }
        switch change.target {
        case .task(let task), .failed(let task): return places[task]?.last { $0 < place }
        case .file, .provided, .resource: return nil
        }
    }
}
