import Dispatch
import PIE
import Synchronization

/// Tasks that do nothing but compute for a known time, with one job and with as many as there are cores.
enum Parallel: Workload {
    static let name = "parallel"
    static let summary = "n tasks of 1, 10 and 100 microseconds of work: how much faster all cores are than one"

    static func sizes(_ extent: Extent) -> [Int] { [1_000] }

    static func jobs(_ extent: Extent, cores: Int) -> [Int] { [cores] }

    /// A task that computes.
    struct Work: IncrementalTask {
        var index: Int
        var steps: Int

        func execute(in context: some Context) async throws -> UInt64 {
            Executions.note()
            return Parallel.compute(UInt64(index), steps: steps)
        }
    }

    /// Steps of which each needs the result of the one before.
    @inline(never)
    static func compute(_ seed: UInt64, steps: Int) -> UInt64 {
        var state = seed
        for _ in 0..<steps { state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
        return state
    }

    static func run(_ bench: Bench) async throws {
        guard bench.jobs > 1 else { return Console.note("parallel has nothing to compare one job with") }
        let steps = stepsInMicrosecond()
        for microseconds in [1, 10, 100] {
            let work = (0..<bench.size).map { Work(index: $0, steps: steps * microseconds) }
            let expected = work.map { compute(UInt64($0.index), steps: $0.steps) }
            var (plain, ours): ([Int: [Duration]], [Int: [Duration]]) = ([:], [:])
            // All take turns: what else the machine does meets each of them.
            for run in 0...bench.runs {
                for jobs in [1, bench.jobs] {
                    let without = try bench.threads(jobs, work, expected)
                    let with = try await session(bench, jobs, work, expected)
                    if run == 0 { continue }
                    plain[jobs, default: []].append(without)
                    ours[jobs, default: []].append(with)
                }
            }
            report(bench, "\(microseconds) us, threads alone", "thread", plain)
            report(bench, "\(microseconds) us", "job", ours)
        }
    }

    private static func report(_ bench: Bench, _ name: String, _ unit: String, _ times: [Int: [Duration]]) {
        let one = times[1, default: []]
        let several = times[bench.jobs, default: []]
        let tasks = Count.tasks(bench.size)
        bench.report("\(name), 1 \(unit)", times: one, clock: .passed, per: tasks)
        bench.report("\(name), \(bench.jobs) \(unit)s", times: several, clock: .passed, per: tasks)
        bench.report("\(name), speed-up", ratio: median(one), to: median(several), clock: .passed)
    }

    private static func session(
        _ bench: Bench,
        _ jobs: Int,
        _ work: [Work],
        _ expected: [UInt64]
    ) async throws -> Duration {
        let pie = try bench.pie(jobs: jobs)
        var outputs: [UInt64] = []
        let start = Stopwatch.passed
        try await pie.session { outputs = try await $0.require(all: work) }
        let time = Stopwatch.passed - start
        try bench.check(outputs == expected, "a wrong output")
        return time
    }

    /// How many steps this machine does in a microsecond, when nothing else keeps it busy.
    private static func stepsInMicrosecond() -> Int {
        let steps = 1_000_000
        var shortest = Duration.seconds(1)
        for run in 0..<20 {
            let start = Stopwatch.passed
            // Always true; so that the result is needed.
            if compute(UInt64(run), steps: steps) != 0 { shortest = min(shortest, Stopwatch.passed - start) }
        }
        return max(1, steps * 1_000 / max(1, Int(shortest / .nanoseconds(1))))
    }

    private static func median(_ times: [Duration]) -> Duration { times.sorted()[times.count / 2] }
}

extension Bench {
    /// How long plain threads take that share the work: what the machine allows at this moment.
    fileprivate func threads(_ threads: Int, _ work: [Parallel.Work], _ expected: [UInt64]) throws -> Duration {
        let next = Atomic<Int>(0)
        let isRight = Atomic<Bool>(true)
        let start = Stopwatch.passed
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                if index >= work.count { break }
                let result = Parallel.compute(UInt64(work[index].index), steps: work[index].steps)
                if result != expected[index] { isRight.store(false, ordering: .relaxed) }
            }
        }
        let time = Stopwatch.passed - start
        try check(isRight.load(ordering: .sequentiallyConsistent), "threads alone: a wrong result")
        return time
    }
}
