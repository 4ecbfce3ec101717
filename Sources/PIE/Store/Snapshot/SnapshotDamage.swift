/// Bytes of a snapshot that are not those that were written.
///
/// What lies in other blocks can be read as before.
package struct SnapshotDamage: Error, Hashable {
    /// Where the block begins in the file.
    package let offset: Int

    /// The path of the file.
    package let path: String

    /// Creates a damage.
    package init(offset: Int, path: String) {
        self.offset = offset
        self.path = path
    }
}

extension SnapshotDamage: CustomStringConvertible {
    /// What is wrong and where, in one line.
    package var title: String { "\(path) is damaged in the block at byte \(offset)" }

    /// What to do.
    package var hint: String { "check the disk; build without what lies there, it is made anew" }

    package var description: String { "\(title)\n  hint: \(hint)" }
}
