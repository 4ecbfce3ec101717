import PIE

/// A tree in which every task requires ten others: what one task costs, whatever the number of tasks.
enum Tree: Workload {
    static let name = "tree"
    static let summary = "a tree with ten branches a task: cost of an execution, a check and a change at every size"

    static func sizes(_ extent: Extent) -> [Int] {
        extent.sizes(quick: [1_000, 100_000], usual: [1_000, 10_000, 100_000], beyond: [1_000_000])
    }

    /// Read by every leaf.
    static let all = Input<Int>("all")

    /// The tasks are numbered by level: those that node `i` requires are `10 * i + 1` to `10 * i + 10`.
    struct Branch: IncrementalTask {
        var index: Int
        var size: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            let first = 10 * index + 1
            if first >= size {
                let value = try await context.read(Tree.all) &+ index
                guard let input = Edits.input(of: index, size) else { return value }
                return value &+ (try await context.read(input))
            }
            var sum = index
            for child in first..<min(first + 10, size) {
                sum = sum &* 31 &+ (try await context.require(Branch(index: child, size: size)))
            }
            return sum
        }
    }

    /// What a task gives as long as nothing is edited.
    static func expected(_ index: Int, _ size: Int, all: Int) -> Int {
        let first = 10 * index + 1
        if first >= size { return all &+ index }
        return (first..<min(first + 10, size)).reduce(index) { $0 &* 31 &+ expected($1, size, all: all) }
    }

    static func run(_ bench: Bench) async throws {
        let size = bench.size
        let tasks = Count.tasks(size)
        var edits = Edits(size: size)
        let unedited = expected(0, size, all: 0)
        try await bench.resident(per: tasks) {
            let pie = try fresh(bench, edits)
            _ = try await session(bench, pie, bottomUp: false, unedited)
            return pie
        }
        try await bench.measure("scratch", per: tasks, executing: size) { _ in
            try await session(bench, fresh(bench, edits), bottomUp: false, unedited)
        }
        let pie = try fresh(bench, edits)
        _ = try await session(bench, pie, bottomUp: false, unedited)
        try await bench.measure("no-op", per: .edges(size - 1), executing: 0) { _ in
            try await session(bench, pie, bottomUp: false, unedited)
        }
        let depth = edits.change(0, in: pie)
        _ = try await session(bench, pie, bottomUp: true, unedited &+ edits.sum)
        try await bench.measure("change 1", per: .edges(size - 1), executing: depth) { _ in
            edits.change(0, in: pie)
            return try await session(bench, pie, bottomUp: false, unedited &+ edits.sum)
        }
        try await updates(bench, pie, &edits, unedited)
        try await bench.measure("full", per: tasks, executing: size) { run in
            pie.set(all, to: run + 1)
            let output = expected(0, size, all: run + 1) &+ edits.sum
            return try await session(bench, pie, bottomUp: false, output)
        }
    }

    /// Measures many updates one after the other, each in a session of its own.
    private static func updates(_ bench: Bench, _ pie: Pie, _ edits: inout Edits, _ unedited: Int) async throws {
        /// Which leaf an update is for: none, always the same, or one that was not edited for long.
        let phases: [(name: String, edit: (Int) -> Int?)] = [
            ("no-op", { _ in nil }),
            ("change 1 again", { _ in 0 }),
            ("change 1", { [count = edits.count] run in run &* 611_953 % count }),
        ]
        for phase in phases {
            let tasks = edits.change(0, in: pie)
            var (sessions, insides): ([Cost], [Duration]) = ([], [])
            for run in 0..<(bench.runs + 1) * 64 {
                if let edit = phase.edit(run) { edits.change(edit, in: pie) }
                var inside = Duration.zero
                let time = try await timed {
                    let output = try await pie.session { session in
                        inside = try await session.update(.files([])).duration
                        return try await session.require(Branch(index: 0, size: bench.size))
                    }
                    try bench.check(output == unedited &+ edits.sum, "a wrong output")
                }
                if run < 64 { continue }
                sessions.append(time)
                insides.append(inside)
            }
            let count = phase.edit(0) == nil ? Count.updates(1) : .tasks(tasks)
            bench.report("\(phase.name), bottom-up", costs: sessions, per: count)
            bench.report("\(phase.name), inside", times: insides, per: count)
        }
    }

    private static func fresh(_ bench: Bench, _ edits: Edits) throws -> Pie {
        let pie = try bench.pie()
        pie.set(all, to: 0)
        edits.apply(to: pie)
        return pie
    }

    private static func session(_ bench: Bench, _ pie: Pie, bottomUp: Bool, _ expected: Int) async throws -> Cost {
        try await bench.session(pie, Branch(index: 0, size: bench.size), gives: expected, bottomUp: bottomUp)
    }
}
