import PIE

/// The context of a task that is executed again: gives the answers of the first time, whatever became of the files.
///
/// It writes nothing, and lets no other task execute.
struct ReplayingContext: Context {
    let execution: AuditedExecution
    let replay: Replay
    let fileSystem: FileSystem

    private func answer<Answer>(to request: Request, as type: Answer.Type = Answer.self) throws -> Answer {
        guard let result = execution.answer(to: request) else { throw replay.strays(to: request) }
        // A request was recorded with its answer: the cast does not fail.
        guard let answer = try result.get() as? Answer else { throw replay.strays(to: request) }
        return answer
    }

    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try answer(to: Request(AnyTask(task)))
    }

    func require<T: IncrementalTask, S: OutputStamper>(
        _ task: T,
        stamper: S
    ) async throws -> T.Output where S.Output == T.Output {
        try await require(task)
    }

    func require<T: IncrementalTask, P: Projection>(
        _ task: T,
        projecting: P
    ) async throws -> P.Projected where P.Output == T.Output {
        projecting.project(try await require(task))
    }

    func require(_ task: AnyTask) async throws -> any Equatable & Codable & Sendable {
        func require<T: IncrementalTask>(_ task: T) async throws -> any Equatable & Codable & Sendable {
            try await self.require(task)
        }
        return try await require(task.base)
    }

    func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        try answer(to: Request(file), as: [UInt8]?.self)
    }

    func depend(on file: File, stamper: FileStamper) async throws {
        _ = try await read(file, stamper: stamper)
    }

    func write(_ bytes: some Sequence<UInt8> & Sendable, to file: File) async throws {
        replay.wrote(Array(bytes), to: file)
    }

    func provide(_ file: File) async throws {
        replay.wrote(try fileSystem.read(at: file)?.bytes, to: file)
    }

    func read<R: Resource>(_ resource: R) async throws -> R.Content {
        if let file = resource as? File, let content = try await read(file, stamper: .content) as? R.Content {
            return content
        }
        return try answer(to: Request(resource))
    }

    func previousOutput<T: IncrementalTask>(of task: T) async -> T.Output? { nil }
}
