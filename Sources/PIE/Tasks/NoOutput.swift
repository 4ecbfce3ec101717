/// The output of a task that is run for the files it writes.
public struct NoOutput: Hashable, Codable, Sendable {
    /// Creates the only value of this type.
    public init() {}
}
