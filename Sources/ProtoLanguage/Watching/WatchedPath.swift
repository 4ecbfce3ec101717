package import PIE

/// What a watcher is to watch.
package enum WatchedPath: Hashable, Sendable {
    /// One name, whatever is there, without what is in it.
    case file(File)
    /// A folder with everything in it, but not what lies in hidden folders.
    case folder(File)

    /// The name.
    var file: File {
        switch self {
        case .file(let file), .folder(let file): file
        }
    }

    /// Whether what lies below the name counts as well.
    var isRecursive: Bool {
        if case .folder = self { return true }
        return false
    }
}

extension WatchedPath {
    /// The path with an absolute name.
    ///
    /// - Parameter root: The folder that relative names start from, absolute and normalised.
    /// - Returns: The same path, absolute.
    func absolute(in root: String) -> WatchedPath {
        switch self {
        case .file(let file): .file(File(file.absolutePath(in: root)))
        case .folder(let file): .folder(File(file.absolutePath(in: root)))
        }
    }
}
