/// A file that a task read, and what it saw of it.
struct FileDependency: Hashable, Sendable {
    let file: File
    let stamper: FileStamper
    let stamp: FileStamp

    /// Whether the file looks as it did.
    func isConsistent(in files: FileSystem) throws -> Bool {
        try files.stamp(of: file, by: stamper) == stamp
    }
}
