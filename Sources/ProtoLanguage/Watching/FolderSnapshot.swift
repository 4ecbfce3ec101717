import PIE

/// What watched paths and everything below them looked like at one time.
struct FolderSnapshot {
    private var stamps: [File: FileStamp] = [:]

    /// Looks at absolute `paths`.
    init(_ paths: [WatchedPath]) {
        let disk = FileSystem(root: "/")
        for path in paths {
            let stamp = Self.stamp(of: path.file, on: disk)
            stamps[path.file] = stamp
            if path.isRecursive && stamp.kind == .directory { add(path.file, on: disk) }
        }
    }

    /// Adds what lies in a folder.
    private mutating func add(_ folder: File, on disk: FileSystem) {
        var open: [(folder: File, links: Set<UInt64>)] = [(folder, [])]
        while let (folder, links) = open.popLast() {
            // A folder that is gone, or may not be read, has nothing to show.
            for entry in (try? disk.entries(of: folder)) ?? [] {
                let file = File(folder.path + "/" + entry.name)
                let stamp = Self.stamp(of: file, on: disk)
                stamps[file] = stamp
                guard stamp.kind == .directory, !entry.name.hasPrefix(".") else { continue }
                if entry.kind == .link {
                    // A link may lead to a folder above it: it is entered, but not again from within.
                    guard !links.contains(stamp.inode) else { continue }
                    open.append((file, links.union([stamp.inode])))
                } else {
                    open.append((file, links))
                }
            }
        }
    }

    /// What has changed between an earlier snapshot and this one.
    func changes(since earlier: FolderSnapshot) -> ChangeBatch {
        var batch = ChangeBatch()
        for (file, stamp) in stamps where !Self.isUnchanged(earlier.stamps[file] ?? .missing, stamp) {
            batch.paths.insert(file)
        }
        for (file, stamp) in earlier.stamps where stamp.exists && stamps[file] == nil {
            batch.paths.insert(file)
        }
        return batch
    }

    /// A provisional stamp says that a file could be written again and look the same: then it is named once more.
    private static func isUnchanged(_ earlier: FileStamp, _ later: FileStamp) -> Bool {
        switch later.kind {
        // What is in a folder is looked at by itself.
        case .missing, .directory: earlier.kind == later.kind
        case .regularFile, .other: earlier.hasSameMetadata(as: later) && !earlier.isProvisional
        }
    }

    private static func stamp(of file: File, on disk: FileSystem) -> FileStamp {
        // What the system will not tell of is no file that a task could read.
        (try? disk.metadata(at: file)) ?? .missing
    }
}
