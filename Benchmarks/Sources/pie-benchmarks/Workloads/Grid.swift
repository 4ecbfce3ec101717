import PIE

/// A ring in every layer: each task requires the three nearest of the layer before, the first layer reads inputs.
enum Grid: Workload {
    static let name = "grid"
    static let summary = "W3: n layers of a ring of n tasks, each requires three of the layer before"

    /// The number of layers, and of tasks in each.
    static func sizes(_ extent: Extent) -> [Int] { extent.sizes(quick: [300], usual: [32, 100, 300], beyond: [1_000]) }

    /// One for each task of the first layer.
    static let inputs = (0..<1_000).map { Input<Int>("grid \($0)") }

    /// A task of the grid.
    struct Node: IncrementalTask {
        var layer: UInt16
        var column: UInt16
        var side: UInt16

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            if layer == 0 { return try await context.read(Grid.inputs[Int(column)]) / 10 }
            let left = Node(layer: layer - 1, column: (column + side - 1) % side, side: side)
            let middle = Node(layer: layer - 1, column: column, side: side)
            let right = Node(layer: layer - 1, column: (column + 1) % side, side: side)
            return Grid.combine(
                try await context.require(left),
                try await context.require(middle),
                try await context.require(right)
            )
        }
    }

    /// The sum of the last layer.
    struct Sum: IncrementalTask {
        var side: UInt16

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            var sum = 0
            for column in 0..<side {
                sum &+= try await context.require(Node(layer: side - 1, column: column, side: side))
            }
            return sum
        }
    }

    private static func combine(_ left: Int, _ middle: Int, _ right: Int) -> Int {
        (left &* 31 &+ middle) &* 31 &+ right &+ 1
    }

    /// What the sum is for some inputs.
    static func expected(_ values: [Int]) -> Int {
        let side = values.count
        var layer = values.map { $0 / 10 }
        for _ in 1..<side {
            layer = layer.indices.map { combine(layer[($0 + side - 1) % side], layer[$0], layer[($0 + 1) % side]) }
        }
        return layer.reduce(0, &+)
    }

    static func run(_ bench: Bench) async throws {
        guard (3...inputs.count).contains(bench.size) else {
            throw UsageError(description: "the size of a grid is from 3 to \(inputs.count)")
        }
        let grid = Figures(side: bench.size)
        try await bench.resident(per: .tasks(grid.tasks)) {
            var build = try Build(bench)
            _ = try await build.session()
            return build.pie
        }
        try await bench.measure("scratch", per: .tasks(grid.tasks), executing: grid.tasks) { _ in
            var build = try Build(bench)
            return try await build.session()
        }
        for bottomUp in [false, true] { try await measureChanges(bench, grid, bottomUp: bottomUp) }
    }

    private static func measureChanges(_ bench: Bench, _ grid: Figures, bottomUp: Bool) async throws {
        var build = try Build(bench)
        build.bottomUp = bottomUp
        _ = try await build.session()
        let suffix = bottomUp ? ", bottom-up" : ""
        let middle = bench.size / 2
        try await bench.measure("no-op" + suffix, per: .edges(grid.edges), executing: 0) { _ in
            try await build.session()
        }
        try await bench.measure("cutoff" + suffix, per: .edges(grid.edges), executing: 1) { run in
            // A tenth of it is the same.
            build.set(middle, to: build.values[middle] / 10 * 10 + 1 + run % 2)
            return try await build.session()
        }
        try await bench.measure("change 1" + suffix, per: .tasks(grid.affected), executing: grid.affected) { _ in
            build.set(middle, to: build.values[middle] + 10)
            return try await build.session()
        }
        try await bench.measure("full" + suffix, per: .tasks(grid.tasks), executing: grid.tasks) { run in
            for column in 0..<bench.size { build.set(column, to: build.values[column] + 10 * (column % 7 + 1)) }
            return try await build.session()
        }
    }

    /// How much there is to do.
    private struct Figures {
        let side: Int

        var tasks: Int { side * side + 1 }

        /// Three for each task but those of the first layer, which have one, and those of the sum.
        var edges: Int { side * (side - 1) * 3 + side + side }

        /// How many tasks one input affects: two more in each layer, until it is the whole ring, and the sum.
        var affected: Int { (0..<side).reduce(1) { $0 + min(2 * $1 + 1, side) } }
    }

    /// A build, and the values of its inputs.
    private struct Build {
        let bench: Bench
        let pie: Pie
        private(set) var values: [Int]
        var bottomUp = false

        /// What the sum is, until an input changes.
        private var sum: Int?

        init(_ bench: Bench) throws {
            self.bench = bench
            pie = try bench.pie()
            values = (0..<bench.size).map { $0 * 70 }
            for (input, value) in zip(Grid.inputs, values) { pie.set(input, to: value) }
        }

        mutating func set(_ column: Int, to value: Int) {
            values[column] = value
            pie.set(Grid.inputs[column], to: value)
            sum = nil
        }

        mutating func session() async throws -> Cost {
            let expected = sum ?? Grid.expected(values)
            sum = expected
            return try await bench.session(pie, Sum(side: UInt16(bench.size)), gives: expected, bottomUp: bottomUp)
        }
    }
}
