import PIE
import Synchronization

/// Counts what happens in a build, and shows it on a terminal while it takes long.
final class RunStatistics: Tracker {
    /// The figures.
    struct Counts {
        /// How many tasks were executed.
        var executed = 0
        /// How many were found up to date.
        var reused = 0
    }

    private struct State {
        var counts = Counts()
        var lastShown: ContinuousClock.Instant
        var hasShown = false
    }

    private let showsProgress: Bool
    private let state: Mutex<State>

    /// Counts from now on.
    ///
    /// - Parameter showsProgress: whether to show the figures on the terminal while they grow.
    init(showsProgress: Bool) {
        self.showsProgress = showsProgress
        state = Mutex(State(lastShown: .now))
    }

    /// The figures so far.
    var counts: Counts { state.withLock { $0.counts } }

    /// The figures since they were last taken.
    func takeCounts() -> Counts {
        state.withLock { state in
            defer { state.counts = Counts() }
            return state.counts
        }
    }

    /// Counts `event`.
    func handle(_ event: BuildEvent) {
        let line: String? = state.withLock { state in
            switch event {
            case .executed: state.counts.executed += 1
            case .reused: state.counts.reused += 1
            default: return nil
            }
            // The clock is looked at now and then only; a line every fifth of a second is enough.
            guard showsProgress, state.counts.executed % 64 == 0 else {
                return nil
            }
            let now = ContinuousClock.now
            guard now - state.lastShown > .milliseconds(200) else {
                return nil
            }
            state.lastShown = now
            state.hasShown = true
            return "[\(state.counts.executed)] checking"
        }
        if let line {
            Terminal.write("\u{1B}[2K\r" + line, to: .error)
        }
    }

    /// Takes the last shown line away.
    func clearProgress() {
        let hasShown = state.withLock { state in
            defer { state.hasShown = false }
            return state.hasShown
        }
        if hasShown {
            Terminal.write("\u{1B}[2K\r", to: .error)
        }
    }
}
