package import PIE
internal import Synchronization

/// Runs tasks in a session and keeps in mind which they were, so that those can be let go of that a later check does not
/// need any more: files come and go, and what is required of a session is kept up to date for ever.
package final class RootRecorder: TaskRunner {
    /// The tasks that a session was asked for, and how to let go of each.
    package struct Roots: Sendable {
        fileprivate var unobserve: [AnyTask: @Sendable (Pie) -> Void] = [:]

        package init() {}

        /// Whether a task is one of them.
        func contains(_ task: AnyTask) -> Bool { unobserve[task] != nil }

        /// Stops keeping tasks up to date that are not among others.
        ///
        /// - Parameters:
        ///   - others: What is still needed.
        ///   - pie: The build.
        /// - Returns: Whether there were any.
        package func unobserve(unlessIn others: Roots, of pie: Pie) -> Bool {
            let gone = unobserve.filter { others.unobserve[$0.key] == nil }
            for unobserve in gone.values { unobserve(pie) }
            return !gone.isEmpty
        }
    }

    private let session: Session
    private let recorded = Mutex(Roots())

    package init(_ session: Session) {
        self.session = session
    }

    /// What was asked for so far.
    package var roots: Roots { recorded.withLock { $0 } }

    package func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        record([task])
        return try await session.require(task)
    }

    package func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output] {
        record(tasks)
        return try await session.require(all: tasks)
    }

    private func record<T: IncrementalTask>(_ tasks: [T]) {
        recorded.withLock { roots in
            for task in tasks { roots.unobserve[AnyTask(task)] = { $0.unobserve(task) } }
        }
    }
}
