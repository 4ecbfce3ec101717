import PIE

/// Consistent tasks required again by several at once: the same task by all, or others by each.
enum Workers: Workload {
    static let name = "workers"
    static let summary = "hits by 1 to 8 workers at once, on the same task and on distinct ones"

    /// The number of tasks that are hit.
    static func sizes(_ extent: Extent) -> [Int] { extent.sizes(quick: [100_000], usual: [1_000, 100_000]) }

    /// The numbers of workers are its own, and so are those of its jobs.
    static func jobs(_ extent: Extent, cores: Int) -> [Int] { [cores] }

    static let input = Input<Int>("workers")

    /// One of several that share the hits among them.
    struct Worker: IncrementalTask {
        var number: Int
        var workers: Int
        var size: Int
        var hits: Int
        var isSame: Bool

        /// Which task is hit.
        func index(_ hit: Int) -> Int { isSame ? size / 2 : (number * size / workers + hit % (size / workers)) }

        /// What all hits sum up to.
        var expected: Int { (0..<hits).reduce(0) { $0 &+ index($1) &* 31 } }

        func execute(in context: some Context) async throws -> Int {
            _ = try await context.read(Workers.input)
            var sum = 0
            for hit in 0..<hits { sum &+= try await context.require(Hits.Target(index: index(hit))) }
            return sum
        }

        /// The same hits, by the host.
        func hit(in session: Session) async throws -> Int {
            var sum = 0
            for hit in 0..<hits { sum &+= try await session.require(Hits.Target(index: index(hit))) }
            return sum
        }
    }

    static func run(_ bench: Bench) async throws {
        let hits = max(bench.size, 100_000) * 4
        for isSame in [true, false] {
            for workers in [1, 2, 4, 8] {
                let all = (0..<workers)
                    .map { number in
                        Worker(number: number, workers: workers, size: bench.size, hits: hits / workers, isSame: isSame)
                    }
                try await measure(bench, all, hits, isSame ? "the same task" : "distinct tasks")
            }
        }
    }

    private static func measure(_ bench: Bench, _ workers: [Worker], _ hits: Int, _ name: String) async throws {
        let title = "\(name), \(workers.count) workers"
        let expected = workers.map(\.expected)
        let pie = try bench.pie(jobs: workers.count)
        let targets = (0..<bench.size).map { Hits.Target(index: $0) }
        var (tasks, host): ([Cost], [Cost]) = ([], [])
        for run in 0...bench.runs {
            pie.set(input, to: run)
            let (byTasks, byHost) = try await pie.session { session in
                _ = try await session.require(all: targets)
                var sums: [Int] = []
                let byTasks = try await timed { sums = try await session.require(all: workers) }
                try bench.check(sums == expected, "\(title): a wrong output")
                let byHost = try await timed {
                    sums = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
                        for worker in workers {
                            group.addTask { (worker.number, try await worker.hit(in: session)) }
                        }
                        var sums = [Int](repeating: 0, count: workers.count)
                        for try await (number, sum) in group { sums[number] = sum }
                        return sums
                    }
                }
                try bench.check(sums == expected, "\(title): a wrong output")
                return (byTasks, byHost)
            }
            if run == 0 { continue }
            tasks.append(byTasks)
            host.append(byHost)
        }
        bench.report("by tasks: \(title)", costs: tasks, per: .hits(hits))
        bench.report("by the host: \(title)", costs: host, per: .hits(hits))
    }
}
