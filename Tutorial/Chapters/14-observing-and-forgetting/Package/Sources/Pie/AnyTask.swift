/// A task of any type, to keep tasks of several types in one place.
///
/// Two are equal if their tasks have the same type and are equal.
public struct AnyTask: Sendable {
    /// The task.
    public let base: any IncrementalTask

    /// Boxes a task; nothing is executed.
    public init(_ task: some IncrementalTask) {
        base = task
    }

    /// Executes the task.
    func execute(in context: some Context) async throws -> any TaskOutput {
        try await base.execute(in: context)
    }
}

extension AnyTask: CustomStringConvertible {
    /// The task as Swift would print it.
    public var description: String { String(describing: base) }
}

extension AnyTask: Hashable {
    /// Whether two tasks have the same type and are equal.
    public static func == (lhs: AnyTask, rhs: AnyTask) -> Bool {
        lhs.base.isEqual(to: rhs.base)
    }

    /// Feeds the task and its type into a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(type(of: base)))
        hasher.combine(base)
    }
}
