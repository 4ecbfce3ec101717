import PIE
import Synchronization

/// Where batches wait for the one who takes them; those that have come meanwhile are one batch.
final class ChangeMailbox: Sendable {
    private struct State {
        var batch = ChangeBatch()
        var isClosed = false
        var waiter: CheckedContinuation<ChangeBatch?, Never>?

        /// What a taker gets now; nil if there is nothing yet.
        mutating func take() -> ChangeBatch?? {
            if !batch.isEmpty {
                defer { batch = ChangeBatch() }
                return .some(batch)
            }
            return isClosed ? .some(nil) : nil
        }
    }

    private let state = Mutex(State())

    /// Adds a batch.
    func post(_ batch: ChangeBatch) {
        update { $0.batch.formUnion(batch) }
    }

    /// Ends the delivery: what was posted before can still be taken.
    func close() {
        update { $0.isClosed = true }
    }

    private func update(_ change: (inout sending State) -> Void) {
        let (waiter, answer) = state.withLock { state -> (CheckedContinuation<ChangeBatch?, Never>?, ChangeBatch?) in
            change(&state)
            guard let waiter = state.waiter, let answer = state.take() else { return (nil, nil) }
            state.waiter = nil
            return (waiter, answer)
        }
        waiter?.resume(returning: answer)
    }

    /// Takes what was posted, and waits for it if there is nothing.
    ///
    /// - Returns: The changes; nil if the delivery has ended or the caller is cancelled.
    func next() async -> ChangeBatch? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> ChangeBatch?? in
                    if Task.isCancelled { return .some(nil) }
                    if let answer = state.take() { return answer }
                    state.waiter = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: nil)
        }
    }
}
