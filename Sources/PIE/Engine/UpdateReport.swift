/// What a bottom-up update did.
public struct UpdateReport: Sendable {
    /// The number of tasks that were executed to their end, failed ones included.
    public let executed: Int

    /// The number of scheduled tasks that were found consistent when their turn came.
    public let reused: Int

    /// The executions and the time spent for each task type, by type identifier.
    public let types: [String: TypeReport]

    /// How long the update took.
    public let duration: Duration

    /// What an update did with tasks of one type.
    public struct TypeReport: Hashable, Sendable {
        /// How many executions.
        public var executed: Int

        /// Time from the start to the end of the executions, waiting for required tasks included, summed up.
        public var duration: Duration
    }
}

extension UpdateReport: CustomStringConvertible {
    /// One line with the counts and the time.
    public var description: String { "\(executed) executed, \(reused) reused in \(duration)" }
}
