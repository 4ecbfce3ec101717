public import PIE

/// Something that a task's outcome depends on and that its context is not asked for, so that no build notices a change of it.
public struct HiddenInput: Sendable {
    /// The task.
    public let task: AnyTask

    /// What its outcome depends on.
    public let source: Source

    /// How the outcome differs: lines after `−` and `+`.
    public let difference: [String]

    /// What an outcome may depend on.
    public enum Source: Hashable, Sendable {
        /// Nothing that can be named: with the same answers, the task executes in another way. The time, a random number, the
        /// order of a `Set` and state of the process are such inputs.
        case unknown

        /// Files: any one of them if there are several.
        case files([File])
    }
}

extension HiddenInput: CustomStringConvertible {
    /// The task, what it depends on, how its outcome differs, and what to change.
    public var description: String {
        var lines: [String]
        let hint: String
        switch source {
        case .unknown:
            lines = ["\(task) is not the same when it is executed twice with the same answers (− first, + second):"]
            hint =
                "the outcome must be a function of the task and of what its context answers: not of time, chance, the order "
                + "of a Set, or what was kept from earlier"
        case .files(let files):
            let names = files.map(\.path).joined(separator: ", ")
            lines = ["\(task) depends on \(names) behind its context's back (− as it is, + with another):"]
            hint =
                "read it through the context; if another program reads it, ask depend(on:); if it is a folder that is listed, "
                + "read a DirectoryListing"
        }
        lines += difference.map { "  " + $0.shortened(to: 160) }
        lines.append("  hint: \(hint)")
        return lines.joined(separator: "\n")
    }
}
