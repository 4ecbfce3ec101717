/// The context of tasks that are made consistent from what changed, upwards.
///
/// An update puts the readers of changed files in line. In dependency order each is checked, like top-down, and executes
/// if a dependency does not hold; when its output differs, those who required it and saw something else are put in line
/// in turn. A task that an executing one requires is consistent without a look if nothing below it is in line; otherwise
/// what is in line there is made consistent first, in recorded order. So the work depends on what the change affects,
/// not on the size of the graph.
///
/// Made by a ``Session``'s update; usable until the execution it was made for ends.
public struct BottomUpContext: ExecutingContext {
    @usableFromInline let engine: Engine
    @usableFromInline let key: ExecutionKey

    @usableFromInline
    init(engine: Engine, key: ExecutionKey) {
        self.engine = engine
        self.key = key
    }

    @inlinable
    func run<T: IncrementalTask>(_ task: T, _ key: ExecutionKey) async throws -> T.Output {
        try await task._execute(bottomUp: BottomUpContext(engine: engine, key: key))
    }

    /// Makes a task consistent and returns its output; see ``Context/require(_:)-(T)``.
    ///
    /// - Complexity: O(1) for a task that is consistent.
    @inlinable
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try await engine.require(task, in: self)
    }
}
