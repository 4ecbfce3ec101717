import PIE

/// A tree in which every task requires ten others: what one task costs, whatever the number of tasks.
enum Tree: Workload {
    static let name = "tree"
    static let summary = "a tree with ten branches a task: cost of an execution, a check and a change at every size"

    static func sizes(quick: Bool) -> [Int] { quick ? [1_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000] }

    /// Read by every leaf.
    static let all = Input<Int>("all")

    /// Read by one leaf.
    static let one = Input<Int>("one")

    /// The tasks are numbered by level: those that node `i` requires are `10 * i + 1` to `10 * i + 10`.
    struct Branch: IncrementalTask {
        var index: Int
        var size: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            let first = 10 * index + 1
            if first >= size {
                let value = try await context.read(Tree.all) &+ index
                return index == size - 1 ? value &+ (try await context.read(Tree.one)) : value
            }
            var sum = index
            for child in first..<min(first + 10, size) {
                sum = sum &* 31 &+ (try await context.require(Branch(index: child, size: size)))
            }
            return sum
        }
    }

    /// What a task gives.
    static func expected(_ index: Int, _ size: Int, all: Int, one: Int) -> Int {
        let first = 10 * index + 1
        if first >= size { return all &+ index &+ (index == size - 1 ? one : 0) }
        return (first..<min(first + 10, size)).reduce(index) { $0 &* 31 &+ expected($1, size, all: all, one: one) }
    }

    /// How many tasks lie between the leaf that differs and the root.
    private static func depth(_ size: Int) -> Int {
        var (index, depth) = (size - 1, 1)
        while index > 0 { (index, depth) = ((index - 1) / 10, depth + 1) }
        return depth
    }

    static func run(_ bench: Bench) async throws {
        let size = bench.size
        let tasks = Count.tasks(size)
        try await bench.measure("scratch", per: tasks, executing: size) { _ in
            try await session(bench, fresh(bench), bottomUp: false, all: 0, one: 0)
        }
        let before = Memory.resident
        let pie = try fresh(bench)
        _ = try await session(bench, pie, bottomUp: false, all: 0, one: 0)
        bench.report("resident", bytes: max(0, Memory.resident - before), per: tasks)
        try await bench.measure("no-op", per: .edges(size - 1), executing: 0) { _ in
            try await session(bench, pie, bottomUp: false, all: 0, one: 0)
        }
        try await bench.measure("no-op, bottom-up", per: .edges(1), executing: 0) { _ in
            try await session(bench, pie, bottomUp: true, all: 0, one: 0)
        }
        let depth = depth(size)
        try await bench.measure("change 1", per: .edges(size - 1), executing: depth) { run in
            pie.set(one, to: run + 1)
            return try await session(bench, pie, bottomUp: false, all: 0, one: run + 1)
        }
        try await bench.measure("change 1, bottom-up", per: .tasks(depth), executing: depth) { run in
            pie.set(one, to: -run)
            return try await session(bench, pie, bottomUp: true, all: 0, one: -run)
        }
        try await bench.measure("full", per: tasks, executing: size) { run in
            pie.set(all, to: run + 1)
            return try await session(bench, pie, bottomUp: false, all: run + 1, one: -bench.runs)
        }
    }

    private static func fresh(_ bench: Bench) throws -> Pie {
        let pie = try bench.pie()
        pie.set(all, to: 0)
        pie.set(one, to: 0)
        return pie
    }

    private static func session(
        _ bench: Bench,
        _ pie: Pie,
        bottomUp: Bool,
        all: Int,
        one: Int
    ) async throws -> Duration {
        let root = Branch(index: 0, size: bench.size)
        var output = 0
        let time = try await timed {
            output = try await pie.session { session in
                if bottomUp { try await session.update(.files([])) }
                return try await session.require(root)
            }
        }
        try bench.check(output == expected(0, bench.size, all: all, one: one), "a wrong output")
        return time
    }
}
