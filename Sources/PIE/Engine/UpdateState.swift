/// What a bottom-up update has in hand.
struct UpdateState {
    /// Tasks in line.
    var queue = LevelQueue()

    /// Tasks that are being made consistent, or were taken out of the line for it: those of them with `running` set.
    var running = LevelQueue()

    /// How many tasks have `running` set.
    var runningCount = 0

    /// Tasks above which the shadow of what is scheduled has not been spread yet; some of them more than once.
    var casting = LevelQueue()

    /// Requirements with a stamper whose target changed: the stamps are compared outside the lock.
    var comparisons: [Comparison] = []

    /// How many comparisons, under way ones included, decide on a task: until then it counts as inconsistent.
    var doubts: [TaskID: Int] = [:]

    /// A requirement whose stamp is to be compared.
    struct Comparison {
        let dependency: DependencyID
        let owner: TaskID
    }

    /// Tasks with a record that are observed since the update began: it leaves them to those who require them (R9).
    var newlyObserved: Set<TaskID> = []

    /// How many workers are making scheduled tasks consistent.
    var workers = 0

    /// No new task is started: an error has reached a root.
    var isStopped = false

    /// What was executed, and for how long, by the number of the type.
    private(set) var types: [UpdateReport.TypeReport] = []

    /// When executions began, by their claims.
    private var starts: [ContinuousClock.Instant?] = []

    var executed = 0
    var reused = 0

    /// Notes that an execution begins.
    mutating func started(_ claim: ClaimID) {
        let place = Int(claim)
        if starts.count <= place { starts.append(contentsOf: repeatElement(nil, count: place + 1 - starts.count)) }
        starts[place] = .now
    }

    /// Notes that an execution ended, with an output or an error.
    mutating func ended(_ claim: ClaimID, type: UInt32) {
        executed += 1
        let place = Int(type)
        if types.count <= place {
            let none = UpdateReport.TypeReport(executed: 0, duration: .zero)
            types.append(contentsOf: repeatElement(none, count: place + 1 - types.count))
        }
        types[place].executed += 1
        guard Int(claim) < starts.count, let start = starts[Int(claim)] else { return }
        starts[Int(claim)] = nil
        types[place].duration += start.duration(to: .now)
    }

    /// A level below or at which nothing has anything scheduled or running below it.
    mutating func bound(_ graph: borrowing Graph) -> UInt32 {
        while let task = running.first, !graph.nodes[task].flags.contains(.running) { _ = running.pop() }
        while let task = queue.first, !graph.nodes[task].flags.contains(.scheduled) { _ = queue.pop() }
        return min(running.lowestLevel ?? .max, queue.lowestLevel ?? .max)
    }
}
