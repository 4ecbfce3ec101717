import Synchronization

/// Counts how many tasks execute, while somebody wants to know.
///
/// While nobody does, which is so whenever the clock runs, a task pays one relaxed load.
enum Executions {
    private static let isCounting = Atomic<Bool>(false)
    private static let count = Atomic<Int>(0)

    /// Notes that a task executes; called first thing by every task of the workloads.
    @inline(__always)
    static func note() {
        if isCounting.load(ordering: .relaxed) { count.add(1, ordering: .relaxed) }
    }

    /// Counts the executions of a body.
    static func counted(_ body: () async throws -> Void) async rethrows -> Int {
        count.store(0, ordering: .relaxed)
        isCounting.store(true, ordering: .sequentiallyConsistent)
        defer { isCounting.store(false, ordering: .sequentiallyConsistent) }
        try await body()
        return count.load(ordering: .sequentiallyConsistent)
    }
}
