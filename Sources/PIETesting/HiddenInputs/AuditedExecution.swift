import PIE
internal import Synchronization

/// One execution of a task: what it asked for, what it was answered, and what came of it.
final class AuditedExecution: Sendable {
    let task: AnyTask

    /// Executes the task again, in a context that gives the same answers.
    private let execute: @Sendable (ReplayingContext) async throws -> any Value

    private struct State {
        var answers: [Request: Result<any Sendable, any Error>] = [:]
        var dependencies: [@Sendable (Surroundings) async -> Bool] = []
        var files: Set<File> = []
        var outcome = Outcome()
    }

    private let state = Mutex(State())

    typealias Value = Equatable & Codable & Sendable

    /// What tasks may be asked for anew: from scratch, to see whether a dependency still holds.
    struct Surroundings: Sendable {
        let context: NonIncrementalContext
        let scope: ResourceScope
    }

    init<T: IncrementalTask>(_ task: T) {
        self.task = AnyTask(task)
        execute = { try await task.execute(in: $0) }
    }

    // MARK: Recording

    /// Notes what was asked for and answered, and how to find out later whether the answer would be the same.
    ///
    /// - Returns: The answer.
    func record<Answer: Sendable>(
        _ request: Request,
        _ ask: () async throws -> Answer,
        holds: @escaping @Sendable (Surroundings, Answer) async throws -> Bool
    ) async throws -> Answer {
        let result: Result<Answer, any Error>
        do {
            result = .success(try await ask())
        } catch let error as CancellationError {
            throw error
        } catch {
            result = .failure(error)
        }
        state.withLock { state in
            state.answers[request] = result.map { $0 }
            state.dependencies.append { surroundings in
                switch result {
                case .success(let answer): (try? await holds(surroundings, answer)) ?? false
                // Only a task that catches errors goes on after one: whatever it met then is its own affair.
                case .failure: false
                }
            }
        }
        return try result.get()
    }

    /// Notes a file that the task may look at by other means, now that it has asked for it.
    func uses(_ file: File, by stamper: FileStamper) {
        // Who asks whether it exists has not asked for what is in it.
        if stamper != .exists { state.withLock { _ = $0.files.insert(file) } }
    }

    func wrote(_ bytes: [UInt8]?, to file: File) {
        state.withLock { state in
            state.files.insert(file)
            state.outcome.files[file] = .some(bytes)
        }
    }

    func end(_ result: Result<any Value, any Error>) {
        state.withLock { $0.outcome.result = result }
    }

    // MARK: Looking

    /// What came of it.
    var outcome: Outcome { state.withLock { $0.outcome } }

    /// The files that the task may look at by other means.
    var files: Set<File> { state.withLock { $0.files } }

    func answer(to request: Request) -> Result<any Sendable, any Error>? {
        state.withLock { $0.answers[request] }
    }

    /// Executes the task again with the same answers.
    func replay(root: FileSystem) async throws -> Outcome {
        let replay = Replay()
        let context = ReplayingContext(execution: self, replay: replay, fileSystem: root)
        do {
            replay.end(.success(try await execute(context)))
        } catch {
            try Task.checkCancellation()
            replay.end(.failure(error))
        }
        return replay.outcome
    }

    /// Whether everything that the task asked for would be answered in the same way now, from scratch.
    func dependenciesHold(in surroundings: Surroundings) async -> Bool {
        for holds in state.withLock({ $0.dependencies }) where await !holds(surroundings) { return false }
        return true
    }
}
