/// What a bottom-up update is told of the changes since the last one.
public enum ChangeSet: Sendable {
    /// Every file that changed since the last update returned; naming one that did not change costs a look at it.
    case files([File])

    /// Look for changes: every resource of observed tasks is checked.
    case detect
}

extension ChangeSet: CustomStringConvertible {
    /// The number of files, or `detected changes`.
    public var description: String {
        switch self {
        case .files(let files): files.count == 1 ? "1 file" : "\(files.count) files"
        case .detect: "detected changes"
        }
    }
}
