internal import Synchronization

/// Who decides in which order the Swift tasks of a build run: nobody, but in a test that explores orders.
///
/// Such a test runs everything on an executor of its own. Swift tasks that are made inside another one do not take over its
/// executor, so those of a build ask here; a task-local value reaches them.
package enum Scheduling {
    @TaskLocal private static var current: (any TaskExecutor)?

    /// How many orders are being explored in this process: the task-local value is not looked for where there are none.
    private static let count = Atomic<Int>(0)

    /// Does something with an executor for all Swift tasks that builds make meanwhile.
    package static func with<R>(
        _ executor: any TaskExecutor,
        _ body: () async throws -> R
    ) async rethrows -> R {
        count.add(1, ordering: .relaxed)
        defer { count.subtract(1, ordering: .relaxed) }
        return try await $current.withValue(executor) { try await body() }
    }

    /// The executor to make Swift tasks with; `nil` where their order is nobody's business.
    package static var executor: (any TaskExecutor)? {
        count.load(ordering: .relaxed) == 0 ? nil : current
    }

    /// Makes a Swift task, on an executor if one is given.
    ///
    /// A preference for none is not the same as no preference: the runtime would look for it under a lock wherever a call
    /// returns that might have left its executor, which is once in each execution.
    static func task<R: Sendable>(
        on executor: (any TaskExecutor)?,
        _ body: @escaping @Sendable () async throws -> R
    ) -> Task<R, any Error> {
        guard let executor else { return Task { try await body() } }
        return Task(executorPreference: executor) { try await body() }
    }

    /// Makes a Swift task that throws nothing, on an executor if one is given.
    static func task(
        on executor: (any TaskExecutor)?,
        _ body: @escaping @Sendable () async -> Void
    ) -> Task<Void, Never> {
        guard let executor else { return Task { await body() } }
        return Task(executorPreference: executor) { await body() }
    }

    /// Lets other Swift tasks go first, where orders are explored: a place at which another thread might have.
    @inline(__always)
    static func pass() async {
        if executor != nil { await Task.yield() }
    }
}
