#if canImport(Testing)
    public import PIE
    public import Testing

    /// Expects that a task keeps what ``/PIE/IncrementalTask`` asks for, and otherwise records what it does not keep.
    ///
    /// ```swift
    /// expectConforming(WordCount(file: "a.txt"), differentFrom: [WordCount(file: "b.txt")])
    /// ```
    ///
    /// ``Conformance/problems(of:equalTo:differentFrom:tasks:)`` says what is checked.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - equals: Tasks that are equal to it, perhaps made in another way.
    ///   - others: Tasks that differ from it: best, in one property each.
    ///   - tasks: The types of tasks that it contains as an ``/PIE/AnyTask``.
    ///   - sourceLocation: Where to record it.
    public func expectConforming<T: IncrementalTask>(
        _ task: T,
        equalTo equals: [T] = [],
        differentFrom others: [T] = [],
        tasks: [any IncrementalTask.Type] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        record(Conformance.problems(of: task, equalTo: equals, differentFrom: others, tasks: tasks), sourceLocation)
    }

    /// Expects that a stamper gives equal stamps for equal outputs, and otherwise records what is wrong.
    ///
    /// - Parameters:
    ///   - stamper: The stamper.
    ///   - outputs: Outputs to try it on.
    ///   - equals: Stampers that are equal to it.
    ///   - others: Stampers that differ from it.
    ///   - sourceLocation: Where to record it.
    public func expectConforming<S: OutputStamper>(
        _ stamper: S,
        on outputs: [S.Output],
        equalTo equals: [S] = [],
        differentFrom others: [S] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) where S.Output: Equatable & Codable {
        record(
            Conformance.problems(of: stamper, on: outputs, equalTo: equals, differentFrom: others),
            sourceLocation
        )
    }

    /// Expects that a projection gives equal parts of equal outputs, and otherwise records what is wrong.
    ///
    /// - Parameters:
    ///   - projection: The projection.
    ///   - outputs: Outputs to try it on.
    ///   - equals: Projections that are equal to it.
    ///   - others: Projections that differ from it.
    ///   - sourceLocation: Where to record it.
    public func expectConforming<P: Projection>(
        _ projection: P,
        on outputs: [P.Output],
        equalTo equals: [P] = [],
        differentFrom others: [P] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) where P.Output: Equatable & Codable {
        record(
            Conformance.problems(of: projection, on: outputs, equalTo: equals, differentFrom: others),
            sourceLocation
        )
    }

    /// Expects that a resource is loaded and stamped as ``/PIE/Resource`` asks for, and otherwise records what is wrong.
    ///
    /// - Parameters:
    ///   - resource: The resource; nothing may change its content meanwhile.
    ///   - pie: The build whose root, buffers and inputs it is looked up in.
    ///   - equals: Resources that are equal to it.
    ///   - others: Resources that differ from it.
    ///   - sourceLocation: Where to record it.
    ///   - change: Changes the content of the resource: its stamp must be another one then.
    /// - Throws: What `change` throws.
    public func expectConforming<R: Resource>(
        _ resource: R,
        in pie: Pie,
        equalTo equals: [R] = [],
        differentFrom others: [R] = [],
        sourceLocation: SourceLocation = #_sourceLocation,
        changing change: (() async throws -> Void)? = nil
    ) async throws {
        let problems = try await Conformance.problems(
            of: resource,
            in: pie,
            equalTo: equals,
            differentFrom: others,
            changing: change
        )
        record(problems, sourceLocation)
    }

    /// Expects that task types have stable names of their own, and otherwise records which have not.
    ///
    /// - Parameters:
    ///   - types: The types, as they are given to a ``/PIE/Pie``.
    ///   - log: A log of builds: the type of each task that was executed in it should be among them.
    ///   - sourceLocation: Where to record it.
    public func expectConforming(
        types: [any IncrementalTask.Type],
        covering log: EventLog? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        record(Conformance.problems(ofTypes: types, covering: log), sourceLocation)
    }

    private func record(_ problems: [ConformanceProblem], _ sourceLocation: SourceLocation) {
        for problem in problems {
            Issue.record(Comment(rawValue: problem.description), sourceLocation: sourceLocation)
        }
    }
#endif
