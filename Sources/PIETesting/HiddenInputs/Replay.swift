import PIE
internal import Synchronization

/// An execution of a task that was executed before.
final class Replay: Sendable {
    private let state = Mutex(Outcome())

    var outcome: Outcome { state.withLock { $0 } }

    func end(_ result: Result<any Equatable & Codable & Sendable, any Error>) {
        state.withLock { $0.result = result }
    }

    func wrote(_ bytes: [UInt8]?, to file: File) {
        state.withLock { $0.files[file] = .some(bytes) }
    }

    /// Notes that something is asked for that nobody asked for the first time.
    func strays(to request: Request) -> any Error {
        state.withLock { outcome in
            if outcome.stray == nil { outcome.stray = request.description }
        }
        return Stray()
    }

    private struct Stray: Error {}
}
