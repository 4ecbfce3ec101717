/// A context that takes what no change has reached as it is, without a look.
public struct BottomUpContext: Context {
    let session: Session
    /// The task that executes with this context.
    let task: AnyTask

    /// Returns the output of a task, making it consistent if a change has reached it.
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        if let output = session.requireKnown(AnyTask(task), by: self.task) { return task.typed(output) }
        return task.typed(try await session.require(AnyTask(task), by: self.task))
    }

    /// Reads a file and depends on what the stamper sees of it; `nil` if there is no such file.
    public func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        try session.read(file, stamper: stamper, by: task)
    }

    /// Writes a file unless it has these bytes already, and provides it.
    public func write(_ bytes: [UInt8], to file: File) async throws {
        try session.write(bytes, to: file, by: task)
    }
}
