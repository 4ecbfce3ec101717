import PIE

/// One chain, deeper than any stack: how much memory a level costs, at the peak and afterwards.
enum Depth: Workload {
    static let name = "depth"
    static let summary = "a chain of 1,000,000 from scratch: time and memory for each level"

    static func sizes(_ extent: Extent) -> [Int] { [1_000_000] }

    static func run(_ bench: Bench) async throws {
        let pie = try bench.pie()
        pie.set(Chain.input, to: 0)
        _ = try await pie.session { try await $0.require(Chain.Link(index: 0)) }
        let before = Memory.resident
        var output = 0
        let time = try await timed {
            output = try await pie.session { try await $0.require(Chain.Link(index: bench.size - 1)) }
        }
        try bench.check(output == Chain.expected(0, bench.size), "a wrong output")
        bench.report("scratch", costs: [time], per: .levels(bench.size))
        bench.report("resident at the peak", bytes: Memory.peak - before, per: .levels(bench.size))
        bench.report("resident afterwards", bytes: Memory.resident - before, per: .levels(bench.size))
        let again = try await timed {
            output = try await pie.session { try await $0.require(Chain.Link(index: bench.size - 1)) }
        }
        try bench.check(output == Chain.expected(0, bench.size), "a wrong output")
        bench.report("no-op", costs: [again], per: .levels(bench.size))
    }
}
