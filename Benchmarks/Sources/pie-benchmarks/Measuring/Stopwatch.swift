#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The clock that everything is measured by.
enum Stopwatch {
    /// What a clock counts.
    enum Clock: String, Codable, Sendable {
        /// The time that passes.
        case passed

        /// The time of the processor that a process has used, on all cores.
        case processor
    }

    /// Whether to measure the time of the processor that this process has used, instead of the time that has passed.
    ///
    /// For machines that are busy with something else; two cores count double.
    static let countsProcessorTime = CommandLine.arguments.contains("--cpu")

    /// The clock of this run.
    static var clock: Clock { countsProcessorTime ? .processor : .passed }

    /// The time since some moment in the past.
    static var now: Duration { now(countsProcessorTime ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC) }

    /// The same, always that which passes: for what another process does, and for what several threads do at once.
    static var passed: Duration { now(CLOCK_MONOTONIC) }

    private static func now(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
