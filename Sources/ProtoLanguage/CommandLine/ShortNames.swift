/// Names of files without the folders that all of them lie in.
struct ShortNames: Sendable {
    /// What the names of the sources begin with that this package brings along.
    static let builtIn = "(built in)/"

    /// The folder that all files lie in, with a slash at its end; empty if there is none.
    private let folder: String

    /// Finds what `paths` have in common.
    init(_ paths: [String]) {
        let files = paths.filter { !$0.hasPrefix(Self.builtIn) }
        var common = files.first.map { Self.folders(of: $0) } ?? []
        for path in files {
            let folders = Self.folders(of: path)
            let length = zip(common, folders).prefix { $0 == $1 }.count
            common.removeLast(common.count - length)
        }
        folder = common.map { $0 + "/" }.joined()
    }

    /// The name of the file at `path`.
    func name(of path: String) -> String {
        path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    }

    private static func folders(of path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    }
}
