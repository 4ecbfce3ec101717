#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What lies in a folder that may be that of a store, told by names and first bytes, without opening the store.
package struct StoreFiles: Sendable {
    /// The folder.
    package let path: String

    /// The files that have names of a store's, by name.
    package private(set) var files: [Entry] = []

    /// The names of everything else.
    package private(set) var others: [String] = []

    /// Whether one of the files is a snapshot or a journal not only by its name.
    package private(set) var isStore = false

    /// A file of a store.
    package struct Entry: Hashable, Sendable {
        /// The name.
        package let name: String

        /// What the file is for.
        package let kind: Kind

        /// The number of bytes.
        package let size: Int
    }

    /// What the files of a store are for; the raw value is a word for it.
    package enum Kind: String, Sendable {
        case snapshot
        case journal
        case lock
        /// A damaged file that was kept.
        case keptAside = "kept aside"
        /// What a crash has left of a file that was being written.
        case leftover
    }

    /// Looks at a folder; `nil` if there is nothing of that name.
    ///
    /// - Parameters:
    ///   - path: The path of the folder.
    ///   - system: The system calls.
    /// - Throws: An error if it cannot be listed, or is no folder.
    package init?(at path: String, system: StoreSystem = .live) throws(StoreError) {
        self.path = path
        do throws(SystemFailure) {
            _ = try system.lookAtPath(path)
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return nil }
            throw StoreError(.look, path: path, error)
        }
        for name in try DurableFile.names(in: path, system: system).sorted() {
            guard let kind = Self.kind(ofName: name), let status = try? system.lookAtPath(path + "/" + name),
                status.isRegular
            else {
                others.append(name)
                continue
            }
            files.append(Entry(name: name, kind: kind, size: status.size))
            if kind == .snapshot || kind == .journal { isStore = isStore || Self.isWritten(path + "/" + name, system) }
        }
    }

    /// What a file of this name would be for in the folder of a store; nil for a name that no store gives.
    package static func kind(ofName name: String) -> Kind? {
        if name == "lock" { return .lock }
        if name.hasPrefix(FileSystem.temporaryPrefix) { return .leftover }
        for (prefix, kind) in [("snapshot-", Kind.snapshot), ("journal-", Kind.journal)] where name.hasPrefix(prefix) {
            let parts = name.dropFirst(prefix.count).split(separator: ".damaged-", omittingEmptySubsequences: false)
            guard parts.count <= 2, parts.allSatisfy({ UInt64($0) != nil }) else { return nil }
            return parts.count == 1 ? kind : .keptAside
        }
        return nil
    }

    private static func isWritten(_ path: String, _ system: StoreSystem) -> Bool {
        guard let file = try? MappedFile(path, system: system) else { return false }
        return file.withBytes { $0.starts(with: SnapshotHeader.magic) || $0.starts(with: JournalHeader.magic) }
    }
}

extension StoreFiles {
    /// Makes a folder, with those above it, and small files in it that are not there yet.
    ///
    /// - Parameters:
    ///   - path: The path of the folder.
    ///   - texts: The texts of the files, by name.
    ///   - system: The system calls.
    /// - Throws: What the system refuses.
    package static func makeFolder(
        _ path: String,
        with texts: KeyValuePairs<String, String>,
        system: StoreSystem = .live
    ) throws(StoreError) {
        do throws(SystemFailure) {
            try system.makeFolder(path)
        } catch {
            throw StoreError(.makeFolder, path: path, error)
        }
        for (name, text) in texts {
            do throws(StoreError) {
                let flags = O_WRONLY | O_CREAT | O_EXCL
                let file = try StoreFile(opening: path + "/" + name, flags: flags, system: system)
                try Array(text.utf8).withUnsafeBufferPointer { (bytes) throws(StoreError) in
                    try file.write(UnsafeRawBufferPointer(bytes), at: 0)
                }
            } catch {
                guard case .system(.open, SystemFailure(EEXIST)) = error.kind else { throw error }
            }
        }
    }

    /// Removes the files of a store, and the folder if nothing else is left in it.
    ///
    /// Nobody else may write the store meanwhile, so its lock is taken.
    ///
    /// - Parameters:
    ///   - names: The names of other files that belong to the folder and go with it.
    ///   - system: The system calls.
    /// - Returns: Whether the folder is gone too.
    /// - Throws: An error that names the holder if another process has the store, another if the system refuses.
    package func remove(with names: Set<String>, system: StoreSystem = .live) throws(StoreError) -> Bool {
        let lock = try StoreLock(at: path + "/lock", system: system)
        // The lock goes last: until then nobody takes what is left for a store.
        let removed = files.map(\.name).filter { $0 != "lock" } + others.filter { names.contains($0) } + ["lock"]
        for name in removed {
            do throws(SystemFailure) {
                try system.removeFile(path + "/" + name)
            } catch {
                if error.code != ENOENT { throw StoreError(.remove, path: path + "/" + name, error) }
            }
        }
        _ = consume lock
        return rmdir(path) == 0
    }
}
