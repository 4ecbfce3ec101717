import PIE

/// A chain: task 0 takes a tenth of an input, each other task requires the one before.
enum Chain: Workload {
    static let name = "chain"
    static let summary = "W2: t0 = input / 10, ti = 31 * ti-1 + i"

    static func sizes(quick: Bool) -> [Int] { quick ? [100_000] : [10_000, 100_000] }

    static let input = Input<Int>("chain")

    /// A task of the chain.
    struct Link: IncrementalTask {
        var index: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            if index == 0 { return try await context.read(Chain.input) / 10 }
            return try await context.require(Link(index: index - 1)) &* 31 &+ index
        }
    }

    /// What the last task gives.
    static func expected(_ input: Int, _ size: Int) -> Int {
        (1..<size).reduce(input / 10) { $0 &* 31 &+ $1 }
    }

    static func run(_ bench: Bench) async throws {
        try await scratch(bench)
        for bottomUp in [false, true] {
            let build = Build(bench: bench, pie: try bench.pie(), bottomUp: bottomUp)
            build.pie.set(input, to: 0)
            _ = try await build.session(input: 0)
            let tasks = Count.tasks(bench.size)
            let suffix = bottomUp ? ", bottom-up" : ""
            try await bench.measure("no-op" + suffix, per: .edges(bench.size), executing: 0) { _ in
                try await build.session(input: 0)
            }
            try await bench.measure("cutoff" + suffix, per: .edges(bench.size), executing: 1) { run in
                build.pie.set(input, to: 1 + run % 2)
                return try await build.session(input: 0)
            }
            try await bench.measure("full" + suffix, per: tasks, executing: bench.size) { run in
                build.pie.set(input, to: 100 * (run + 1))
                return try await build.session(input: 100 * (run + 1))
            }
        }
    }

    private static func scratch(_ bench: Bench) async throws {
        try await bench.measure("scratch", per: .tasks(bench.size), executing: bench.size) { _ in
            let build = Build(bench: bench, pie: try bench.pie(), bottomUp: false)
            build.pie.set(input, to: 0)
            return try await build.session(input: 0)
        }
    }

    /// A build, and how it is brought up to date.
    private struct Build {
        let bench: Bench
        let pie: Pie
        let bottomUp: Bool

        /// Requires the last task, after an update if bottom-up, and checks what it gives.
        func session(input: Int) async throws -> Duration {
            var output = 0
            let time = try await timed {
                output = try await pie.session { session in
                    if bottomUp { try await session.update(.files([])) }
                    return try await session.require(Link(index: bench.size - 1))
                }
            }
            try bench.check(output == Chain.expected(input, bench.size), "a wrong output")
            return time
        }
    }
}
