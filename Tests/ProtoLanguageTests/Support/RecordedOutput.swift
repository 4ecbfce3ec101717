import ProtoLanguage
import Synchronization

/// Takes down what a command prints, and waits for it.
final class RecordedOutput: Sendable {
    private struct State {
        var output = ""
        var errors = ""
        var waiter: (text: String, continuation: CheckedContinuation<Void, Never>)?

        mutating func takeWaiterIfReached() -> CheckedContinuation<Void, Never>? {
            guard let waiter, output.contains(waiter.text) || errors.contains(waiter.text) else { return nil }
            self.waiter = nil
            return waiter.continuation
        }
    }

    private let state = Mutex(State())

    /// The output to give to the command.
    var asCommandOutput: CommandOutput {
        CommandOutput(write: { self.write($0, to: $1) }, isTerminal: { _ in false })
    }

    /// What was printed to the output since the last call, and what to the error stream.
    func take() -> (output: String, errors: String) {
        state.withLock { state in
            defer { (state.output, state.errors) = ("", "") }
            return (state.output, state.errors)
        }
    }

    /// Waits until `text` is among what was printed since the last ``take()``.
    func wait(for text: String) async {
        await withCheckedContinuation { continuation in
            let reached = state.withLock { state in
                state.waiter = (text, continuation)
                return state.takeWaiterIfReached()
            }
            reached?.resume()
        }
    }

    private func write(_ text: String, to stream: Terminal.Stream) {
        let reached = state.withLock { state in
            switch stream {
            case .output: state.output += text
            case .error: state.errors += text
            }
            return state.takeWaiterIfReached()
        }
        reached?.resume()
    }
}
