/// An error that the library itself finds.
public enum BuildError: Error, Hashable, Sendable {
    /// A second task wants to provide a file.
    case overlappingFile(File, provider: AnyTask, other: AnyTask)
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
        }
    }
}
