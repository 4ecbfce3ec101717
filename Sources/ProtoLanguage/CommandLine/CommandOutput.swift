/// Where a command writes to.
package struct CommandOutput: Sendable {
    /// Writes a text as it is.
    package var write: @Sendable (String, Terminal.Stream) -> Void
    /// Whether a stream goes to a terminal.
    package var isTerminal: @Sendable (Terminal.Stream) -> Bool

    /// The streams of the process.
    package static let standard = CommandOutput(
        write: { Terminal.write($0, to: $1) },
        isTerminal: { Terminal.isTerminal($0) }
    )

    /// An output that is not the process's own.
    package init(
        write: @escaping @Sendable (String, Terminal.Stream) -> Void,
        isTerminal: @escaping @Sendable (Terminal.Stream) -> Bool
    ) {
        self.write = write
        self.isTerminal = isTerminal
    }

    /// Writes `text` and a newline.
    func print(_ text: String, to stream: Terminal.Stream) {
        write(text + "\n", stream)
    }

    /// Whether output to `stream` should be colored, going by the terminal and the environment.
    func prefersColor(on stream: Terminal.Stream) -> Bool {
        isTerminal(stream) && Terminal.prefersColor(on: stream)
    }
}
