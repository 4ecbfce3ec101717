import PIE

/// Ackermann's function of 3 and another number, each value a task: no inputs, and requirements that results decide.
enum Ackermann: Workload {
    static let name = "ackermann"
    static let summary = "ackermann(3, n), a task for each pair of numbers: 327,685 of them for 14"

    /// The second number; the tasks are about twenty times two to its power.
    static func sizes(_ extent: Extent) -> [Int] { extent.sizes(quick: [14], usual: [6, 9, 12, 14]) }

    /// Says nothing to any task: with it set, nobody can know that all is as it was without looking.
    static let unrelated = Input<Int>("ackermann")

    /// The function of a pair.
    struct Value: IncrementalTask {
        var first: Int
        var second: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            if first == 0 { return second + 1 }
            let inner = second == 0 ? 1 : try await context.require(Value(first: first, second: second - 1))
            return try await context.require(Value(first: first - 1, second: inner))
        }
    }

    static func run(_ bench: Bench) async throws {
        guard (1...20).contains(bench.size) else { throw UsageError(description: "ackermann takes sizes from 1 to 20") }
        let power = 1 << (bench.size + 3)
        let result = power - 3
        let tasks = bench.size + 5 * power / 2 - 9
        // Two for each task whose numbers both are positive, one for the three whose second number is 0.
        let edges = Count.edges(2 * (bench.size + power / 2 - 3 + power - 5) + 3)
        let task = Value(first: 3, second: bench.size)
        try await bench.resident(per: .tasks(tasks)) {
            let pie = try bench.pie()
            _ = try await bench.session(pie, task, gives: result)
            return pie
        }
        try await bench.measure("first", per: .tasks(tasks), executing: tasks) { _ in
            try await bench.session(bench.pie(), task, gives: result)
        }
        for bottomUp in [false, true] {
            let pie = try bench.pie()
            _ = try await bench.session(pie, task, gives: result, bottomUp: bottomUp)
            let suffix = bottomUp ? ", bottom-up" : ""
            try await bench.measure("verified again" + suffix, per: edges, executing: 0) { run in
                pie.set(unrelated, to: run)
                return try await bench.session(pie, task, gives: result, bottomUp: bottomUp)
            }
        }
    }
}
