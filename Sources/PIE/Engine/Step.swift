/// What is to be done outside the lock, so that a task can become consistent.
enum Step {
    /// The task is consistent.
    case consistent

    /// The task failed in this session, with this error.
    case failed(any Error)

    /// Execute a task.
    case execute(ExecutionOrder)

    /// Look at the metadata of a file.
    case look(ResourceID)

    /// Hash the contents of a file.
    case hash(ResourceID)

    /// Take the stamp of a resource that is not a file.
    case stamp(ResourceID)

    /// Compare the present output of a task with the stamp that a requirer saw.
    case compare(TaskID, AnyOutputStamp)

    /// Wait until somebody else is done with the claim of a task.
    case wait(ClaimID, of: TaskID)

    /// Wait for a job slot.
    case slot

    /// Note in the store that a session has begun, before its first task executes.
    case noteSession

    /// Decode a task that is to be executed.
    case name(TaskID)

    /// Find out, without executing anything, whether this task's record still holds.
    case probe(TaskID)

    /// A record that was probed does not hold.
    case refused

    /// The session is over for this request: superseded or cancelled.
    case ended
}

/// An execution to make: all that its beginning needs, so that it takes no look of its own under the lock.
@usableFromInline
struct ExecutionOrder: Sendable {
    @usableFromInline let key: ExecutionKey

    /// The claim that the check goes on with afterwards.
    let parent: ClaimID

    /// The number of the task's type, and the task's place in the table.
    let type: UInt32
    @usableFromInline let local: UInt32

    /// The place of the task of the same type that the last execution required first; ``Node/unnamed`` if it did not.
    @usableFromInline let expected: UInt32

    /// Whether the task has no output yet.
    @usableFromInline let isNew: Bool

    /// Whether the session updates: the task runs in a bottom-up context.
    @usableFromInline let isUpdating: Bool
}

/// A requirement under way: who asked, what for, and how far it is.
@usableFromInline
struct Request {
    /// The claim that asks; 0: the host, or an update.
    var requirer: ClaimID
    var requirerGeneration: UInt32 = 0

    /// The task asked for.
    @usableFromInline var task: TaskID

    /// The recorded dependency to fill in with the answer; 0: none.
    var entry: UInt32 = 0

    /// The claim for the task, once there is one, and the claim above it that the check has come to.
    var base: ClaimID = 0
    var current: ClaimID = 0

    /// The outermost claim of this check with tasks that may be checked at once.
    var fan: ClaimID = 0

    /// The session it belongs to, and the call of the host.
    var epoch: Epoch
    var work: UInt32

    var hasSlot = false
    var isDry = false

    /// Whether the task is to execute even if its record holds.
    var isForced = false

    /// Whether somebody wants the output, which then has to be decoded.
    var needsOutput = true

    init(_ task: TaskID, requirer: ClaimID, epoch: Epoch, work: UInt32) {
        self.task = task
        self.requirer = requirer
        self.epoch = epoch
        self.work = work
    }

    /// A request that an execution, or the host, has made.
    ///
    /// - Parameters:
    ///   - asked: What it asked for.
    ///   - key: Who asks.
    @usableFromInline
    init(_ asked: Asked, by key: ExecutionKey) {
        self.init(asked.task, requirer: key.claim, epoch: key.epoch, work: 0)
        entry = asked.entry
        requirerGeneration = key.generation
    }

    /// Notes that the execution it came to has ended, whatever came of it.
    mutating func isOver(hasSlot: Bool) {
        self.hasSlot = hasSlot
        base = 0
        current = 0
        fan = 0
    }
}

/// What is to be remembered of a requirement while its task executes: 16 bytes, two registers.
@usableFromInline
struct Asked: Sendable {
    /// The task.
    @usableFromInline var task: TaskID = 0

    /// The recorded dependency to fill in with the answer; 0: none.
    @usableFromInline var entry: UInt32 = 0

    /// The execution to make; 0: there is none yet, the task must be checked or waited for.
    @usableFromInline var claim: ClaimID = 0
    @usableFromInline var generation: UInt32 = 0

    @usableFromInline
    init() {}

    init(task: TaskID, entry: UInt32) {
        self.task = task
        self.entry = entry
    }

    init(task: TaskID, entry: UInt32, execution: ExecutionKey) {
        self.init(task: task, entry: entry)
        claim = execution.claim
        generation = execution.generation
    }

    /// The execution to make.
    @usableFromInline
    func key(in epoch: Epoch) -> ExecutionKey {
        ExecutionKey(claim: claim, generation: generation, epoch: epoch)
    }
}

/// How far the check of a required task has come before anything had to be done outside the lock.
@usableFromInline
final class Begun {
    let request: Request
    let step: Step

    init(_ request: Request, _ step: Step) {
        self.request = request
        self.step = step
    }

    /// The execution of the task itself, if that is what the check came to.
    @usableFromInline var execution: Asked? {
        guard case .execute(let order) = step, order.key.claim == request.base else { return nil }
        return Asked(task: request.task, entry: request.entry, execution: order.key)
    }
}
