/// What the graph knows of one task: 64 bytes, one line of the cache.
@usableFromInline
struct Node: BitwiseCopyable {
    /// The session in which the task was last made consistent.
    var verified: Epoch = 0

    /// The session in which the task last executed to its end.
    var executed: Epoch = 0

    /// The version of the output; 0: there is no output.
    ///
    /// It changes when the output does, and returns when an older output does (R5).
    var version: UInt32 = 0

    /// The highest version given so far.
    var lastVersion: UInt32 = 0

    /// The recorded dependencies: a range of the arena.
    var firstDependency: DependencyID = 0
    var dependencyCount: UInt32 = 0

    /// The first of the dependencies on this task, linked through the arena.
    var firstRequirer: DependencyID = 0

    /// One more than the highest level among the dependencies; valid as an order at all times.
    var level: UInt32 = 0

    /// How many dependencies of observed tasks are on this task.
    var observers: UInt32 = 0

    /// How many dependencies that compare whole outputs have seen the present version.
    var references: UInt32 = 0

    /// Who makes the task consistent now.
    var claim: ClaimID = 0

    /// The table of the task's type, and the place in it; ``unnamed`` as long as nobody has decoded the task.
    var type: UInt32
    @usableFromInline var local: UInt32

    /// The place of a task or resource that came out of a store, and that nobody has asked for by value.
    @usableFromInline static let unnamed: UInt32 = .max

    /// The execution or commit that last recorded a requirement of the task: a filter for repeated ones.
    var recordedBy: UInt32 = 0

    /// The update that last found the task above something scheduled.
    var shadow: Epoch = 0

    /// Which version of the type made the output, as the table numbers them.
    var madeBy: UInt16 = 0

    var flags: NodeFlags = []

    init(type: UInt32, local: UInt32) {
        self.type = type
        self.local = local
    }
}

/// What is true of a task besides its numbers.
struct NodeFlags: OptionSet {
    let rawValue: UInt16

    /// Required by the host: the root of what is kept up to date.
    static let root = NodeFlags(rawValue: 1 << 0)

    /// Required by the host, or recorded as required by an observed task.
    static let observed = NodeFlags(rawValue: 1 << 1)

    /// Observed without a gap since it was last consistent: bottom-up updates have kept it so.
    static let kept = NodeFlags(rawValue: 1 << 2)

    /// In line in the present update.
    static let scheduled = NodeFlags(rawValue: 1 << 3)

    /// To be taken up by the next update.
    static let pending = NodeFlags(rawValue: 1 << 4)

    /// Failed in this session: the error is in `failures`.
    static let failed = NodeFlags(rawValue: 1 << 5)

    /// The last run ended without being committed.
    static let attempted = NodeFlags(rawValue: 1 << 6)

    /// In the list of tasks whose output changed since the last update.
    static let changed = NodeFlags(rawValue: 1 << 7)

    /// Wrote files that another task has taken over since: not consistent before it is judged again (R11).
    static let lapsed = NodeFlags(rawValue: 1 << 8)

    /// Has dependencies that never hold, and that updates take up unasked: a required task failed and the error was
    /// caught, or a file changed while another program read it.
    static let unstable = NodeFlags(rawValue: 1 << 9)

    /// Taken out of the line of the present update, or claimed in it, and not done.
    static let running = NodeFlags(rawValue: 1 << 10)

    /// Provides at least one file.
    static let provider = NodeFlags(rawValue: 1 << 11)

    /// The last execution was over an earlier output, made before its session.
    static let replaced = NodeFlags(rawValue: 1 << 12)

    /// What updates take up unasked, as long as the task is observed.
    static let restless: NodeFlags = [.attempted, .unstable]
}
