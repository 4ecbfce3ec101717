import PIE

/// The tasks of the fan, required all at once: by a task, and by the session.
enum All: Workload {
    static let name = "all"
    static let summary = "n tasks required at once, with require(all:), by a task and by the session"

    static func sizes(_ extent: Extent) -> [Int] { Fan.sizes(extent) }

    /// The sum of all, required at once.
    struct Sum: IncrementalTask {
        var size: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            return try await context.require(all: (0..<size).map { Fan.Member(index: $0) }).reduce(0, &+)
        }
    }

    static func run(_ bench: Bench) async throws {
        try await Fan.measure(bench, Sum(size: bench.size))
        try await measureSession(bench)
    }

    /// The same without a task above them.
    private static func measureSession(_ bench: Bench) async throws {
        let members = (0..<bench.size).map { Fan.Member(index: $0) }
        /// Requires the members as often as asked in one session, and measures the last time.
        func session(_ pie: Pie, rounds: Int = 1, input: Int = 0) async throws -> Cost {
            var sum = 0
            var cost = Cost(time: .zero)
            try await pie.session { session in
                for _ in 0..<rounds {
                    cost = try await timed { sum = try await session.require(all: members).reduce(0, &+) }
                }
            }
            try bench.check(sum == Fan.expected(input, bench.size), "a wrong output")
            return cost
        }
        try await bench.measure("by the session: scratch", per: .tasks(bench.size), executing: bench.size) { _ in
            try await session(Fan.fresh(bench))
        }
        let pie = try Fan.fresh(bench)
        _ = try await session(pie)
        try await bench.measure("by the session: no-op", per: .edges(bench.size), executing: 0) { _ in
            try await session(pie)
        }
        try await bench.measure("by the session: again", per: .hits(bench.size), executing: 0) { _ in
            try await session(pie, rounds: 2)
        }
        try await bench.measure("by the session: full", per: .tasks(bench.size), executing: bench.size) { run in
            pie.set(Fan.input, to: 100 * (run + 1))
            return try await session(pie, input: 100 * (run + 1))
        }
    }
}
