/// What a task sees of the build while it executes: other tasks, files and other resources.
///
/// Everything asked for here becomes a dependency of the executing task. There are three implementations of one
/// meaning: ``NonIncrementalContext`` runs every task it meets, ``TopDownContext`` runs what is inconsistent among what
/// is required, ``BottomUpContext`` runs what a change affects.
///
/// Calls may be made at once, from `async let` or task groups; requirements made at once are independent of each other
/// and may run in parallel.
public protocol Context: Sendable {
    /// Makes a task consistent and returns its output.
    ///
    /// - Parameter task: The task to require.
    /// - Returns: Its output.
    /// - Throws: The task's own error, a ``BuildError``, or `CancellationError`.
    @discardableResult
    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output

    /// Makes a task consistent and depends on the stamp of its output alone.
    ///
    /// - Parameters:
    ///   - task: The task to require.
    ///   - stamper: Reduces the output to what this requirement depends on.
    /// - Returns: The whole output; what is used of it should be covered by the stamp.
    /// - Throws: The task's own error, a ``BuildError``, or `CancellationError`.
    @discardableResult
    func require<T: IncrementalTask, S: OutputStamper>(
        _ task: T,
        stamper: S
    ) async throws -> T.Output where S.Output == T.Output

    /// Makes a task consistent and returns, and depends on, a part of its output.
    ///
    /// - Parameters:
    ///   - task: The task to require.
    ///   - projecting: Takes the part out of the output.
    /// - Returns: The part.
    /// - Throws: The task's own error, a ``BuildError``, or `CancellationError`.
    @discardableResult
    func require<T: IncrementalTask, P: Projection>(
        _ task: T,
        projecting: P
    ) async throws -> P.Projected where P.Output == T.Output

    /// Makes a task of any type consistent and returns its output.
    ///
    /// - Parameter task: The boxed task.
    /// - Returns: Its output.
    /// - Throws: The task's own error, a ``BuildError``, or `CancellationError`.
    @discardableResult
    func require(_ task: AnyTask) async throws -> any Equatable & Codable & Sendable

    /// Makes several tasks consistent, in parallel.
    ///
    /// - Parameter tasks: The tasks, in the order in which they count as asked for.
    /// - Returns: Their outputs, in the same order.
    /// - Throws: The first error in the order of asking; all of them, as one ``BuildError``, with
    ///   ``PieOptions/keepGoing``.
    @discardableResult
    func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output]

    /// Makes several tasks of any types consistent, in parallel.
    ///
    /// - Parameter tasks: The boxed tasks, in the order in which they count as asked for.
    /// - Returns: Their outputs, in the same order.
    /// - Throws: As for tasks of one type.
    @discardableResult
    func require(all tasks: [AnyTask]) async throws -> [any Equatable & Codable & Sendable]

    /// Makes two or more tasks of different types consistent, in parallel.
    ///
    /// - Parameters:
    ///   - a: The first task.
    ///   - b: The second task.
    ///   - more: More tasks.
    /// - Returns: Their outputs, in the same order.
    /// - Throws: As for tasks of one type.
    @discardableResult
    func require<A: IncrementalTask, B: IncrementalTask, each More: IncrementalTask>(
        _ a: A,
        _ b: B,
        _ more: repeat each More
    ) async throws -> (A.Output, B.Output, repeat (each More).Output)

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - file: The file, named relative to the root.
    ///   - stamper: What of the file this dependency is on.
    /// - Returns: Its bytes, or `nil` if there is no such file.
    /// - Throws: A ``BuildError`` if the file cannot be read, or if another task provides it that was not required
    ///   before (R10).
    func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]?

    /// Reads a file of UTF-8 text.
    ///
    /// - Parameters:
    ///   - file: The file, named relative to the root.
    ///   - stamper: What of the file this dependency is on.
    /// - Returns: Its text, or `nil` if there is no such file.
    /// - Throws: As ``read(_:stamper:)``, and a ``BuildError`` if the bytes are not UTF-8.
    func readText(_ file: File, stamper: FileStamper) async throws -> String?

    /// Depends on a file that another program reads, without reading it here.
    ///
    /// - Parameters:
    ///   - file: The file, named relative to the root.
    ///   - stamper: What of the file this dependency is on.
    /// - Throws: A ``BuildError`` if the file cannot be looked at, or if another task provides it that was not required
    ///   before (R10).
    func depend(on file: File, stamper: FileStamper) async throws

    /// Writes a file unless it has these bytes already, and provides it.
    ///
    /// - Parameters:
    ///   - bytes: The contents.
    ///   - file: The file, named relative to the root; missing folders are made.
    /// - Throws: A ``BuildError`` if the file cannot be written, if another task provides it (R11), if a task that does
    ///   not require this one read it (R10), or if this task read it before.
    func write(_ bytes: some Sequence<UInt8> & Sendable, to file: File) async throws

    /// Provides a file that another program wrote just now.
    ///
    /// - Parameter file: The file, named relative to the root.
    /// - Throws: As ``write(_:to:)``.
    func provide(_ file: File) async throws

    /// Reads a resource: a directory listing, an environment variable, an input of the host, or one of your own.
    ///
    /// - Parameter resource: The resource.
    /// - Returns: Its content.
    /// - Throws: What loading it throws.
    func read<R: Resource>(_ resource: R) async throws -> R.Content

    /// Returns what a task's output was before this session, without depending on it.
    ///
    /// It is feedback from the last build, for a warm start or a comparison; the result of a task must not depend on it.
    ///
    /// - Parameter task: Any task, the executing one included.
    /// - Returns: The output of its last successful execution before this session began, made by this version; `nil` if
    ///   there is none, and always in a ``NonIncrementalContext``.
    func previousOutput<T: IncrementalTask>(of task: T) async -> T.Output?
}
