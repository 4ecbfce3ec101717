import PIE

/// Roots of seven tasks and ten dependencies each: two branches, four leaves, an input for each leaf.
enum Queries: Workload {
    static let name = "queries"
    static let summary = "the shapes of Salsa's query_fetch: roots of 7 tasks and 10 dependencies, required one by one"

    /// The number of roots.
    static func sizes(_ extent: Extent) -> [Int] { extent.sizes(quick: [256], usual: [256, 2_560]) }

    static let inputs = (0..<10_240).map { Input<Int>("query \($0)") }

    /// Read by nobody.
    static let unrelated = Input<Int>("query")

    struct Leaf: IncrementalTask {
        var index: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            return try await context.read(Queries.inputs[index]) &+ 1
        }
    }

    struct Branch: IncrementalTask {
        var index: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            let left = try await context.require(Leaf(index: 2 * index))
            return left &* 31 &+ (try await context.require(Leaf(index: 2 * index + 1)))
        }
    }

    struct Root: IncrementalTask {
        var index: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            let left = try await context.require(Branch(index: 2 * index))
            return left &* 31 &+ (try await context.require(Branch(index: 2 * index + 1)))
        }
    }

    /// What a root gives when each input is its number plus the same.
    static func expected(_ root: Int, plus value: Int) -> Int {
        let leaves = (4 * root..<4 * root + 4).map { $0 &+ value &+ 1 }
        return (leaves[0] &* 31 &+ leaves[1]) &* 31 &+ (leaves[2] &* 31 &+ leaves[3])
    }

    static func run(_ bench: Bench) async throws {
        guard 4 * bench.size <= inputs.count else {
            throw UsageError(description: "queries takes up to \(inputs.count / 4) roots")
        }
        var bench = bench
        // A run takes less than a millisecond.
        bench.runs *= 16
        let roots = bench.size
        func fresh() throws -> Pie {
            let pie = try bench.pie()
            set(pie, plus: 0, roots: roots)
            return pie
        }
        try await bench.measure("cold", per: .tasks(7 * roots), executing: 7 * roots) { _ in
            try await session(bench, fresh(), plus: 0)
        }
        let pie = try fresh()
        _ = try await session(bench, pie, plus: 0)
        try await bench.measure("hit", per: .hits(roots), executing: 0) { _ in
            try await session(bench, pie, plus: 0, rounds: 2)
        }
        try await bench.measure("verify all", per: .edges(10 * roots), executing: 0) { run in
            pie.set(unrelated, to: run)
            return try await session(bench, pie, plus: 0)
        }
        try await bench.measure("run all", per: .tasks(7 * roots), executing: 7 * roots) { run in
            set(pie, plus: run + 1, roots: roots)
            return try await session(bench, pie, plus: run + 1)
        }
    }

    private static func set(_ pie: Pie, plus value: Int, roots: Int) {
        for index in 0..<4 * roots { pie.set(inputs[index], to: index &+ value) }
    }

    /// Requires each root as often as asked in one session, and measures the last time.
    private static func session(_ bench: Bench, _ pie: Pie, plus value: Int, rounds: Int = 1) async throws -> Cost {
        var outputs = [Int](repeating: 0, count: bench.size)
        var cost = Cost(time: .zero)
        try await pie.session { session in
            for _ in 0..<rounds {
                cost = try await timed {
                    for root in outputs.indices { outputs[root] = try await session.require(Root(index: root)) }
                }
            }
        }
        for root in outputs.indices {
            try bench.check(outputs[root] == expected(root, plus: value), "a wrong output of root \(root)")
        }
        return cost
    }
}
