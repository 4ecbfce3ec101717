public import PIE

/// Something that a ``TemporaryWorkspace`` does not do, and why.
public struct TemporaryWorkspaceError: Error {
    /// Why not.
    public let kind: Kind

    /// The file.
    public let file: File

    /// What was to be done, to follow "cannot".
    let action: String

    /// Why something is not done.
    public enum Kind: Hashable, Sendable {
        /// The name leads out of the workspace, or is the workspace itself.
        case outside

        /// There is no such file.
        case missing

        /// The file is not UTF-8.
        case notText

        /// An edit left the file as it was.
        case unchanged

        /// The system refuses, with its reason.
        case refused(String)
    }

    init(_ kind: Kind, _ action: String, _ file: File) {
        self.kind = kind
        self.action = action
        self.file = file
    }
}

extension TemporaryWorkspaceError: CustomStringConvertible {
    /// What is not done and why, and what to change.
    public var description: String {
        let text = "cannot \(action) '\(file.path)': "
        switch kind {
        case .outside:
            return text + "it is not inside the workspace\n  hint: name files relative to the workspace, without '..'"
        case .missing:
            return text + "there is no such file\n  hint: write it first, or look at 'files()' for what is there"
        case .notText:
            return text + "it is not UTF-8\n  hint: use 'bytes(of:)' and 'write(_:to:)'"
        case .unchanged:
            return text + "the text is the same as before\n"
                + "  hint: check that the edit finds what it is to replace; 'touch(_:)' changes the time alone"
        case .refused(let reason):
            return text + reason
        }
    }
}
