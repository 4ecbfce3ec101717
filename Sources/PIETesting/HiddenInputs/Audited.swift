import PIE

/// A task that is executed as another one is, and recorded.
///
/// A ``/PIE/NonIncrementalContext`` executes it, which sees to it that each is executed once, and tells of cycles.
struct Audited<T: IncrementalTask>: IncrementalTask, CustomStringConvertible {
    var task: T

    var description: String { "\(task)" }

    func execute(in context: some Context) async throws -> T.Output {
        guard let audit = Audit.current else { return try await task.execute(in: context) }
        let execution = AuditedExecution(task)
        let result: Result<T.Output, any Error>
        do {
            result = .success(try await task.execute(in: RecordingContext(base: context, execution: execution)))
        } catch let error as CancellationError {
            throw error
        } catch {
            result = .failure(error)
        }
        execution.end(result.map { $0 })
        audit.add(execution)
        return try result.get()
    }

    /// A task of any type, to be executed as such and recorded.
    static func box(_ task: T) -> AnyTask { AnyTask(Audited(task: task)) }
}

extension AnyTask {
    /// The same task, to be recorded.
    var audited: AnyTask {
        func box<T: IncrementalTask>(_ task: T) -> AnyTask { Audited.box(task) }
        return box(base)
    }
}
