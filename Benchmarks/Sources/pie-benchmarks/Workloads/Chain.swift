import PIE

/// A chain: task 0 takes a tenth of an input, each other task requires the one before.
enum Chain: Workload {
    static let name = "chain"
    static let summary = "W2: t0 = input / 10, ti = 31 * ti-1 + i"

    static func sizes(_ extent: Extent) -> [Int] {
        extent.sizes(quick: [100_000], usual: [1_000, 10_000, 100_000], beyond: [1_000_000])
    }

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
        let tasks = Count.tasks(bench.size)
        let last = Link(index: bench.size - 1)
        func fresh() throws -> Pie {
            let pie = try bench.pie()
            pie.set(input, to: 0)
            return pie
        }
        let atZero = expected(0, bench.size)
        try await bench.resident(per: tasks) {
            let pie = try fresh()
            _ = try await bench.session(pie, last, gives: atZero)
            return pie
        }
        try await bench.measure("scratch", per: tasks, executing: bench.size) { _ in
            try await bench.session(fresh(), last, gives: atZero)
        }
        for bottomUp in [false, true] {
            let pie = try fresh()
            _ = try await bench.session(pie, last, gives: atZero, bottomUp: bottomUp)
            let suffix = bottomUp ? ", bottom-up" : ""
            try await bench.measure("no-op" + suffix, per: .edges(bench.size), executing: 0) { _ in
                try await bench.session(pie, last, gives: atZero, bottomUp: bottomUp)
            }
            try await bench.measure("cutoff" + suffix, per: .edges(bench.size), executing: 1) { run in
                pie.set(input, to: 1 + run % 2)
                return try await bench.session(pie, last, gives: atZero, bottomUp: bottomUp)
            }
            try await bench.measure("full" + suffix, per: tasks, executing: bench.size) { run in
                let value = 100 * (run + 1)
                pie.set(input, to: value)
                return try await bench.session(pie, last, gives: expected(value, bench.size), bottomUp: bottomUp)
            }
        }
    }
}
