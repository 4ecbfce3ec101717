import Dispatch
import PIE

/// Watches files and folders, and gives what changes in batches.
///
/// Watching has begun when the initialiser returns: who looks at the files only then misses no change. A batch names
/// everything that changed since the one before was taken, so a batch that is taken while the files are looked at may
/// name what was seen already, but nothing is left out. What the system has lost count of is told as an incomplete batch.
///
/// Folders are watched with the folders in them, also those that are made or moved in later. Folders whose names start
/// with a dot are left out, unless they are given. A path that does not exist is waited for. A file behind a symbolic
/// link that leads out of the watched folders is only seen to change by polling; so is a change that is made on another
/// machine, and a folder above a given one that gets another name is not noticed.
package final class FolderWatcher: Sendable {
    private let mailbox = ChangeMailbox()
    private let pipe: WakePipe

    /// Begins to watch.
    ///
    /// - Parameters:
    ///   - paths: What to watch.
    ///   - root: The folder that relative paths start from; nil for the working folder.
    ///   - options: How to watch.
    ///   - notice: Is told, from any thread, when the system cannot watch and polling has to do.
    /// - Throws: An error if the system has no descriptors left, or the working folder is gone.
    package convenience init(
        _ paths: [WatchedPath],
        root: String? = nil,
        options: WatcherOptions = WatcherOptions(),
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        try self.init(paths, root: root, options: options, notice: notice) { paths throws(WatchFailure) in
            #if os(Linux)
                if options.method == .notifications { return try InotifySource(paths) }
            #endif
            return PollingSource(paths, interval: options.pollingInterval)
        }
    }

    /// Begins to watch with the source that `makeSource` gives.
    init(
        _ paths: [WatchedPath],
        root: String?,
        options: WatcherOptions,
        notice: @escaping @Sendable (String) -> Void,
        makeSource: ([WatchedPath]) throws(WatchFailure) -> any ChangeSource
    ) throws {
        pipe = try WakePipe()
        let root = try FileSystem.absoluteRoot(root)
        let loop = WatchLoop(
            paths.map { $0.absolute(in: root) },
            options: options,
            mailbox: mailbox,
            pipe: pipe,
            makeSource: makeSource,
            notice: notice
        )
        // The loop waits in the system, which threads of Swift concurrency must not.
        DispatchQueue(label: "protocheck.watcher", qos: .userInitiated).async { loop.run() }
    }

    deinit {
        stop()
    }

    /// The next batch of changes.
    ///
    /// - Returns: The changes since the last call, at least one; nil if the watcher was stopped or the caller cancelled.
    package func next() async -> ChangeBatch? {
        await mailbox.next()
    }

    /// Ends the watch.
    package func stop() {
        mailbox.close()
        pipe.wake()
    }
}
