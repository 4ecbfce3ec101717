import PIE

/// Finds changes by looking at every file again and again: on systems without notifications, and for folders that the
/// system does not watch.
final class PollingSource: ChangeSource {
    private let paths: [WatchedPath]
    private var last: FolderSnapshot

    let interval: Duration
    var descriptor: CInt? { nil }

    /// Begins to look at absolute `paths`.
    init(_ paths: [WatchedPath], interval: Duration) {
        self.paths = paths
        self.interval = interval
        last = FolderSnapshot(paths)
    }

    func takeChanges() -> ChangeBatch {
        let now = FolderSnapshot(paths)
        defer { last = now }
        return now.changes(since: last)
    }
}
