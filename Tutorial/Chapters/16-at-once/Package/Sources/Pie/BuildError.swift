/// An error that the library itself finds.
public enum BuildError: Error, Hashable, Sendable {
    /// A second task wants to provide a file.
    case overlappingFile(File, provider: AnyTask, other: AnyTask)
    /// A task reads a file without requiring the task that provides it.
    case hiddenDependency(File, reader: AnyTask, provider: AnyTask)
    /// A task requires itself through others; the first and the last are the same.
    case cycle([AnyTask])
    /// The name of a task type differs from run to run.
    case unstableTypeIdentifier(String)
    /// Two task types have the same name.
    case duplicateTypeIdentifier(String)
}

extension BuildError: CustomStringConvertible {
    /// What happened, and what to do about it.
    public var description: String {
        switch self {
        case .overlappingFile(let file, let provider, let other):
            """
            two tasks provide \(file)
              first   \(provider)
              second  \(other)
            Let one of them write another file, or let one task do both.
            """
        case .hiddenDependency(let file, let reader, let provider):
            """
            \(file) is read by a task that does not require the task that provides it
              reader    \(reader)
              provider  \(provider)
            Let the reader require the provider before it reads the file.
            """
        case .cycle(let tasks):
            "tasks require each other in a circle\n"
                + tasks.map { "  \($0)\n" }.joined()
                + "Let one of them do without the next."
        case .unstableTypeIdentifier(let identifier):
            "the name of \(identifier) differs from run to run\nMake the type internal, or give it a typeIdentifier."
        case .duplicateTypeIdentifier(let identifier):
            "two task types are called \(identifier)\nGive one of them a typeIdentifier of its own."
        }
    }
}
