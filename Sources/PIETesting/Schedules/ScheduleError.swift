/// Nothing can run any more in a schedule, and what it is for has not ended.
public struct ScheduleDeadlock: Error, Hashable, Sendable, CustomStringConvertible {
    /// The seed that chose the order: the same one comes to the same deadlock.
    public let seed: UInt64

    /// How many steps were made until then.
    public let steps: Int

    /// What is wrong and what to do.
    public var description: String {
        """
        nothing can run any more in the schedule of seed \(seed), after \(steps) steps, and its body has not ended
          hint: everything waits for something that nobody does any more; the end of the build log shows who waits. If \
        something is awaited that is not on the thread of the schedule, such as another process, give withSchedule a patience
        """
    }
}

/// A schedule is begun inside another one.
public struct NestedSchedule: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String {
        """
        a schedule is begun inside another one
          hint: one seed chooses the order of everything inside; take the inner withSchedule away
        """
    }
}
