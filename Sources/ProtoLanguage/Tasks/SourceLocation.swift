package import PIE

/// Where the text of a source comes from.
package enum SourceLocation: Hashable, Codable, Sendable {
    case file(File)
    /// One of the sources that this package brings along, by the name under which it is imported.
    case builtIn(String)
}

extension SourceLocation: CustomStringConvertible {
    /// The path of the file, or the name of the built-in source.
    package var description: String {
        switch self {
        case .file(let file): file.path
        case .builtIn(let name): name
        }
    }
}
