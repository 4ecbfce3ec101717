public import PIE

/// Checks whether your tasks, stampers, projections and resources keep what their protocols ask for and no compiler checks.
///
/// Each function returns what it found; `expectConforming` of Swift Testing records it.
public enum Conformance {
    /// Checks a task: that equal tasks have equal hashes and equal encodings, in the form that a store keeps; that a task
    /// comes back from its encoding; and that its type has a stable name.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - equals: Tasks that are equal to it, perhaps made in another way.
    ///   - others: Tasks that differ from it: best, in one property each.
    ///   - tasks: The types of tasks that it contains as an ``/PIE/AnyTask``.
    /// - Returns: What is wrong.
    public static func problems<T: IncrementalTask>(
        of task: T,
        equalTo equals: [T] = [],
        differentFrom others: [T] = [],
        tasks: [any IncrementalTask.Type] = []
    ) -> [ConformanceProblem] {
        var check = ValueCheck<T>("task", hash: \.hashValue, tasks: tasks)
        check.check(task, equalTo: equals, differentFrom: others)
        return check.problems + problems(ofTypes: [T.self])
    }

    /// Checks an output of a task: that it is equal to itself, and comes back from its encoding.
    ///
    /// - Parameters:
    ///   - output: The output.
    ///   - equals: Outputs that are equal to it, perhaps made in another way.
    ///   - others: Outputs that differ from it.
    ///   - tasks: The types of tasks that it contains as an ``/PIE/AnyTask``.
    /// - Returns: What is wrong.
    public static func problems<Output: Equatable & Codable & Sendable>(
        ofOutput output: Output,
        equalTo equals: [Output] = [],
        differentFrom others: [Output] = [],
        tasks: [any IncrementalTask.Type] = []
    ) -> [ConformanceProblem] {
        var check = ValueCheck<Output>("output", tasks: tasks)
        check.check(output, equalTo: equals, differentFrom: others)
        return check.problems
    }

    /// Checks a stamper: as a value, and that it gives equal stamps for equal outputs.
    ///
    /// - Parameters:
    ///   - stamper: The stamper.
    ///   - outputs: Outputs to try it on.
    ///   - equals: Stampers that are equal to it.
    ///   - others: Stampers that differ from it.
    /// - Returns: What is wrong.
    public static func problems<S: OutputStamper>(
        of stamper: S,
        on outputs: [S.Output],
        equalTo equals: [S] = [],
        differentFrom others: [S] = []
    ) -> [ConformanceProblem] where S.Output: Equatable & Codable {
        var check = ValueCheck<S>("stamper", hash: \.hashValue)
        let copy = check.check(stamper, equalTo: equals, differentFrom: others)
        return check.problems
            + reductions(of: outputs, by: stamper, copy ?? stamper, "stamper", "stamp") { $0.stamp($1) }
    }

    /// Checks a projection: as a value, and that it gives equal parts of equal outputs.
    ///
    /// - Parameters:
    ///   - projection: The projection.
    ///   - outputs: Outputs to try it on.
    ///   - equals: Projections that are equal to it.
    ///   - others: Projections that differ from it.
    /// - Returns: What is wrong.
    public static func problems<P: Projection>(
        of projection: P,
        on outputs: [P.Output],
        equalTo equals: [P] = [],
        differentFrom others: [P] = []
    ) -> [ConformanceProblem] where P.Output: Equatable & Codable {
        var check = ValueCheck<P>("projection", hash: \.hashValue)
        let copy = check.check(projection, equalTo: equals, differentFrom: others)
        return check.problems
            + reductions(of: outputs, by: projection, copy ?? projection, "projection", "part") { $0.project($1) }
    }

    /// Checks what a stamper or projection makes of outputs, also one that comes from its encoding, and of outputs that do.
    private static func reductions<Reducer, Output: Equatable & Codable, Reduced: Equatable & Codable>(
        of outputs: [Output],
        by reducer: Reducer,
        _ copy: Reducer,
        _ noun: String,
        _ result: String,
        _ reduce: (Reducer, Output) -> Reduced
    ) -> [ConformanceProblem] {
        var outputCheck = ValueCheck<Output>("output")
        var reducedCheck = ValueCheck<Reduced>(result)
        var problems: [ConformanceProblem] = []
        func compare(_ one: Output, _ other: Output) {
            let (first, second) = (reduce(reducer, one), reduce(copy, other))
            if first == second || !problems.isEmpty { return }
            problems.append(
                ConformanceProblem(
                    .reduction,
                    "a \(noun) gives different \(result)s for equal outputs",
                    [noun: "\(reducer)", "output": "\(one)", result: "\(first)", "other": "\(second)"],
                    hint: "whoever requires with it would run each time; use nothing but the output and the \(noun)"
                )
            )
        }
        for (index, output) in outputs.enumerated() {
            compare(output, output)
            if let decoded = outputCheck.check(output) { compare(output, decoded) }
            for other in outputs[(index + 1)...] where output == other { compare(output, other) }
            reducedCheck.check(reduce(reducer, output))
        }
        return problems + outputCheck.problems + reducedCheck.problems
    }

    /// Checks types of tasks: that each has a name that is the same in every process, and none has that of another.
    ///
    /// - Parameters:
    ///   - types: The types, as they are given to a ``/PIE/Pie``.
    ///   - log: A log of builds: the type of each task that was executed in it should be among them.
    /// - Returns: What is wrong.
    public static func problems(
        ofTypes types: [any IncrementalTask.Type],
        covering log: EventLog? = nil
    ) -> [ConformanceProblem] {
        var problems: [ConformanceProblem] = []
        var accepted: [any IncrementalTask.Type] = []
        for type in types {
            do {
                _ = try TaskRegistry(accepted + [type])
                accepted.append(type)
            } catch {
                let error = error as? BuildError
                problems.append(
                    ConformanceProblem(
                        .typeIdentifier,
                        error?.title ?? "a task type cannot be registered",
                        ["type": String(reflecting: type), "identifier": type.typeIdentifier],
                        hint: error?.hint ?? "give the type a static typeIdentifier of its own"
                    )
                )
            }
        }
        let missing = Set((log?.executed ?? []).map { ObjectIdentifier(Swift.type(of: $0.base)) })
            .subtracting(types.map { ObjectIdentifier($0) })
        var told: Set<ObjectIdentifier> = []
        for task in log?.executed ?? [] {
            let type = Swift.type(of: task.base)
            guard missing.contains(ObjectIdentifier(type)), told.insert(ObjectIdentifier(type)).inserted else {
                continue
            }
            problems.append(
                ConformanceProblem(
                    .typeIdentifier,
                    "a type of tasks that were executed is not among those given",
                    ["type": String(reflecting: type), "task": "\(task)"],
                    hint:
                        "add it: tasks of types that a Pie does not know come back from a store only when they are required"
                )
            )
        }
        return problems
    }
}
