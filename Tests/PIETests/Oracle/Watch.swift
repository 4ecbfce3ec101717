import Foundation
import Synchronization

extension Oracle {
    /// Tells on the standard error output what a trial is at that does not come to an end.
    ///
    /// A thread of its own: what hangs may hold all threads that Swift tasks run on.
    final class Watch: Sendable {
        private struct State {
            var text = ""
            var begin = ContinuousClock.now
            var isTold = false
            var isOver = false
        }

        private let state = Mutex(State())

        /// Begins to watch.
        ///
        /// - Parameters:
        ///   - patience: How long something may take.
        ///   - action: What to do about it when it was told.
        init(patience: Duration = .seconds(30), then action: @escaping @Sendable () -> Void = {}) {
            Thread.detachNewThread { [self] in
                while let text = look(patience) {
                    if !text.isEmpty {
                        FileHandle.standardError.write(Data("no end in sight: \(text)\n".utf8))
                        action()
                    }
                    Thread.sleep(forTimeInterval: 1)
                }
            }
        }

        /// Notes that something else begins.
        func begin(_ text: String) {
            state.withLock { $0 = State(text: text) }
        }

        func stop() {
            state.withLock { $0.isOver = true }
        }

        /// What has taken too long, told once; empty if nothing has, nil when it is over.
        private func look(_ patience: Duration) -> String? {
            state.withLock { state in
                if state.isOver { return nil }
                guard !state.isTold, state.begin.duration(to: .now) > patience else { return "" }
                state.isTold = true
                return state.text
            }
        }
    }
}
