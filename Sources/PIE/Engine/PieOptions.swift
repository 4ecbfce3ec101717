/// How a ``Pie`` builds.
public struct PieOptions: Sendable {
    /// How many tasks execute at once, at the most.
    ///
    /// At least 1; the default is the number of processor cores.
    ///
    /// A task that awaits a requirement does not count. With 1 the event log of a build is the same each time (R18).
    public var jobs: Int

    /// Whether other branches of a build go on after an error.
    ///
    /// If so, the errors of a build come together in one ``BuildError``; otherwise nothing new is started after an
    /// error, what runs finishes and is kept, and the first error in the order of asking is thrown. The default is
    /// `false`.
    public var keepGoing = false

    /// How many bytes of outputs stay in memory that the store has too; `nil`, the default, is no limit.
    ///
    /// An output counts with the bytes that it takes in the store, which it gets about a second after its task has
    /// executed, and at the end of the session. Beyond the limit values are dropped, the least recently used first, and
    /// decoded again when a task or the host asks for them, or when a new output must be compared: early cutoff works as
    /// ever. Without a store, and of what the store does not have yet, nothing is dropped.
    public var outputMemory: Int?

    /// Creates the default options.
    public init() {
        jobs = max(1, Processors.count)
    }
}
