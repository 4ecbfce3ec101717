#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The clock that everything is measured by.
enum Stopwatch {
    /// Whether to measure the time of the processor that this process has used, instead of the time that has passed.
    ///
    /// For machines that are busy with something else; two cores count double.
    static let countsProcessorTime = CommandLine.arguments.contains("--cpu")

    /// The time since some moment in the past.
    static var now: Duration {
        var time = timespec()
        clock_gettime(countsProcessorTime ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
