/// What of a file matters to the task that depends on it.
public enum FileStamper: Hashable, Codable, Sendable {
    /// Only whether there is a file.
    case exists

    /// The metadata: a file that was written again counts as changed even if its bytes are the same.
    case modified

    /// The bytes: a file that was only touched counts as unchanged.
    case content
}
