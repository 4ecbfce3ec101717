import PIE

/// Rows of tasks of which each requires the ten before it: what it costs to check one dependency.
enum Checks: Workload {
    static let name = "checks"
    static let summary = "each task requires the ten before it: cost of checking one dependency at every size"

    static func sizes(_ extent: Extent) -> [Int] {
        extent.sizes(quick: [1_000, 100_000], usual: [1_000, 10_000, 100_000], beyond: [1_000_000])
    }

    static let input = Input<Int>("checks")

    /// A task that requires up to ten others.
    struct Sum: IncrementalTask {
        var index: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            if index == 0 { return try await context.read(Checks.input) / 10 }
            var sum = index
            for before in max(0, index - 10)..<index {
                sum = sum &* 3 &+ (try await context.require(Sum(index: before)))
            }
            return sum
        }
    }

    /// What the last task gives.
    static func expected(_ input: Int, _ size: Int) -> Int {
        var values = [input / 10]
        for index in 1..<size {
            values.append(values[max(0, index - 10)..<index].reduce(index) { $0 &* 3 &+ $1 })
        }
        return values[size - 1]
    }

    static func run(_ bench: Bench) async throws {
        let edges = Count.edges((1..<bench.size).reduce(0) { $0 + min($1, 10) })
        let pie = try bench.pie()
        pie.set(input, to: 0)
        let value = expected(0, bench.size)
        func session() async throws -> Cost { try await bench.session(pie, Sum(index: bench.size - 1), gives: value) }
        _ = try await session()
        try await bench.measure("no-op", per: edges, executing: 0) { _ in try await session() }
        try await bench.measure("cutoff", per: edges, executing: 1) { run in
            pie.set(input, to: 1 + run % 2)
            return try await session()
        }
    }
}
