/// A file, named by its path relative to the root of a build.
public struct File: Hashable, Sendable {
    /// The path, with `/` between its parts.
    public let path: String

    /// Creates a name, the same for all ways to write it; whether there is such a file is another question.
    public init(_ path: String) {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        self.path = parts.joined(separator: "/")
    }
}

extension File: ExpressibleByStringLiteral {
    /// Lets a string literal stand for a file.
    public init(stringLiteral path: String) {
        self.init(path)
    }
}

extension File: CustomStringConvertible {
    /// The path.
    public var description: String { path }
}
