#if os(Linux)
    import PIE

    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif

    /// Learns of changes from the events of Linux.
    ///
    /// A watch is on one folder and tells of the names in it, so there is one for each folder below a given one, and one
    /// for the folder that each given path lies in, which tells when the path itself comes or goes. A new folder is
    /// watched first and listed then: what was put into it before is found in the list, what comes later in the events.
    /// Where it is not certain that every change has a name, the batch is incomplete: a folder that goes takes its files
    /// along without a word, and the system drops events when nobody takes them.
    final class InotifySource: ChangeSource {
        private let inotify: Inotify
        private let paths: [WatchedPath]
        private var folders = InotifyFolders()
        private var batch = ChangeBatch()
        private let disk = FileSystem(root: "/")

        var descriptor: CInt? { inotify.descriptor }
        var interval: Duration { .zero }

        /// Begins to watch absolute `paths`.
        init(_ paths: [WatchedPath]) throws(WatchFailure) {
            self.paths = paths
            inotify = try Inotify()
            for path in paths { try establish(path) }
            batch = ChangeBatch()
        }

        func takeChanges() throws(WatchFailure) -> ChangeBatch {
            try takeChanges(inotify.takeEvents())
        }

        /// Takes in `events`.
        func takeChanges(_ events: [Inotify.Event]) throws(WatchFailure) -> ChangeBatch {
            var isLost = false
            for event in events {
                if event.says(IN_Q_OVERFLOW) || event.says(IN_UNMOUNT) {
                    isLost = true
                } else if event.name.isEmpty {
                    isLost = takeEnd(event) || isLost
                } else {
                    for folder in folders.paths(of: event.watch) { try take(event, in: folder) }
                }
            }
            if isLost { try startAnew() }
            defer { batch = ChangeBatch() }
            return batch
        }

        // MARK: Events

        /// Takes in that a watched folder has gone, or has another name now.
        ///
        /// - Returns: Whether it is one from which given paths are found: they have to be looked for anew.
        private func takeEnd(_ event: Inotify.Event) -> Bool {
            guard event.says(IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF) else { return false }
            let isNeeded = folders.paths(of: event.watch).contains { folder in
                !folders.expected(in: folder).isEmpty || paths.contains { $0.file.path == folder }
            }
            if event.says(IN_IGNORED) { folders.forget(event.watch) }
            return isNeeded
        }

        /// Takes in what happened to a name in a folder.
        private func take(_ event: Inotify.Event, in folder: String) throws(WatchFailure) {
            let isInTree = folders.isTree(folder)
            let isExpected = folders.expected(in: folder).contains(event.name)
            guard isInTree || isExpected else { return }
            let path = Self.path(folder, event.name)
            batch.paths.insert(File(path))
            if event.says(IN_DELETE | IN_MOVED_FROM) {
                if event.says(IN_ISDIR) || folders.watch(of: path) != nil {
                    drop(path)
                    try establish(from: path)
                }
            } else if event.says(IN_CREATE | IN_MOVED_TO | IN_ATTRIB) {
                if let known = folders.watch(of: path), try inotify.watch(path) != known { drop(path) }
                if isInTree && !event.name.hasPrefix(".") && isFolder(path, event) { try addTree(path) }
                if isExpected { try establish(from: path) }
            }
        }

        private func isFolder(_ path: String, _ event: Inotify.Event) -> Bool {
            // The event says what has the name, and not what a link leads to.
            event.says(IN_ISDIR) || (try? disk.metadata(at: File(path)))?.kind == .directory
        }

        /// Watches a folder that is gone no more, nor those in it; what was in it is named by nobody.
        private func drop(_ folder: String) {
            for watch in folders.removeAll(from: folder) { inotify.remove(watch) }
            batch.isIncomplete = true
        }

        /// Begins to watch again, for it is not known what has changed.
        private func startAnew() throws(WatchFailure) {
            for watch in folders.removeAll() { inotify.remove(watch) }
            batch.isIncomplete = true
            for path in paths { try establish(path) }
        }

        // MARK: Watching

        /// Watches the given paths anew that are `path` or lie below it.
        private func establish(from path: String) throws(WatchFailure) {
            for watched in paths where watched.file.path == path || watched.file.isBelow(File(path)) {
                try establish(watched)
            }
        }

        /// Watches a given path, and the nearest folder above it that there is, for the next name on the way.
        private func establish(_ path: WatchedPath) throws(WatchFailure) {
            let steps = Self.steps(to: path.file.path)
            var step = 0
            while step < steps.count, try !expect(steps[step]) { step += 1 }
            // What was made on the way down before the folder above was watched is not told of: it is there now.
            while step > 0, try expect(steps[step - 1]) { step -= 1 }
            if path.isRecursive { try addTree(path.file.path) }
        }

        /// The folders above a path, from the nearest on, each with the name in it that leads there.
        private static func steps(to path: String) -> [(folder: String, name: String)] {
            var steps: [(folder: String, name: String)] = []
            var rest = path[...]
            while rest != "/", let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
                let name = String(rest[rest.utf8.index(after: slash)...])
                rest = slash == rest.startIndex ? "/" : rest[..<slash]
                steps.append((String(rest), name))
            }
            return steps
        }

        /// Watches a folder for a name; false if there is no such folder.
        private func expect(_ step: (folder: String, name: String)) throws(WatchFailure) -> Bool {
            guard try watch(step.folder) else { return false }
            folders.expect(step.name, in: step.folder)
            return true
        }

        /// Watches a folder and those in it, and names everything in them.
        private func addTree(_ root: String) throws(WatchFailure) {
            var open = [root]
            while let folder = open.popLast() {
                guard !folders.isTree(folder), try watch(folder) else { continue }
                if folders.isLoop(folder) {
                    _ = folders.remove(folder)
                    continue
                }
                folders.addTree(folder)
                // A folder that is gone again, or may not be read, has nothing to show.
                for entry in (try? disk.entries(of: File(folder))) ?? [] {
                    let path = Self.path(folder, entry.name)
                    batch.paths.insert(File(path))
                    if entry.name.hasPrefix(".") || entry.kind == .other { continue }
                    if entry.kind == .folder || (try? disk.metadata(at: File(path)))?.kind == .directory {
                        open.append(path)
                    }
                }
            }
        }

        /// Watches one folder; false if there is none.
        private func watch(_ folder: String) throws(WatchFailure) -> Bool {
            guard let watch = try inotify.watch(folder) else { return false }
            folders.add(folder, watch)
            return true
        }

        private static func path(_ folder: String, _ name: String) -> String {
            folder == "/" ? folder + name : folder + "/" + name
        }
    }
#endif
