package import PIE

/// The folders in which imports are looked for, in order.
package struct ImportRoots: Hashable, Codable, Sendable {
    /// The folders.
    package var folders: [File]

    /// The folders at `paths`.
    package init(_ paths: [String]) {
        folders = paths.map { File($0) }
    }

    /// The file that `name` would be in `folder`.
    package static func file(named name: String, in folder: File) -> File {
        folder.path == "." ? File(name) : File(folder.path + "/" + name)
    }
}
