/// A unit of work that is executed again only when something it used has changed.
///
/// A task is an ordinary value. Its stored properties are its parameters: two tasks of one type that are equal are
/// the same task, and have one output. While it executes it may require other tasks, read files and write files
/// through its ``Context``; whatever it asks for there becomes a dependency, discovered at run time and recorded in
/// the order of asking.
///
/// ```swift
/// struct WordCount: IncrementalTask {
///     var file: File
///
///     func execute(in context: some Context) async throws -> Int {
///         let text = try await context.readText(file) ?? ""
///         return text.split(whereSeparator: \.isWhitespace).count
///     }
/// }
/// ```
///
/// ## Implementation guidance
///
/// - Ask the context for everything that can change: what a task reads behind its back is not tracked.
/// - The output must be a function of the task and of what the context answered. Equal outputs stop a change from
///   spreading, so leave out of it what nobody needs, such as positions or dates.
/// - Raise ``version`` when `execute(in:)` changes meaning, so that outputs made by older code are not reused.
/// - Throwing is failing: nothing is recorded, the error reaches every requirer.
public protocol IncrementalTask<Output>: Hashable, Codable, Sendable {
    /// What the task computes; equal outputs count as no change.
    associatedtype Output: Equatable & Codable & Sendable

    /// The name of this type in a store; stable across processes and unique in a ``TaskRegistry``.
    ///
    /// The default is the type's reflected name, such as `Compiler.Parse`. Override it to keep stored results
    /// across a rename.
    static var typeIdentifier: String { get }

    /// The version of what ``execute(in:)`` does; an output made by another version is not used. The default is 1.
    static var version: Int { get }

    /// Computes the output, asking `context` for everything it needs.
    ///
    /// - Parameter context: Gives access to other tasks, files and other resources, and records their use.
    /// - Returns: The output, a function of this task and of the context's answers.
    /// - Throws: Whatever the task wants to fail with; the error reaches every requirer untouched.
    func execute(in context: some Context) async throws -> Output

    /// Executes in a top-down build; called by the engine alone, never implemented by users.
    func _execute(topDown context: TopDownContext) async throws -> Output

    /// Executes in a bottom-up build; called by the engine alone, never implemented by users.
    func _execute(bottomUp context: BottomUpContext) async throws -> Output
}

extension IncrementalTask {
    /// The type's reflected name.
    public static var typeIdentifier: String { String(reflecting: Self.self) }

    /// Version 1.
    public static var version: Int { 1 }

    /// Calls ``execute(in:)``, specialised for this task and the top-down context.
    @inlinable
    public func _execute(topDown context: TopDownContext) async throws -> Output {
        try await execute(in: context)
    }

    /// Calls ``execute(in:)``, specialised for this task and the bottom-up context.
    @inlinable
    public func _execute(bottomUp context: BottomUpContext) async throws -> Output {
        try await execute(in: context)
    }
}
