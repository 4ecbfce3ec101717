/// A piece of work with an output, executed again only when something it used has changed.
///
/// The stored properties are the parameters: two tasks of one type that are equal are the same task.
public protocol IncrementalTask<Output>: Hashable, Sendable {
    /// What the task computes; equal outputs count as no change.
    associatedtype Output: TaskOutput

    /// Computes the output, asking `context` for everything it needs.
    func execute(in context: some Context) async throws -> Output
}
