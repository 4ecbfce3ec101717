import Foundation
import Synchronization

/// A run over the chapters of a tutorial.
public enum Verification {
    /// What the workers share.
    private struct State {
        /// The indices of chapters that nobody has taken yet.
        var waiting: ArraySlice<Int>
        var summary = Summary()
        var error: (any Error)?
    }

    /// Replays chapters, several at once.
    ///
    /// Each begins with the package of the chapter before. That it is what the chapter before leads to is checked
    /// there.
    ///
    /// - Parameters:
    ///   - tutorial: The folder with the chapters.
    ///   - options: Which chapters, and whether to rewrite them.
    ///   - print: Takes lines for the user; those of one chapter follow each other.
    /// - Returns: What was done.
    /// - Throws: If there are no such chapters, or a file cannot be read or written.
    public static func run(
        _ tutorial: URL,
        _ options: Options,
        print: @Sendable (String) -> Void
    ) throws -> Summary {
        let all = try Chapter.all(in: tutorial)
        let first = options.first ?? 0
        let chosen = all.indices.filter { options.isSingle ? all[$0].number == first : all[$0].number >= first }
        if chosen.isEmpty { throw Options.Failure(message: "there is no such chapter") }
        let state = Mutex(State(waiting: chosen[...]))

        /// Takes one chapter after the other, in a folder of its own.
        @Sendable func work() throws {
            let workspace = try Workspace()
            defer { workspace.remove() }
            while let index = state.withLock({ $0.error == nil ? $0.waiting.popFirst() : nil }) {
                let before = index > 0 ? Workspace.files(in: all[index - 1].package) : [:]
                try workspace.restore(before)
                var replay = Replay(in: workspace, isUpdating: options.isUpdating)
                let duration = try ContinuousClock().measure { try replay.replay(all[index]) }
                state.withLock { state in
                    state.summary += replay.summary
                    for problem in replay.problems { print("\(problem)") }
                    print("\(all[index].name): \(duration.components.seconds) s")
                }
            }
        }

        // Each new package is the beginning of the next chapter, so these come one after the other.
        let workers = options.isUpdating ? 1 : min(chosen.count, ProcessInfo.processInfo.activeProcessorCount, 4)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            do { try work() } catch { state.withLock { $0.error = $0.error ?? error } }
        }
        return try state.withLock { state in
            if let error = state.error { throw error }
            return state.summary
        }
    }
}
