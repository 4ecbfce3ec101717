import Foundation

/// A run over the chapters of a tutorial.
public enum Verification {
    /// Replays chapters.
    ///
    /// - Parameters:
    ///   - tutorial: The folder with the chapters.
    ///   - options: Which chapters, and whether to rewrite them.
    ///   - print: Takes lines for the user.
    /// - Returns: What was done.
    /// - Throws: If there are no such chapters, or a file cannot be read or written.
    public static func run(_ tutorial: URL, _ options: Options, print: (String) -> Void) throws -> Summary {
        let all = try Chapter.all(in: tutorial)
        let first = options.first ?? 0
        let chosen = all.filter { options.isSingle ? $0.number == first : $0.number >= first }
        guard let start = chosen.first else { throw Options.Failure(message: "there is no such chapter") }
        let workspace = try Workspace()
        defer { workspace.remove() }
        if let before = all.last(where: { $0.number < start.number }) {
            try workspace.restore(Workspace.files(in: before.package))
        }
        var replay = Replay(in: workspace, isUpdating: options.isUpdating)
        let clock = ContinuousClock()
        for chapter in chosen {
            let duration = try clock.measure {
                try replay.replay(chapter) { print("\($0)") }
            }
            print("\(chapter.name): \(duration.components.seconds) s")
        }
        return replay.summary
    }
}
