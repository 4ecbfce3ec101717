/// A kind of build whose phases are measured.
///
/// A workload computes what its tasks should give without the library and compares, and counts how many tasks
/// execute in each phase: a figure is printed only for work that was done, and done right.
protocol Workload: SendableMetatype {
    /// The name on the command line.
    static var name: String { get }

    /// One line about what is built.
    static var summary: String { get }

    /// The sizes that are measured, in the workload's own unit.
    static func sizes(_ extent: Extent) -> [Int]

    /// The numbers of jobs that are measured, unless the command line says one.
    static func jobs(_ extent: Extent, cores: Int) -> [Int]

    /// How often each phase is measured, unless the command line says it.
    static func runs(_ extent: Extent, size: Int) -> Int

    /// Measures all phases at one size, in a process of its own.
    static func run(_ bench: Bench) async throws
}

extension Workload {
    static func jobs(_ extent: Extent, cores: Int) -> [Int] { cores > 1 ? [1, cores] : [1] }
    static func runs(_ extent: Extent, size: Int) -> Int { extent.runs }
}

/// All workloads, in the order in which they run.
let workloads: [any Workload.Type] = [
    Chain.self, Grid.self, Fan.self, KeyStroke.self, Ackermann.self, Queries.self, Tree.self, Checks.self, Hits.self,
    Workers.self, All.self, Parallel.self, Depth.self, Coding.self, FrontBack.self, Files.self,
]
