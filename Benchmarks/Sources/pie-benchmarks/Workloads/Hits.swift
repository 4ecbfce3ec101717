import PIE
import Synchronization

/// A consistent task required once more, from a task and from the session.
enum Hits: Workload {
    static let name = "hits"
    static let summary = "a consistent task required again: by a task, in order and shuffled, and by the session"

    static func sizes(_ extent: Extent) -> [Int] {
        extent.sizes(quick: [1_000, 100_000], usual: [1_000, 10_000, 100_000], beyond: [1_000_000])
    }

    static let input = Input<Int>("hits")

    /// A task that is hit.
    struct Target: IncrementalTask {
        var index: Int

        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            return index &* 31
        }
    }

    /// The order in which tasks are required.
    enum Order: Int, Codable, Sendable, CaseIterable {
        case same
        case inOrder
        case shuffled

        /// A number that has no factor in common with the sizes and jumps far.
        private static let stride = 611_953

        func index(_ place: Int, of size: Int) -> Int {
            switch self {
            case .same: size / 2
            case .inOrder: place
            case .shuffled: place &* Self.stride % size
            }
        }

        var name: String {
            switch self {
            case .same: "one task"
            case .inOrder: "in order"
            case .shuffled: "shuffled"
            }
        }
    }

    /// Requires all targets three times, and tells how long the last two rounds took.
    struct Requirer: IncrementalTask {
        var size: Int
        var order: Order

        struct Times: Equatable, Codable, Sendable {
            var sum = 0
            /// The tasks are consistent: this round records the dependencies.
            var first = 0
            /// The dependencies are recorded already.
            var again = 0
        }

        func execute(in context: some Context) async throws -> Times {
            _ = try await context.read(Hits.input)
            var times = Times()
            for round in 0..<2 {
                let start = Stopwatch.now
                for place in 0..<size {
                    times.sum &+= try await context.require(Target(index: order.index(place, of: size)))
                }
                let time = Int((Stopwatch.now - start) / .nanoseconds(1))
                if round == 0 { times.first = time } else { times.again = time }
            }
            return times
        }
    }

    static func run(_ bench: Bench) async throws {
        for order in Order.allCases { try await run(bench, order) }
        try chase(bench)
    }

    /// Goes through as many lines of memory as there are tasks, in random order: each names the next.
    ///
    /// That is how long this machine waits for a line, and what a shuffled hit is made of.
    private static func chase(_ bench: Bench) throws {
        // One circle through all of the lines, of which each is the first of eight words of eight bytes.
        var next = Array(0..<bench.size)
        var state: UInt64 = 1
        for line in next.indices.dropFirst() {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            next.swapAt(line, Int(state >> 33) % line)
        }
        var words = [Int](repeating: 0, count: bench.size * 8)
        for line in next.indices { words[line * 8] = next[line] * 8 }
        var times: [Duration] = []
        for run in 0...bench.runs {
            let start = Stopwatch.now
            var at = 0
            for _ in 0..<bench.size { at = words[at] }
            let time = Stopwatch.now - start
            try bench.check(at == 0, "the lines are no circle")
            if run > 0 { times.append(time) }
        }
        bench.report("of lines of memory, each naming the next", times: times, per: .hits(bench.size))
    }

    /// Looks the same outputs up in a plain dictionary, in the same order: what the memory of this machine allows.
    private static func lookUp(_ bench: Bench, _ order: Order, expecting expected: Int) throws {
        let size = bench.size
        let outputs = Dictionary(uniqueKeysWithValues: (0..<size).map { (Target(index: $0), $0 &* 31) })
        var times: [Duration] = []
        for _ in 0..<bench.runs {
            let start = Stopwatch.now
            var sum = 0
            for place in 0..<size { sum &+= outputs[Target(index: order.index(place, of: size))] ?? 0 }
            times.append(Stopwatch.now - start)
            try bench.check(sum == expected, "a wrong output")
        }
        bench.report("of a plain dictionary, \(order.name)", times: times, per: .hits(size))
        // Without a lock the processor looks for several outputs at once, which a task that awaits each one forbids.
        let locked = Mutex(outputs)
        times = []
        for _ in 0..<bench.runs {
            let start = Stopwatch.now
            var sum = 0
            for place in 0..<size {
                sum &+= locked.withLock { $0[Target(index: order.index(place, of: size))] ?? 0 }
            }
            times.append(Stopwatch.now - start)
            try bench.check(sum == expected, "a wrong output")
        }
        bench.report("of a locked dictionary, \(order.name)", times: times, per: .hits(size))
    }

    private static func run(_ bench: Bench, _ order: Order) async throws {
        let pie = try bench.pie()
        var (first, again, session, commit): ([Duration], [Duration], [Cost], [Duration]) = ([], [], [], [])
        let size = bench.size
        let sum = (0..<size).reduce(0) { $0 &+ order.index($1, of: size) &* 31 }
        for run in 0...bench.runs {
            pie.set(input, to: run)
            let (inside, outside, whole) = try await pie.session { open in
                _ = try await open.require(all: (0..<size).map { Target(index: $0) })
                var inside = Requirer.Times()
                let whole = try await timed { inside = try await open.require(Requirer(size: size, order: order)) }
                var outsideSum = 0
                let outside = try await timed {
                    for place in 0..<size {
                        outsideSum &+= try await open.require(Target(index: order.index(place, of: size)))
                    }
                }
                try bench.check(inside.sum == 2 &* sum && outsideSum == sum, "a wrong output")
                return (inside, outside, whole)
            }
            if run == 0 { continue }
            first.append(.nanoseconds(inside.first))
            again.append(.nanoseconds(inside.again))
            session.append(outside)
            commit.append(whole.time - .nanoseconds(inside.first + inside.again))
        }
        try lookUp(bench, order, expecting: sum)
        bench.report("by a task, first, \(order.name)", times: first, per: .hits(size))
        bench.report("by a task, again, \(order.name)", times: again, per: .hits(size))
        bench.report("by the session, \(order.name)", costs: session, per: .hits(size))
        if order != .same { bench.report("check and commit, \(order.name)", times: commit, per: .edges(size)) }
    }
}
