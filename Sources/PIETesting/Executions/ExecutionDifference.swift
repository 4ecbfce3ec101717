public import PIE

/// How the executions in a log differ from those that a test expects, and why.
///
/// Its description is made for the message of a failed test, of whichever framework.
public struct ExecutionDifference: Sendable {
    /// The tasks that were executed more often than expected.
    public let surplus: [Surplus]

    /// The tasks that were executed less often than expected.
    public let missing: [Absence]

    /// Where another order was expected, the first place at which another task was executed; nil if other tasks were
    /// executed than expected.
    public let misplaced: Misplacement?

    /// All tasks that the expectation looks at and that were executed, in the order in which they began.
    public let executed: [AnyTask]

    /// The executed tasks whose output stayed the same, so that their requirers were not executed on their account.
    let unchanged: [AnyTask]

    /// The tasks that failed and their errors, one line each.
    let failures: [String]

    /// Whether the log holds no event at all.
    let isLogEmpty: Bool

    /// A task that was executed more often than expected.
    public struct Surplus: Sendable {
        /// The task.
        public let task: AnyTask

        /// How many executions were expected.
        public let expected: Int

        /// Why each of its executions took place, down to the leaf that changed.
        public let explanations: [Explanation]
    }

    /// A task that was executed less often than expected.
    public struct Absence: Sendable {
        /// The task.
        public let task: AnyTask

        /// How many executions were expected.
        public let expected: Int

        /// How many took place.
        public let executed: Int

        /// What became of the task instead.
        public let cause: Cause
    }

    /// What became of a task that was not executed.
    public enum Cause: Hashable, Sendable {
        /// It was checked, and all its dependencies hold.
        case reused

        /// It was required, and answered without a check because it was known to be consistent.
        case answered

        /// Its check began, or it was put in line, and the session ended first.
        case interrupted

        /// Nobody required it, and no dependency of it was found changed.
        case unvisited
    }

    /// The first place at which another task was executed than the expected order has there.
    public struct Misplacement: Sendable {
        /// The place in the order, counted from 0.
        public let index: Int

        /// The task that was expected there.
        public let expected: AnyTask

        /// The task that was executed there.
        public let executed: AnyTask
    }
}
