import PIE

/// What a workload is to measure, and where it puts what it measured.
struct Bench: Sendable {
    /// The name of the workload.
    let workload: String

    /// The size, in the workload's own unit.
    let size: Int

    /// How many tasks may execute at once.
    let jobs: Int

    /// How often each phase is measured.
    var runs: Int

    /// Whether other build tools are to be measured, too.
    var withPeers = false

    /// An empty build.
    ///
    /// - Parameters:
    ///   - root: Its folder; today's if it does not matter.
    ///   - jobs: Its number of jobs, if it is not that of the benchmark.
    /// - Returns: The build.
    /// - Throws: What making it throws.
    func pie(root: String? = nil, jobs: Int? = nil) throws -> Pie {
        var options = PieOptions()
        options.jobs = jobs ?? self.jobs
        return try Pie(root: root, options: options)
    }

    /// Measures a phase: once to warm up, with its executions counted, then ``runs`` times.
    ///
    /// - Parameters:
    ///   - phase: What is measured.
    ///   - count: What the time is divided by.
    ///   - executions: How many tasks have to execute each time; `nil` if nobody can tell.
    ///   - once: Does the phase once, given how often it was done before, and returns what it took.
    /// - Throws: What `once` throws, and ``WrongResult``.
    func measure(
        _ phase: String,
        per count: Count,
        executing executions: Int?,
        once: (_ run: Int) async throws -> Cost
    ) async throws {
        let counted = try await Executions.counted { _ = try await once(0) }
        if let executions {
            try check(counted == executions, "\(phase): \(counted) tasks executed, not \(executions)")
        }
        var costs: [Cost] = []
        for run in 1...runs { costs.append(try await once(run)) }
        report(phase, costs: costs, per: count)
    }

    /// Reports the times of a phase.
    func report(_ phase: String, times: [Duration], clock: Stopwatch.Clock = Stopwatch.clock, per count: Count) {
        report(phase, costs: times.map { Cost(time: $0) }, clock: clock, per: count)
    }

    /// Reports the costs of a phase.
    func report(_ phase: String, costs: [Cost], clock: Stopwatch.Clock = Stopwatch.clock, per count: Count) {
        let nanoseconds = costs.map { Int($0.time / .nanoseconds(1)) }.sorted()
        let instructions = costs.compactMap(\.instructions).sorted()
        let figure = Row.Figure.time(
            median: nanoseconds[nanoseconds.count / 2],
            min: nanoseconds[0],
            max: nanoseconds[nanoseconds.count - 1],
            runs: nanoseconds.count,
            instructions: instructions.isEmpty ? nil : instructions[instructions.count / 2]
        )
        report(phase, figure, clock: clock, per: count)
    }

    /// Reports an amount of memory, or the size of files.
    func report(_ phase: String, bytes: Int, per count: Count) {
        report(phase, .memory(bytes), per: count)
    }

    /// Reports how many times as long one phase took as another.
    func report(
        _ phase: String,
        ratio time: Duration,
        to other: Duration,
        clock: Stopwatch.Clock = Stopwatch.clock
    ) {
        let figure = Row.Figure.ratio(Int(time / .nanoseconds(1)), Int(other / .nanoseconds(1)))
        report(phase, figure, clock: clock, per: Count(number: 1, unit: "ratio"))
    }

    /// Hands a row over to the process that started this one.
    private func report(
        _ phase: String,
        _ figure: Row.Figure,
        clock: Stopwatch.Clock = Stopwatch.clock,
        per count: Count
    ) {
        let row = Row(
            workload: workload,
            size: size,
            jobs: jobs,
            phase: phase,
            clock: clock,
            count: count,
            figure: figure
        )
        Console.show(row.json)
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
