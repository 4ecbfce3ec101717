/// A task being made consistent: first by checking what it recorded, then perhaps by executing it.
///
/// The claims above each other, by `parent`, are at once the stack of the check, the chain of executions that wait for
/// each other, and the path of a cycle. There is at most one claim for a task at any time.
struct Claim {
    /// The task; 0 in a free place.
    var task: TaskID = 0

    /// The claim whose check or execution asked for this one; 0: the host, or an update.
    ///
    /// In a free place, the next free one.
    var parent: ClaimID = 0

    /// Tells a context of this claim from one of an earlier claim in the same place.
    var generation: UInt32 = 0

    /// While checking: the dependency that is looked at, and where its parallel group ends.
    var cursor: UInt32 = 0
    var groupEnd: UInt32 = 0

    /// While checking: up to where files of tasks further on have been looked at.
    var ahead: UInt32 = 0

    /// While executing: the recorded dependencies, a list in the recording arena.
    var head: UInt32 = 0
    var tail: UInt32 = 0
    var count: UInt32 = 0

    /// While executing: one more than the last position that was answered.
    var answered: UInt32 = 0

    /// The call of the host that it is made for.
    var work: UInt32 = 0

    /// While executing: how many of its requirements are being made consistent now.
    var outstanding: UInt32 = 0

    /// How often files had got a new provider when the check began.
    var moves: UInt32 = 0

    var phase: Phase = .checking
    var flags: Flags = []

    enum Phase: UInt8 {
        case checking
        case executing
    }

    struct Flags: OptionSet {
        let rawValue: UInt16

        /// The check has begun.
        static let begun = Flags(rawValue: 1 << 0)

        /// The execution holds a job slot.
        static let hasSlot = Flags(rawValue: 1 << 1)

        /// The execution was thrown a cancellation: it commits nothing.
        static let cancelled = Flags(rawValue: 1 << 2)

        /// The execution met an error of R10 to R12: it fails with it.
        static let objected = Flags(rawValue: 1 << 3)

        /// The dependency under the cursor was compared outside the lock, and holds.
        static let holds = Flags(rawValue: 1 << 4)

        /// The dependency under the cursor was compared outside the lock, and does not hold.
        static let fails = Flags(rawValue: 1 << 5)

        /// Nothing may be executed for this claim: it only asks whether the record still holds.
        static let dry = Flags(rawValue: 1 << 6)

        /// Somebody waits for this claim.
        static let awaited = Flags(rawValue: 1 << 7)

        /// The execution has read or provided files: they are judged when it is committed.
        static let usesFiles = Flags(rawValue: 1 << 8)

        /// Other programs read files for the execution: they are looked at again before it is committed.
        static let dependsOnDisk = Flags(rawValue: 1 << 9)

        /// A file was found to hold while its provider was not consistent yet: the read is judged again at the end.
        static let readsEarly = Flags(rawValue: 1 << 10)

        /// Somebody has read a file of the task while it was checked: what it provides is judged again at the end.
        static let isRead = Flags(rawValue: 1 << 13)

        /// The host asked for the task to execute, whether or not its record holds.
        static let forced = Flags(rawValue: 1 << 11)

        /// Trackers were told that the task is checked.
        static let told = Flags(rawValue: 1 << 12)
    }
}

/// A dependency of an execution that has not been committed yet.
struct Recorded {
    var target: UInt32
    var kind: Dependency.Kind
    var never = false
    var answered = false
    /// The provider of a read file was judged reachable.
    var isJudged = false
    var stamper: StamperID = 0
    var seen: UInt32 = 0
    var stamp: UInt32 = 0
    var barrier: UInt32
    var position: UInt32
    var next: UInt32 = 0
}

/// Why a task last executed, in a few bytes.
struct StoredReason {
    var epoch: Epoch = 0
    /// The task or resource whose dependency did not hold, or the version before.
    var target: UInt32 = 0
    var kind: Kind = .none

    enum Kind: UInt8 {
        case none
        case new
        case version
        case lastRunFailed
        case forced
        case task
        case failedTask
        case file
        case provided
        case resource
    }
}
