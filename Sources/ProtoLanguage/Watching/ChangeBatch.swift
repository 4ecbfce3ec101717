package import PIE

/// What a watcher has seen change.
package struct ChangeBatch: Equatable, Sendable {
    /// Files and folders that were written, made or removed, by their names at that time.
    package var paths: Set<File> = []

    /// Whether more has changed than is named: changes were lost, or a folder went with everything in it.
    package var isIncomplete = false

    /// A batch without changes.
    package init() {}

    /// Whether nothing has changed.
    package var isEmpty: Bool { paths.isEmpty && !isIncomplete }

    /// What an update is to be told: everything that is named, or to look for itself.
    package var changes: ChangeSet { isIncomplete ? .detect : .files(paths.sorted { $0.path < $1.path }) }

    /// Adds what another batch has.
    mutating func formUnion(_ other: ChangeBatch) {
        paths.formUnion(other.paths)
        isIncomplete = isIncomplete || other.isIncomplete
    }
}
