public import PIE

/// Which executions a test expects to find in a log.
///
/// The usual one, exactly these tasks in any order, is a list:
///
/// ```swift
/// if let difference = log.difference(from: [WordCount(file: "a.txt"), Total()]) { print(difference) }
/// ```
///
/// Each task is expected as often as it is listed. An execution that failed or was cancelled counts as well.
public struct ExecutionExpectation: Sendable {
    enum Rule {
        case exactly
        case inOrder
        case atLeast
        case noneOf
    }

    let rule: Rule
    let tasks: [AnyTask]

    /// The types of the executions that are looked at; nil for all.
    let types: Set<ObjectIdentifier>?

    private init(_ rule: Rule, _ tasks: [any IncrementalTask], _ types: [any IncrementalTask.Type] = []) {
        self.rule = rule
        self.tasks = tasks.map { AnyTask($0) }
        let listed = types.isEmpty ? [] : tasks.map { ObjectIdentifier(type(of: $0)) }
        self.types = types.isEmpty ? nil : Set(types.map { ObjectIdentifier($0) } + listed)
    }

    /// Exactly these tasks, in any order.
    ///
    /// - Parameters:
    ///   - tasks: The tasks.
    ///   - types: The types of tasks that matter, whatever else is executed; all types if there are none.
    /// - Returns: The expectation.
    public static func exactly(
        _ tasks: [any IncrementalTask],
        of types: any IncrementalTask.Type...
    ) -> ExecutionExpectation {
        ExecutionExpectation(.exactly, tasks, types)
    }

    /// Exactly these tasks, and their executions began in this order.
    ///
    /// The order of tasks that do not need each other is that of the build only with one job.
    ///
    /// - Parameter tasks: The tasks.
    /// - Returns: The expectation.
    public static func inOrder(_ tasks: [any IncrementalTask]) -> ExecutionExpectation {
        ExecutionExpectation(.inOrder, tasks)
    }

    /// These tasks, and whichever others.
    ///
    /// - Parameter tasks: The tasks.
    /// - Returns: The expectation.
    public static func atLeast(_ tasks: [any IncrementalTask]) -> ExecutionExpectation {
        ExecutionExpectation(.atLeast, tasks)
    }

    /// Whichever tasks, but none of these.
    ///
    /// - Parameter tasks: The tasks.
    /// - Returns: The expectation.
    public static func noneOf(_ tasks: [any IncrementalTask]) -> ExecutionExpectation {
        ExecutionExpectation(.noneOf, tasks)
    }

    /// No task at all.
    public static var nothing: ExecutionExpectation { ExecutionExpectation(.exactly, []) }

    /// No task of some types, whatever else is executed.
    ///
    /// - Parameters:
    ///   - type: A type.
    ///   - types: More of them.
    /// - Returns: The expectation.
    public static func nothing(
        of type: any IncrementalTask.Type,
        _ types: any IncrementalTask.Type...
    ) -> ExecutionExpectation {
        ExecutionExpectation(.exactly, [], [type] + types)
    }
}

extension ExecutionExpectation: ExpressibleByArrayLiteral {
    /// Expects exactly the listed tasks, in any order.
    ///
    /// - Parameter tasks: The tasks.
    public init(arrayLiteral tasks: any IncrementalTask...) {
        self.init(.exactly, tasks)
    }
}
