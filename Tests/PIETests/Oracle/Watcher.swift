@testable import PIE

extension Oracle {
    /// Keeps the events of a trial, and does something at one of them.
    final class Watcher: Tracker {
        private struct State {
            var events: [BuildEvent] = []
            var past: [BuildEvent] = []
            var countdown = 0
            var action: (@Sendable () -> Void)?
        }

        private let state = Lock(State())

        func handle(_ event: BuildEvent) {
            let action = state.withLock { state -> (@Sendable () -> Void)? in
                state.events.append(event)
                guard state.action != nil else { return nil }
                state.countdown -= 1
                guard state.countdown <= 0 else { return nil }
                defer { state.action = nil }
                return state.action
            }
            action?()
        }

        /// Does something at an event, counted from now.
        func at(_ event: Int, _ action: @escaping @Sendable () -> Void) {
            state.withLock { state in
                state.countdown = event
                state.action = action
            }
        }

        /// Does nothing any more.
        ///
        /// - Returns: Whether there was still something to do.
        func disarm() -> Bool {
            state.withLock { state in
                defer { state.action = nil }
                return state.action != nil
            }
        }

        var events: [BuildEvent] { state.withLock { $0.events } }

        /// Begins anew; what was is kept in `past`.
        func clear() {
            state.withLock { state in
                state.past += state.events
                state.events = []
            }
        }

        /// The events before the last `clear()`.
        var past: [BuildEvent] { state.withLock { $0.past } }
    }
}
