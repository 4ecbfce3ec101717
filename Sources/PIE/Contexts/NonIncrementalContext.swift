/// The context of a run from scratch: every task that is met runs, once, and nothing is kept for the next run.
///
/// It is what the incremental contexts must agree with (R9), so it shares none of their machinery: outputs are kept by
/// task for as long as the instance lives, requirements in flight are awaited and not repeated, cycles are reported.
/// Hidden dependencies and overlaps are not judged, and there are no previous outputs.
///
/// ```swift
/// let count = try await NonIncrementalContext(root: "project").require(WordCount(file: "README.md"))
/// ```
public struct NonIncrementalContext: Context {
    private let run: NonIncrementalRun
    private let scope: ResourceScope

    /// The task that this context was made for; `nil` for the host.
    private let task: AnyTask?

    /// Creates a context that has met no task yet.
    ///
    /// - Parameter root: The folder that files are named relative to; `nil` for the working folder of the process.
    public init(root: String? = nil) {
        // Without a working folder no file can be found, which the first read reports.
        let root = (try? FileSystem.absoluteRoot(root)) ?? "/"
        self.init(scope: ResourceScope(root: root))
    }

    /// Creates a context with the root and the inputs of a ``Pie``, to compare its results with.
    ///
    /// - Parameter pie: The build to compare with.
    public init(of pie: Pie) {
        self.init(scope: pie.presentScope)
    }

    private init(scope: ResourceScope) {
        run = NonIncrementalRun()
        self.scope = scope
        task = nil
    }

    private init(_ other: NonIncrementalContext, for task: AnyTask) {
        run = other.run
        scope = other.scope
        self.task = task
    }

    // MARK: Tasks

    /// Executes a task unless this instance has met it before, and returns its output.
    ///
    /// - Parameter task: The task to require.
    /// - Returns: Its output.
    /// - Throws: The task's own error, a ``BuildError`` for a cycle, or `CancellationError`.
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        let boxed = AnyTask(task)
        while true {
            try Task.checkCancellation()
            switch run.claim(boxed, for: self.task) {
            case .output(let output):
                guard let output = output as? T.Output else { preconditionFailure("an output has its task's type") }
                return output
            case .failed(let error):
                throw error
            case .cycle(let path):
                throw BuildError.cycle(path)
            case .wait:
                await run.wait(for: boxed, self.task)
            case .execute:
                do {
                    let context = NonIncrementalContext(self, for: boxed)
                    // The host may ask from the main actor; what tasks ask for is off it already.
                    let output =
                        self.task == nil
                        ? try await Self.execute(task, in: context) : try await task.execute(in: context)
                    try Task.checkCancellation()
                    run.finish(boxed, .success(output))
                    return output
                } catch {
                    run.finish(boxed, .failure(error))
                    throw error
                }
            }
        }
    }

    /// Executes a task off the caller's actor.
    @concurrent
    private static func execute<T: IncrementalTask>(
        _ task: T,
        in context: NonIncrementalContext
    ) async throws -> T.Output {
        try await task.execute(in: context)
    }

    /// Executes a task unless this instance has met it before, and returns its output.
    @discardableResult
    public func require<T: IncrementalTask, S: OutputStamper>(
        _ task: T,
        stamper: S
    ) async throws -> T.Output where S.Output == T.Output {
        try await require(task)
    }

    /// Executes a task unless this instance has met it before, and returns a part of its output.
    @discardableResult
    public func require<T: IncrementalTask, P: Projection>(
        _ task: T,
        projecting: P
    ) async throws -> P.Projected where P.Output == T.Output {
        projecting.project(try await require(task))
    }

    /// Executes a task of any type unless this instance has met it before, and returns its output.
    @discardableResult
    public func require(_ task: AnyTask) async throws -> any Equatable & Codable & Sendable {
        try await task.box.require(in: self)
    }

    /// Executes several tasks, in parallel.
    @discardableResult
    public func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output] {
        try await run.inParallel(tasks.count) { _ = try await require(tasks[$0]) }
        return try tasks.map { try output(of: $0) }
    }

    /// Executes several tasks of any types, in parallel.
    @discardableResult
    public func require(all tasks: [AnyTask]) async throws -> [any Equatable & Codable & Sendable] {
        try await run.inParallel(tasks.count) { _ = try await require(tasks[$0]) }
        var outputs: [any Equatable & Codable & Sendable] = []
        for task in tasks { outputs.append(try await require(task)) }
        return outputs
    }

    /// Executes several tasks of different types, in parallel.
    @discardableResult
    public func require<A: IncrementalTask, B: IncrementalTask, each More: IncrementalTask>(
        _ a: A,
        _ b: B,
        _ more: repeat each More
    ) async throws -> (A.Output, B.Output, repeat (each More).Output) {
        var boxes = [AnyTask(a), AnyTask(b)]
        for task in repeat each more { boxes.append(AnyTask(task)) }
        let tasks = boxes
        try await run.inParallel(tasks.count) { _ = try await require(tasks[$0]) }
        return (try output(of: a), try output(of: b), repeat try output(of: each more))
    }

    /// The output of a task that was executed.
    private func output<T: IncrementalTask>(of task: T) throws -> T.Output {
        guard case .output(let output as T.Output) = run.claim(AnyTask(task), for: self.task) else {
            throw CancellationError()
        }
        return output
    }

    // MARK: Files and other resources

    /// Reads a file; nothing is recorded.
    public func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        try await load(file)
    }

    /// Does nothing: there are no dependencies.
    public func depend(on file: File, stamper: FileStamper) async throws {}

    /// Writes a file unless it has these bytes already.
    public func write(_ bytes: some Sequence<UInt8> & Sendable, to file: File) async throws {
        try Task.checkCancellation()
        run.provide(file.relative(to: scope.root))
        do {
            try scope.fileSystem.writeUnlessEqual(bytes as? [UInt8] ?? Array(bytes), at: file)
        } catch {
            throw BuildError.fileSystem(error)
        }
    }

    /// Takes note that the file is the task's; another program wrote it.
    public func provide(_ file: File) async throws {
        run.provide(file.relative(to: scope.root))
    }

    /// Reads a resource; nothing is recorded.
    public func read<R: Resource>(_ resource: R) async throws -> R.Content {
        try await load(resource)
    }

    private func load<R: Resource>(_ resource: R) async throws -> R.Content {
        try Task.checkCancellation()
        do {
            if !scope.buffers.isEmpty, let file = resource as? File, run.isProvided(file.relative(to: scope.root)) {
                return try await resource.load(in: ResourceScope(root: scope.root, inputs: scope.inputs)).0
            }
            return try await resource.load(in: scope).0
        } catch let error as FileSystemError {
            throw BuildError.fileSystem(error)
        } catch InputError.noValue(let name, let type) {
            throw BuildError.missingInput(name, type: type)
        }
    }

    /// Returns `nil`: there was no session before.
    public func previousOutput<T: IncrementalTask>(of task: T) async -> T.Output? { nil }
}
