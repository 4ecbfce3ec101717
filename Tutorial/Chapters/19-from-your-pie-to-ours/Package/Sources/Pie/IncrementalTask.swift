/// A piece of work with an output, executed again only when something it used has changed.
///
/// The stored properties are the parameters: two tasks of one type that are equal are the same task.
public protocol IncrementalTask<Output>: Hashable, Codable, Sendable {
    /// What the task computes; equal outputs count as no change.
    associatedtype Output: TaskOutput

    /// The name of this type in a saved graph.
    static var typeIdentifier: String { get }

    /// Computes the output, asking `context` for everything it needs.
    func execute(in context: some Context) async throws -> Output
}

extension IncrementalTask {
    /// The type's name, with that of its module.
    public static var typeIdentifier: String { String(reflecting: Self.self) }
}
