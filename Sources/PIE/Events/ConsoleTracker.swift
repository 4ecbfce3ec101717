/// Prints a build as it goes, one line for each event, indented by who requires whom.
///
/// ```swift
/// let pie = try Pie(root: "project", trackers: [ConsoleTracker()])
/// ```
///
/// | | |
/// |---|---|
/// | `◇` `◆` | a session began, ended |
/// | `△` `▲` | an update began, ended |
/// | `→` `←` | a task is required, is answered |
/// | `+` | a task was put in line by an update |
/// | `?` `=` | a task is checked, was found consistent |
/// | `▶` `✓` `✗` `■` | a task is executed, and why; was executed, failed, was cancelled |
/// | `<` `>` | a file was read, was provided |
/// | `!` | a file is an orphan |
///
/// A task is indented below the one that required it, or below the check that came to it. In a parallel build lines of
/// several branches alternate, each at its own depth; a task that several require at once is shown below the first, and
/// one that a check came to below the check that was begun last.
///
/// Lines are coloured only on a terminal, and never if the environment variable `NO_COLOR` is set and not empty, or
/// `TERM` is `dumb`. Each line is written at once. What cannot be written is dropped: the build goes on.
public final class ConsoleTracker: Tracker {
    /// Which events are printed.
    public enum Detail: Hashable, Sendable {
        /// What ran, why, and what came of it.
        case executions

        /// Every event.
        case everything
    }

    private let detail: Detail
    private let isColoured: Bool
    private let write: @Sendable (String) -> Void
    private let indentation = Lock<ConsoleIndentation>(ConsoleIndentation())

    /// Creates a tracker that prints to a file descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: An open file descriptor, such as that of a `FileHandle`; the default is the standard error
    ///     output. It is not closed.
    ///   - detail: Which events to print.
    public convenience init(fileDescriptor descriptor: Int32 = 2, detail: Detail = .executions) {
        self.init(detail: detail, isColoured: ConsoleOutput.isTerminal(descriptor)) { line in
            ConsoleOutput.write(line, to: descriptor)
        }
    }

    /// Creates a tracker that hands its lines to a closure.
    ///
    /// - Parameters:
    ///   - detail: Which events to print.
    ///   - isColoured: Whether the lines go to where colours are shown; the environment may still forbid them.
    ///   - write: Takes one line with its line break, or several for an error that has several. Called for one event
    ///     after the other; the build waits for it.
    public convenience init(
        detail: Detail = .executions,
        isColoured: Bool = false,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.init(detail: detail, isColoured: isColoured, environment: ConsoleOutput.environment, write: write)
    }

    /// Creates a tracker with an environment of its own, for tests.
    package init(
        detail: Detail,
        isColoured: Bool,
        environment: (String) -> String?,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.detail = detail
        self.isColoured = isColoured && ConsoleOutput.allowsColour(environment)
        self.write = write
    }

    /// Prints an event.
    ///
    /// - Parameter event: What happened.
    public func handle(_ event: BuildEvent) {
        let depth = indentation.withLock { $0.depth(of: event) }
        guard detail == .everything || event.isAboutExecution else { return }
        write(ConsoleLine(event).text(indentedBy: depth, isColoured: isColoured))
    }
}

extension BuildEvent {
    /// Whether the event tells what ran, why, or what came of it.
    fileprivate var isAboutExecution: Bool {
        switch self {
        case .sessionBegan, .updateBegan, .updateEnded, .executing, .executed, .failed, .cancelled, .orphaned,
            .bufferIgnored, .store:
            true
        case .provided(_, _, let changed): changed
        case .sessionEnded, .required, .answered, .scheduled, .checking, .reused, .read: false
        }
    }
}
