/// A context that executes only what is not consistent.
public struct TopDownContext: Context {
    let session: Session
    /// The task that executes with this context, or `nil` for the host.
    let task: AnyTask?

    /// Makes a task consistent and returns its output.
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        task.typed(try await session.require(AnyTask(task), by: self.task))
    }

    /// Reads a file and depends on what the stamper sees of it; `nil` if there is no such file.
    public func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        try await session.read(file, stamper: stamper, by: task)
    }

    /// Writes a file unless it has these bytes already, and provides it.
    public func write(_ bytes: [UInt8], to file: File) async throws {
        try await session.write(bytes, to: file, by: task)
    }
}

extension IncrementalTask {
    /// Gives an output of this task its type back.
    func typed(_ output: any TaskOutput) -> Output {
        guard let output = output as? Output else {
            preconditionFailure("the output of \(self) does not have the type that it returns")
        }
        return output
    }
}
