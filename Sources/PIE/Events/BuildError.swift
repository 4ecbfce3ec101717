/// An objection of the framework itself: what is wrong, where, and what to change.
///
/// Errors that tasks throw are not wrapped in it; they pass through untouched.
public struct BuildError: Error, Sendable {
    /// What is wrong, to switch over.
    public let kind: Kind

    /// What is wrong, in one line.
    public let title: String

    /// What the error is about: the tasks, the file, the path of a cycle.
    public let details: [Detail]

    /// What to change.
    public let hint: String

    /// One line of an error's details.
    public struct Detail: Hashable, Sendable {
        /// What the value is, such as `reader`.
        public let label: String

        /// The value, such as the description of a task.
        public let value: String
    }

    init(_ kind: Kind, _ title: String, _ details: KeyValuePairs<String, String> = [:], hint: String) {
        self.kind = kind
        self.title = title
        self.details = details.map { Detail(label: $0.key, value: $0.value) }
        self.hint = hint
    }

    init(_ kind: Kind, _ title: String, list details: [Detail], hint: String) {
        self.kind = kind
        self.title = title
        self.details = details
        self.hint = hint
    }
}

extension BuildError {
    /// The kinds of objection.
    public enum Kind: Sendable {
        /// Tasks that require each other, from the least on; the first requires the second, the last the first (R12).
        case cycle([AnyTask])

        /// A task reads a file that another provides, without having required that one before (R10).
        case hiddenDependency(reader: AnyTask, provider: AnyTask, file: File)

        /// Two tasks provide one file (R11).
        case overlap(first: AnyTask, second: AnyTask, file: File)

        /// A task writes or provides a file that it has read before.
        case writeAfterRead(task: AnyTask, file: File)

        /// A file that is to be read as text is not UTF-8.
        case notText(File)

        /// The file system refuses an operation.
        case fileSystem(File, errno: Int32)

        /// An input is read that the host did not set and that has no default.
        case missingInput(name: String)

        /// A session or an update is started where there may be none, or used after its end (R1).
        case misuse

        /// Several errors of a build with ``PieOptions/keepGoing``, in the order of asking.
        case failures([any Error])

        /// Two task types share a type identifier.
        case duplicateTaskType(String)

        /// A task of a store must execute whose type the program does not know.
        case unknownTaskType(String)

        /// The store cannot be opened or used; the message says why.
        case store

        /// The store cannot be opened to write, since another process has it; the message says which.
        case storeInUse

        /// A private or local task type relies on its reflected name, which differs from run to run.
        case unstableTypeIdentifier(String)
    }
}

extension BuildError: CustomStringConvertible {
    /// The title, the details in aligned columns, and the hint.
    public var description: String {
        var text = title
        let width = details.map(\.label.count).max() ?? 0
        for detail in details {
            let padding = String(repeating: " ", count: width - detail.label.count)
            text += "\n  \(detail.label)\(padding)  \(detail.value)"
        }
        if !hint.isEmpty {
            text += "\n  hint: \(hint)"
        }
        return text
    }
}
