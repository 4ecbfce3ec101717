import PIE

/// A context that records, or gives what was recorded.
protocol AuditingContext: Context {}

// Tasks that are required together are required one after the other: what comes of it is the same.
extension Context where Self: AuditingContext {
    func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output] {
        var outputs: [T.Output] = []
        for task in tasks { outputs.append(try await require(task)) }
        return outputs
    }

    func require(all tasks: [AnyTask]) async throws -> [any Equatable & Codable & Sendable] {
        var outputs: [any Equatable & Codable & Sendable] = []
        for task in tasks { outputs.append(try await require(task)) }
        return outputs
    }

    func require<A: IncrementalTask, B: IncrementalTask, each More: IncrementalTask>(
        _ a: A,
        _ b: B,
        _ more: repeat each More
    ) async throws -> (A.Output, B.Output, repeat (each More).Output) {
        (try await require(a), try await require(b), repeat try await require(each more))
    }
}

extension RecordingContext: AuditingContext {}

extension ReplayingContext: AuditingContext {}
