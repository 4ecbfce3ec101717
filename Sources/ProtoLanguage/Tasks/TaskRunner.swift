package import PIE

/// What a project check needs of a build: a session, or a context without memory.
package protocol TaskRunner: Sendable {
    /// Makes a task consistent and returns its output.
    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output
    /// Makes several tasks consistent, in parallel.
    func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output]
}

extension NonIncrementalContext: TaskRunner {}

extension Session: TaskRunner {}
