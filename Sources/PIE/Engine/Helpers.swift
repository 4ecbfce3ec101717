/// The Swift tasks that help the calls of the host, each until the end of its call.
///
/// A helper makes tasks consistent beside a check. It is no child of the requirement that the check is made for: what it
/// executes may require a task above, and wait for it while that, as its parent, waited for the helper. A call of the
/// host is awaited by no task, so it can wait.
final class Helpers: Sendable {
    private struct Call {
        var open: Set<UInt64> = []
        var tasks: [UInt64: Task<Void, Never>] = [:]
        var isCancelled = false
        var waiter: UnsafeContinuation<Void, Never>?
    }

    private struct State {
        var calls: [UInt32: Call] = [:]
        var lastTicket: UInt64 = 0
    }

    private let state = Lock<State>(State())

    /// Starts a helper of a call.
    func start(for work: UInt32, _ body: @escaping @Sendable () async -> Void) {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            state.calls[work, default: Call()].open.insert(state.lastTicket)
            return state.lastTicket
        }
        let task = Scheduling.task(on: Scheduling.executor) {
            await body()
            self.end(ticket, of: work)
        }
        let isCancelled = state.withLock { state in
            guard let call = state.calls[work], call.open.contains(ticket) else { return false }
            state.calls[work]?.tasks[ticket] = task
            return call.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    private func end(_ ticket: UInt64, of work: UInt32) {
        let waiter = state.withLock { state -> UnsafeContinuation<Void, Never>? in
            state.calls[work]?.open.remove(ticket)
            state.calls[work]?.tasks[ticket] = nil
            guard state.calls[work]?.open.isEmpty ?? false else { return nil }
            return state.calls.removeValue(forKey: work)?.waiter
        }
        waiter?.resume()
    }

    /// Cancels the helpers of a call, also those that it starts from now on.
    func cancel(_ work: UInt32) {
        let tasks = state.withLock { state in
            state.calls[work]?.isCancelled = true
            return (state.calls[work]?.tasks ?? [:]).sorted { $0.key < $1.key }.map(\.value)
        }
        for task in tasks { task.cancel() }
    }

    /// Waits until the helpers of a call have ended; nobody starts another one.
    func finish(_ work: UInt32) async {
        await withUnsafeContinuation { continuation in
            let isWaiting = state.withLock { state in
                guard state.calls[work] != nil else { return false }
                state.calls[work]?.waiter = continuation
                return true
            }
            if !isWaiting { continuation.resume() }
        }
    }
}
