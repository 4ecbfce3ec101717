/// Follows the outputs of one task, from commit to commit.
///
/// The follower asks for the next output, and gets the present one as soon as it is another than the last: nothing is
/// queued, so whoever is slow gets the newest, and no output can overtake a newer one. The subscription does not keep the
/// engine alive; when that goes, there are no more outputs.
final class OutputSubscription<T: IncrementalTask>: Sendable {
    private struct State {
        weak var engine: Engine?
        /// The version that was handed out last.
        var seen: UInt32
    }

    private let task: TaskID
    private let state: Lock<State>

    /// - Parameters:
    ///   - task: The task.
    ///   - engine: Where it is made; the outputs that it makes from now on are handed out.
    init(_ task: T, in engine: Engine) {
        let id = engine.intern(task)
        self.task = id
        state = Lock(State(engine: engine, seen: engine.state.withLock { $0.graph.nodes[id].version }))
    }

    /// Waits for an output that was not handed out yet.
    ///
    /// - Returns: The output; `nil` after a cancellation, and when the build is gone.
    func next() async -> T.Output? {
        while !Task.isCancelled {
            switch look() {
            case .output(let output): return output
            case .nothing(let ticket): await wait(ticket)
            case .gone: return nil
            }
        }
        return nil
    }

    private enum Finding {
        case output(T.Output)
        /// There is no new output; the ticket is to wait with.
        case nothing(UInt64)
        case gone
    }

    /// Looks for a new output; the engine is held for no longer than that.
    private func look() -> Finding {
        let (engine, seen) = state.withLock { ($0.engine, $0.seen) }
        guard let engine else { return .gone }
        let table = engine.table(of: T.self)
        if let found = engine.output(of: task, in: table), found.version != seen {
            state.withLock { $0.seen = found.version }
            return .output(found.value)
        }
        return .nothing(engine.state.withLock { $0.outputWaiters.ticket() })
    }

    /// Suspends until the task has another output, the waiting is cancelled, or the build is gone.
    private func wait(_ ticket: UInt64) async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let (engine, seen) = state.withLock { ($0.engine, $0.seen) }
                let isWaiting = engine?.state.withLock { state in
                    if Task.isCancelled || state.graph.nodes[task].version != seen { return false }
                    state.outputWaiters.wait(ticket, for: task, continuation)
                    return true
                }
                if !(isWaiting ?? false) { continuation.resume() }
            }
        } onCancel: {
            let engine = state.withLock { $0.engine }
            engine?.state.withLock { $0.outputWaiters.cancel(ticket, of: task) }?.resume()
        }
    }
}
