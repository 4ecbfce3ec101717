import PIE

/// The context of a task that is executed for the first time: asks another one, and takes down what it answers.
///
/// Tasks that are required together are executed one after the other.
struct RecordingContext<Base: Context>: Context {
    let base: Base
    let execution: AuditedExecution

    private func ask<T: IncrementalTask>(
        _ task: T,
        sameAs isSame: @escaping @Sendable (T.Output, T.Output) -> Bool
    ) async throws -> T.Output {
        try await execution.record(Request(AnyTask(task))) {
            try await base.require(Audited(task: task))
        } holds: { surroundings, output in
            isSame(output, try await surroundings.context.require(task))
        }
    }

    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try await ask(task) { $0 == $1 }
    }

    func require<T: IncrementalTask, S: OutputStamper>(
        _ task: T,
        stamper: S
    ) async throws -> T.Output where S.Output == T.Output {
        try await ask(task) { stamper.stamp($0) == stamper.stamp($1) }
    }

    func require<T: IncrementalTask, P: Projection>(
        _ task: T,
        projecting: P
    ) async throws -> P.Projected where P.Output == T.Output {
        projecting.project(try await ask(task) { projecting.project($0) == projecting.project($1) })
    }

    func require(_ task: AnyTask) async throws -> any Equatable & Codable & Sendable {
        func require<T: IncrementalTask>(_ task: T) async throws -> any Equatable & Codable & Sendable {
            try await self.require(task)
        }
        return try await require(task.base)
    }

    func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        execution.uses(file, by: stamper)
        return try await execution.record(Request(file)) {
            try await base.read(file, stamper: stamper)
        } holds: { surroundings, bytes in
            Self.isSame(bytes, try await surroundings.context.read(file, stamper: stamper), stamper)
        }
    }

    func depend(on file: File, stamper: FileStamper) async throws {
        execution.uses(file, by: stamper)
        try await base.depend(on: file, stamper: stamper)
        // It need not be anything that can be read.
        _ = try await execution.record(Request(file)) {
            try? await base.read(file, stamper: stamper)
        } holds: { surroundings, bytes in
            Self.isSame(bytes, try? await surroundings.context.read(file, stamper: stamper), stamper)
        }
    }

    /// Whether a dependency on a file holds that had other contents.
    private static func isSame(_ old: [UInt8]?, _ new: [UInt8]?, _ stamper: FileStamper) -> Bool {
        stamper == .exists ? (old == nil) == (new == nil) : old == new
    }

    func write(_ bytes: some Sequence<UInt8> & Sendable, to file: File) async throws {
        let bytes = Array(bytes)
        try await base.write(bytes, to: file)
        execution.wrote(bytes, to: file)
    }

    func provide(_ file: File) async throws {
        try await base.provide(file)
        execution.wrote(try await base.read(file, stamper: .content), to: file)
    }

    func read<R: Resource>(_ resource: R) async throws -> R.Content {
        if let file = resource as? File, let content = try await read(file, stamper: .content) as? R.Content {
            return content
        }
        let before = try? await resource.stamp(in: Audit.scope)
        return try await execution.record(Request(resource)) {
            try await base.read(resource)
        } holds: { surroundings, _ in
            try await resource.stamp(in: surroundings.scope) == before
        }
    }

    func previousOutput<T: IncrementalTask>(of task: T) async -> T.Output? { nil }
}
