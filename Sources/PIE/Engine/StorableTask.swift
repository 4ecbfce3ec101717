/// A task and perhaps its output, taken out of the tables to be encoded.
// SAFETY: `@unchecked` because the class is not final. It has no stored property, and its only subclass is final with
// `let` properties of `Sendable` types.
class StorableTask: @unchecked Sendable {
    /// How the task is encoded; nil if it was not taken.
    ///
    /// Runs users' code.
    func key(_ store: EngineStore) throws -> EncodedValue? { preconditionFailure("abstract") }

    /// How the output is encoded; nil if there is none.
    ///
    /// Runs users' code.
    func output(_ store: EngineStore) throws -> EncodedValue? { preconditionFailure("abstract") }
}

/// A task of type `T`, and perhaps its output.
final class TypedStorableTask<T: IncrementalTask>: StorableTask, @unchecked Sendable {
    private let task: T?
    private let output: T.Output?

    init(_ task: T?, _ output: T.Output?) {
        self.task = task
        self.output = output
    }

    override func key(_ store: EngineStore) throws -> EncodedValue? { try task.map { try store.encode($0) } }

    override func output(_ store: EngineStore) throws -> EncodedValue? {
        guard let output else { return nil }
        return try store.encode(output)
    }
}
