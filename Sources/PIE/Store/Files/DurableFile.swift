#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that are replaced as a whole: at every moment the disk has the old bytes or the new ones, never a part.
///
/// New bytes go to a file beside the old one and are synced; then it takes the other's name, and the folder is synced.
/// What a crash leaves of that is recognised by its name. All of this is for the one process that holds the
/// ``StoreLock`` of the folder; that nobody else writes there is why a temporary file may be taken for a leftover.
///
/// No file of a store is ever made shorter, or changed where it has valid bytes: whoever has an old one open or mapped
/// keeps it, under no name, until he lets go of it.
package enum DurableFile {
    /// Replaces a file, or creates it.
    ///
    /// - Parameters:
    ///   - path: The path of the file; its folder exists.
    ///   - durability: What it is to survive; less than ``Durability/synced`` is for tests and what can be made anew.
    ///   - system: The system calls.
    ///   - body: Writes the content.
    /// - Throws: What the system refused, or what the body threw. The old file is then untouched, unless syncing the
    ///   folder was all that failed: then the new one is there, whole, and may be gone after a power failure.
    package static func replace(
        _ path: String,
        durability: Durability = .synced,
        system: StoreSystem = .live,
        with body: (inout DurableFileWriter) throws(StoreError) -> Void
    ) throws(StoreError) {
        _ = try replaceAndOpen(path, durability: durability, system: system, with: body)
    }

    /// Replaces a file by one with these bytes, or creates it.
    package static func replace(
        _ path: String,
        with bytes: [UInt8],
        durability: Durability = .synced,
        system: StoreSystem = .live
    ) throws(StoreError) {
        try replace(path, durability: durability, system: system) { (writer) throws(StoreError) in
            try writer.append(bytes)
        }
    }

    /// Replaces a file, and gives the new one, open for reading and writing.
    static func replaceAndOpen(
        _ path: String,
        durability: Durability,
        system: StoreSystem,
        with body: (inout DurableFileWriter) throws(StoreError) -> Void
    ) throws(StoreError) -> StoreFile {
        let temporary = temporaryPath(for: path)
        var writer = DurableFileWriter(try openNew(temporary, system: system))
        do throws(StoreError) {
            try body(&writer)
            var file = try writer.finish()
            try file.sync(durability)
            do throws(SystemFailure) {
                try StoreFile.retrying { () throws(SystemFailure) in try system.renameFile(temporary, path) }
            } catch {
                throw StoreError(.replace, path: path, error)
            }
            try syncFolder(of: path, durability: durability, system: system)
            file.path = path
            return file
        } catch {
            // After the renaming there is nothing of that name.
            try? system.removeFile(temporary)
            throw error
        }
    }

    /// Removes what a crash has left of files that were being written.
    ///
    /// - Parameters:
    ///   - folder: The folder, whose lock the caller holds.
    ///   - system: The system calls.
    /// - Returns: The names that were removed.
    /// - Throws: An error if the folder cannot be listed, or a file of it not removed.
    @discardableResult
    package static func removeLeftovers(in folder: String, system: StoreSystem = .live) throws(StoreError) -> [String] {
        let leftovers = try names(in: folder, system: system).filter { $0.hasPrefix(FileSystem.temporaryPrefix) }
        for name in leftovers {
            let path = folder + "/" + name
            do throws(SystemFailure) {
                try system.removeFile(path)
            } catch {
                if error.code != ENOENT { throw StoreError(.remove, path: path, error) }
            }
        }
        return leftovers
    }

    static func names(in folder: String, system: StoreSystem) throws(StoreError) -> [String] {
        do throws(SystemFailure) {
            return try system.listFolder(folder)
        } catch {
            throw StoreError(.list, path: folder, error)
        }
    }

    /// The part of a path in front of the last `/`, and the name behind it.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let folder = slash == path.utf8.startIndex ? "/" : String(path[..<slash])
        return (folder, String(path[path.utf8.index(after: slash)...]))
    }

    private static func temporaryPath(for path: String) -> String {
        let (folder, name) = split(path)
        return folder + "/" + FileSystem.temporaryPrefix + name
    }

    private static func openNew(_ path: String, system: StoreSystem) throws(StoreError) -> StoreFile {
        let flags = O_RDWR | O_CREAT | O_EXCL
        do throws(StoreError) {
            return try StoreFile(opening: path, flags: flags, system: system)
        } catch {
            guard case .system(_, SystemFailure(EEXIST)) = error.kind else { throw error }
        }
        // A leftover: its bytes may be mapped by nobody, but opening it anew could follow a link.
        try? system.removeFile(path)
        return try StoreFile(opening: path, flags: flags, system: system)
    }

    private static func syncFolder(
        of path: String,
        durability: Durability,
        system: StoreSystem
    ) throws(StoreError) {
        if durability == .written { return }
        let folder = try StoreFile(opening: split(path).folder, flags: O_RDONLY | O_DIRECTORY, system: system)
        do throws(StoreError) {
            try folder.sync(durability)
        } catch {
            // Some file systems have nothing to sync in a folder, and say so.
            guard case .system(_, let failure) = error.kind, [EINVAL, ENOTSUP, EOPNOTSUPP].contains(failure.code) else {
                throw error
            }
        }
    }
}
