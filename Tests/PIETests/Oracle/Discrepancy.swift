extension Oracle {
    /// What the model and a build do not agree on.
    struct Discrepancy: Error {
        /// Which kind, to tell whether a smaller case shows the same.
        enum Kind: Hashable, Sendable {
            case outcome
            case file
            case tooMany
            case tooFew
            case reason
            case twice
            case update
            case garbage
            case buffer
            /// A conflict over a file is not found, or found where there can be none.
            case conflict
            case unexpected
        }

        var kind: Kind
        var text: String
        var step = 0
        var events: [String] = []
    }
}

extension Oracle.Discrepancy: CustomStringConvertible {
    var description: String { "step \(step), \(kind): \(text)" }
}
