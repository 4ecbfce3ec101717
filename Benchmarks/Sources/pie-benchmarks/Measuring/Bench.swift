import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a workload is to measure, and where it puts what it measured.
struct Bench: Sendable {
    /// The name of the workload.
    let workload: String

    /// The size, in the workload's own unit.
    let size: Int

    /// How many tasks may execute at once.
    let jobs: Int

    /// How often each phase is measured.
    let runs: Int

    /// An empty build with this number of jobs.
    func pie() throws -> Pie {
        var options = PieOptions()
        options.jobs = jobs
        return try Pie(options: options)
    }

    /// Measures a phase: once to warm up, with its executions counted, then ``runs`` times.
    ///
    /// - Parameters:
    ///   - phase: What is measured.
    ///   - count: What the time is divided by.
    ///   - executions: How many tasks have to execute each time; `nil` if nobody can tell.
    ///   - once: Does the phase once, given how often it was done before, and returns the time it took.
    /// - Throws: What `once` throws, and ``WrongResult``.
    func measure(
        _ phase: String,
        per count: Count,
        executing executions: Int?,
        once: (_ run: Int) async throws -> Duration
    ) async throws {
        let counted = try await Executions.counted { _ = try await once(0) }
        if let executions {
            try check(counted == executions, "\(phase): \(counted) tasks executed, not \(executions)")
        }
        var times: [Duration] = []
        for run in 1...runs { times.append(try await once(run)) }
        report(phase, times: times, per: count)
    }

    /// Reports the times of a phase.
    func report(_ phase: String, times: [Duration], per count: Count) {
        let nanoseconds = times.map { Int($0 / .nanoseconds(1)) }.sorted()
        let row = Row(
            workload: workload,
            size: size,
            jobs: jobs,
            phase: phase,
            count: count,
            figure: .time(
                median: nanoseconds[nanoseconds.count / 2],
                min: nanoseconds[0],
                max: nanoseconds[nanoseconds.count - 1],
                runs: nanoseconds.count
            )
        )
        report(row)
    }

    /// Reports an amount of memory, or the size of files.
    func report(_ phase: String, bytes: Int, per count: Count) {
        report(Row(workload: workload, size: size, jobs: jobs, phase: phase, count: count, figure: .memory(bytes)))
    }

    /// Reports how many times as long one phase took as another.
    func report(_ phase: String, ratio time: Duration, to other: Duration) {
        let figure = Row.Figure.ratio(Int(time / .nanoseconds(1)), Int(other / .nanoseconds(1)))
        let count = Count(number: 1, unit: "ratio")
        report(Row(workload: workload, size: size, jobs: jobs, phase: phase, count: count, figure: figure))
    }

    /// Hands a row over at once, also through a pipe: the next may take minutes.
    private func report(_ row: Row) {
        print(row.line)
        fflush(nil)
    }

    /// Ends the benchmark if a result is wrong.
    func check(_ condition: Bool, _ message: @autoclosure () -> String) throws {
        if !condition { throw WrongResult(description: "\(workload) \(size): \(message())") }
    }
}

/// A number of things that a phase deals with, such as tasks.
struct Count: Sendable {
    let number: Int
    let unit: String

    static func tasks(_ number: Int) -> Count { Count(number: number, unit: "task") }
    static func edges(_ number: Int) -> Count { Count(number: number, unit: "edge") }
    static func hits(_ number: Int) -> Count { Count(number: number, unit: "hit") }
    static func updates(_ number: Int) -> Count { Count(number: number, unit: "update") }
    static func levels(_ number: Int) -> Count { Count(number: number, unit: "level") }
    static func files(_ number: Int) -> Count { Count(number: number, unit: "file") }
    static func values(_ number: Int) -> Count { Count(number: number, unit: "value") }
}

/// A build that gave something else than the direct computation, or executed other tasks than it should.
struct WrongResult: Error, CustomStringConvertible {
    let description: String
}

/// How long a body takes.
func timed(_ body: () async throws -> Void) async rethrows -> Duration {
    let start = Stopwatch.now
    try await body()
    return Stopwatch.now - start
}
