#if os(Linux)
    import PIE

    /// Which watch stands for which folders, and what a source watches each of them for.
    struct InotifyFolders {
        /// A folder may have several paths, by symbolic links; the system has one watch for all.
        private var pathsByWatch: [Inotify.Watch: Set<String>] = [:]
        private var watchByPath: [String: Inotify.Watch] = [:]
        /// The folders in which every name counts.
        private var trees: Set<String> = []
        /// The names that are expected in folders, because given paths begin with them.
        private var expected: [String: Set<String>] = [:]

        /// The paths of a watched folder.
        func paths(of watch: Inotify.Watch) -> Set<String> { pathsByWatch[watch] ?? [] }

        /// The watch of a folder.
        func watch(of folder: String) -> Inotify.Watch? { watchByPath[folder] }

        /// Whether every name in a folder counts.
        func isTree(_ folder: String) -> Bool { trees.contains(folder) }

        /// The names that are expected in a folder.
        func expected(in folder: String) -> Set<String> { expected[folder] ?? [] }

        /// Whether a folder lies, by links, in itself.
        func isLoop(_ folder: String) -> Bool {
            guard let watch = watchByPath[folder] else { return false }
            return paths(of: watch).contains { File(folder).isBelow(File($0)) }
        }

        /// Notes that a watch stands for a folder.
        mutating func add(_ folder: String, _ watch: Inotify.Watch) {
            if let before = watchByPath[folder], before != watch { pathsByWatch[before]?.remove(folder) }
            watchByPath[folder] = watch
            pathsByWatch[watch, default: []].insert(folder)
        }

        /// Notes that every name in a folder counts.
        mutating func addTree(_ folder: String) {
            trees.insert(folder)
        }

        /// Notes that a name is expected in a folder.
        mutating func expect(_ name: String, in folder: String) {
            expected[folder, default: []].insert(name)
        }

        /// Forgets a folder.
        ///
        /// - Returns: The watch, if it stands for no other folder.
        mutating func remove(_ folder: String) -> Inotify.Watch? {
            trees.remove(folder)
            expected[folder] = nil
            guard let watch = watchByPath.removeValue(forKey: folder) else { return nil }
            pathsByWatch[watch]?.remove(folder)
            guard pathsByWatch[watch]?.isEmpty == true else { return nil }
            pathsByWatch[watch] = nil
            return watch
        }

        /// Forgets a folder and those below it.
        ///
        /// - Returns: The watches that stand for no other folder.
        mutating func removeAll(from folder: String) -> [Inotify.Watch] {
            let gone = watchByPath.keys.filter { $0 == folder || File($0).isBelow(File(folder)) }
            return gone.compactMap { remove($0) }
        }

        /// Forgets every folder.
        ///
        /// - Returns: The watches.
        mutating func removeAll() -> [Inotify.Watch] {
            defer { self = InotifyFolders() }
            return Array(pathsByWatch.keys)
        }

        /// Forgets a watch that the system has ended.
        mutating func forget(_ watch: Inotify.Watch) {
            for folder in paths(of: watch) { _ = remove(folder) }
        }
    }
#endif
