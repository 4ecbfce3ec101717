/// What a task sees of the build while it executes.
public protocol Context {
    /// Makes a task consistent and returns its output.
    @discardableResult
    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output
}
