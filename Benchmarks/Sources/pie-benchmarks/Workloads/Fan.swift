import PIE

/// Many tasks read one input, and one sums what they give, requiring one after the other.
enum Fan: Workload {
    static let name = "fan"
    static let summary = "W4: n tasks read one input, one requires them all, one after the other"

    static func sizes(_ extent: Extent) -> [Int] {
        extent.sizes(quick: [100_000], usual: [1_000, 10_000, 100_000], beyond: [1_000_000])
    }

    static let input = Input<Int>("fan")

    /// One of those that read the input.
    struct Member: IncrementalTask {
        var index: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            return try await context.read(Fan.input) / 10 &* 3 &+ index
        }
    }

    /// The sum of all.
    struct Sum: IncrementalTask {
        var size: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            var sum = 0
            for index in 0..<size { sum &+= try await context.require(Member(index: index)) }
            return sum
        }
    }

    /// What the sum is.
    static func expected(_ input: Int, _ size: Int) -> Int {
        (0..<size).reduce(0) { $0 &+ (input / 10 &* 3 &+ $1) }
    }

    static func run(_ bench: Bench) async throws { try await measure(bench, Sum(size: bench.size)) }

    /// Measures the phases with a task that sums.
    static func measure(_ bench: Bench, _ sum: some IncrementalTask<Int>) async throws {
        let tasks = Count.tasks(bench.size + 1)
        let edges = Count.edges(2 * bench.size)
        let atZero = expected(0, bench.size)
        try await bench.resident(per: tasks) {
            let pie = try fresh(bench)
            _ = try await bench.session(pie, sum, gives: atZero)
            return pie
        }
        try await bench.measure("scratch", per: tasks, executing: bench.size + 1) { _ in
            try await bench.session(fresh(bench), sum, gives: atZero)
        }
        for bottomUp in [false, true] {
            let pie = try fresh(bench)
            _ = try await bench.session(pie, sum, gives: atZero, bottomUp: bottomUp)
            let suffix = bottomUp ? ", bottom-up" : ""
            try await bench.measure("no-op" + suffix, per: edges, executing: 0) { _ in
                try await bench.session(pie, sum, gives: atZero, bottomUp: bottomUp)
            }
            // All members run, and the sum does not.
            try await bench.measure("cutoff" + suffix, per: tasks, executing: bench.size) { run in
                pie.set(input, to: 1 + run % 2)
                return try await bench.session(pie, sum, gives: atZero, bottomUp: bottomUp)
            }
            try await bench.measure("full" + suffix, per: tasks, executing: bench.size + 1) { run in
                let value = 100 * (run + 1)
                pie.set(input, to: value)
                return try await bench.session(pie, sum, gives: expected(value, bench.size), bottomUp: bottomUp)
            }
        }
    }

    /// An empty build whose input is 0.
    static func fresh(_ bench: Bench) throws -> Pie {
        let pie = try bench.pie()
        pie.set(input, to: 0)
        return pie
    }
}
