/// A context that executes every task it meets, each time, and remembers nothing.
///
/// Its results are right by construction: all other contexts must give the same.
public struct NonIncrementalContext: Context {
    /// Creates a context.
    public init() {}

    /// Executes a task and returns its output.
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try await task.execute(in: self)
    }
}
