/// What a bottom-up update has in hand.
struct UpdateState {
    /// Tasks in line.
    var queue = LevelQueue()

    /// Tasks that are being made consistent.
    private var running = LevelQueue()
    private var isRunning: Set<TaskID> = []

    /// Tasks above which the shadow of what is scheduled has not been spread yet.
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

    /// What was executed, by type, and for how long.
    var types: [UInt32: UpdateReport.TypeReport] = [:]
    var starts: [ClaimID: ContinuousClock.Instant] = [:]

    var executed = 0
    var reused = 0

    mutating func begin(_ task: TaskID, level: UInt32) {
        running.push(task, level: level)
        isRunning.insert(task)
    }

    mutating func end(_ task: TaskID) {
        if !isRunning.isEmpty { isRunning.remove(task) }
    }

    /// The tasks that are being made consistent, or were taken out of the line for it.
    var inHand: [TaskID] { isRunning.sorted() }

    /// Notes that an execution begins.
    mutating func started(_ claim: ClaimID) {
        starts[claim] = .now
    }

    /// Notes that an execution ended, with an output or an error.
    mutating func ended(_ claim: ClaimID, type: UInt32) {
        executed += 1
        let duration = starts.removeValue(forKey: claim).map { $0.duration(to: .now) } ?? .zero
        var report = types[type] ?? UpdateReport.TypeReport(executed: 0, duration: .zero)
        report.executed += 1
        report.duration += duration
        types[type] = report
    }

    /// A level below or at which nothing has anything scheduled or running below it.
    mutating func bound(_ graph: borrowing Graph) -> UInt32 {
        while let task = running.first, !isRunning.contains(task) { _ = running.pop() }
        while let task = queue.first, !graph.nodes[task].flags.contains(.scheduled) { _ = queue.pop() }
        return min(running.lowestLevel ?? .max, queue.lowestLevel ?? .max)
    }
}
