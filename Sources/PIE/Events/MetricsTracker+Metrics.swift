extension MetricsTracker {
    /// What was counted and measured of one task type, or of several together.
    public struct Metrics: Hashable, Sendable {
        /// How often a task was required, by another task or by the host.
        public var required = 0

        /// How often a task was found consistent and so not executed.
        public var reused = 0

        /// How many executions came to their end, failed ones included and cancelled ones not.
        public var executed = 0

        /// How many executions threw an error.
        public var failed = 0

        /// The time in executions, cancelled ones included, without that spent awaiting requirements.
        public var selfTime = Duration.zero

        /// Creates metrics of nothing.
        public init() {}
    }
}

extension MetricsTracker.Metrics {
    /// Adds other metrics to these.
    mutating func add(_ other: MetricsTracker.Metrics) {
        required += other.required
        reused += other.reused
        executed += other.executed
        failed += other.failed
        selfTime += other.selfTime
    }
}
