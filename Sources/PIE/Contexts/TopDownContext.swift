/// The context of tasks that are made consistent from what is required, downwards.
///
/// To make a task consistent, its recorded dependencies are checked in the order in which they were recorded. A required
/// task is made consistent first, then compared with what was seen of it; a file is compared with its stamp. The first
/// dependency that does not hold ends the check, and the task executes; if all hold, its output is used as it is. So
/// nothing is executed that a run from scratch might not require, and only what the required task reaches is visited.
///
/// Made by a ``Session``; usable until the execution it was made for ends.
public struct TopDownContext: ExecutingContext {
    @usableFromInline let engine: Engine
    @usableFromInline let key: ExecutionKey

    @usableFromInline
    init(engine: Engine, key: ExecutionKey) {
        self.engine = engine
        self.key = key
    }

    @inlinable
    func run<T: IncrementalTask>(_ task: T, _ key: ExecutionKey) async throws -> T.Output {
        try await task._execute(topDown: TopDownContext(engine: engine, key: key))
    }

    /// Makes a task consistent and returns its output; see ``Context/require(_:)-(T)``.
    ///
    /// - Complexity: O(1) for a task that is consistent in this session.
    @inlinable
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try await engine.require(task, in: self)
    }
}
