/// A context that executes only what is not consistent.
public struct TopDownContext: Context {
    let session: Session

    /// Makes a task consistent and returns its output.
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        // The question is recorded first: it counts even if the answer is an error, and its place is that of asking.
        session.record(.task(TaskDependency(task: AnyTask(task), output: nil)))
        let output = try await session.makeConsistent(AnyTask(task))
        session.record(.task(TaskDependency(task: AnyTask(task), output: output)))
        return task.typed(output)
    }

    /// Reads a file and depends on what the stamper sees of it; `nil` if there is no such file.
    public func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        let (bytes, stamp) = try session.files.read(file, by: stamper)
        session.record(.file(FileDependency(file: file, stamper: stamper, stamp: stamp)))
        return bytes
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
