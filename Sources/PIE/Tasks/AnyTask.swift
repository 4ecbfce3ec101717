/// A task of any type, to keep tasks of several types in one place: in an array, or as a stored property of a task.
///
/// Two boxes are equal when their tasks have the same type and are equal. Boxing a box does not nest. A box encodes
/// its task's type identifier and value; see ``TaskRegistry`` for decoding.
///
/// Where the type of a task is known, use the task itself: a box costs an allocation.
public struct AnyTask: Hashable, Sendable {
    let box: AnyTaskBox

    /// Boxes a task.
    ///
    /// - Parameter task: The task; nothing is executed.
    public init(_ task: some IncrementalTask) {
        box = TaskBox(task)
    }

    /// Returns a box as it is.
    ///
    /// - Parameter task: A task that is boxed already.
    public init(_ task: AnyTask) {
        self = task
    }

    init(box: AnyTaskBox) {
        self.box = box
    }

    /// The boxed task.
    public var base: any IncrementalTask { box.base }

    /// Returns the boxed task if it has the given type.
    ///
    /// - Parameter type: The type asked for.
    /// - Returns: The task, or `nil` if the box holds a task of another type.
    public func `as`<T: IncrementalTask>(_ type: T.Type) -> T? {
        (box as? TaskBox<T>)?.task
    }

    /// Whether two boxes hold equal tasks of the same type.
    ///
    /// - Parameters:
    ///   - lhs: A boxed task.
    ///   - rhs: Another boxed task.
    /// - Returns: `true` if the types are the same and the tasks are equal.
    public static func == (lhs: AnyTask, rhs: AnyTask) -> Bool {
        lhs.box === rhs.box || lhs.box.isEqual(to: rhs.box)
    }

    /// Feeds the task and its type into a hasher.
    ///
    /// - Parameter hasher: The hasher to feed.
    public func hash(into hasher: inout Hasher) {
        box.hash(into: &hasher)
    }
}

extension AnyTask: CustomStringConvertible {
    /// The task as Swift would print it.
    public var description: String { box.text }
}
