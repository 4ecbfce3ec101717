/// The reference behind an ``AnyTask``; ``TaskBox`` is its only subclass.
///
/// A class with one virtual method for each thing done to a task of unknown type: eight bytes in a column, and no
/// dynamic cast where an existential would need one.
// SAFETY: `@unchecked` because the class is not final. It has no stored property of its own, and its only subclass is
// final with one `let` of a `Sendable` type.
class AnyTaskBox: @unchecked Sendable {
    var base: any IncrementalTask { preconditionFailure("abstract") }
    var text: String { preconditionFailure("abstract") }
    func isEqual(to other: AnyTaskBox) -> Bool { preconditionFailure("abstract") }
    func hash(into hasher: inout Hasher) { preconditionFailure("abstract") }
    func encode(to container: inout any UnkeyedEncodingContainer) throws { preconditionFailure("abstract") }

    /// Returns the task's id in an engine.
    func intern(in engine: Engine) -> TaskID { preconditionFailure("abstract") }

    /// Requires the task in a context that does not know its type.
    func require(in context: NonIncrementalContext) async throws -> any Equatable & Codable & Sendable {
        preconditionFailure("abstract")
    }
}

/// The box around a task of type `T`.
final class TaskBox<T: IncrementalTask>: AnyTaskBox, @unchecked Sendable {
    let task: T

    init(_ task: T) {
        self.task = task
    }

    override var base: any IncrementalTask { task }

    override var text: String { String(describing: task) }

    override func isEqual(to other: AnyTaskBox) -> Bool {
        guard type(of: other) == TaskBox<T>.self else { return false }
        // The dynamic type was compared in the line before: the cast cannot fail.
        return unsafeDowncast(other, to: TaskBox<T>.self).task == task
    }

    override func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(T.self))
        hasher.combine(task)
    }

    override func encode(to container: inout any UnkeyedEncodingContainer) throws {
        try container.encode(task)
    }

    override func intern(in engine: Engine) -> TaskID {
        engine.intern(task)
    }

    override func require(
        in context: NonIncrementalContext
    ) async throws -> any Equatable & Codable & Sendable {
        try await context.require(task)
    }
}
