import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension FileSystem {
    /// How the names of files begin that are about to replace another one; no listing shows them.
    static let temporaryPrefix = ".pie-tmp-"

    private static let temporaryCount = Atomic<UInt64>(0)

    /// How many links in a row are followed.
    private static let maximumLinks = 40

    /// Writes a file unless it has these bytes already.
    ///
    /// The bytes go to a file beside it, which then takes its place at once: whoever reads sees the old bytes or the
    /// new ones, never a part. Permission bits of an existing file are kept, other hard links to it are cut off, and a
    /// symbolic link stays: it is its target that is written. Missing folders are created. Nothing is synced to the
    /// disk; after a power failure the content no longer matches the stamp.
    ///
    /// - Parameters:
    ///   - bytes: What the file is to contain.
    ///   - file: The file.
    /// - Returns: Whether anything was written, and the stamp of these bytes, with a hash.
    /// - Throws: An error with the code `EISDIR` for a folder, `EINVAL` for a pipe or a device.
    @discardableResult
    package func writeUnlessEqual(
        _ bytes: [UInt8],
        at file: File
    ) throws(FileSystemError) -> (changed: Bool, stamp: FileStamp) {
        let now = FileStamp.now()
        let present = try metadata(at: file, now: now)
        switch present.kind {
        case .directory: throw error(.write, file, code: EISDIR)
        case .other: throw error(.write, file, code: EINVAL)
        case .missing: break
        case .regularFile:
            // A file of another size is not worth reading, and one that may not be read can still be replaced.
            if present.size == bytes.count, let (old, stamp) = try? read(at: file, now: now), old == bytes {
                return (false, stamp)
            }
        }
        return (true, try replace(file, with: bytes, now: now))
    }

    /// Whether a file lies under the root, by its name and, if its folder is there, with links on the way followed.
    package func isUnderRoot(_ file: File) -> Bool {
        let name = file.relative(to: root).path
        if name.hasPrefix("/") || name == ".." || name.hasPrefix("../") { return false }
        let folder = File(normalised: Self.folder(of: file.absolutePath(in: root)))
        guard let root = realPath(of: File(normalised: root)), let folder = realPath(of: folder) else { return true }
        return root == "/" || folder == root || folder.hasPrefix(root + "/")
    }

    private func realPath(of file: File) -> String? {
        guard let resolved = withPath(of: file, { realpath($0, nil) }) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Removes a file; a link is removed itself.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    package func remove(_ file: File) throws(FileSystemError) -> Bool {
        if withPath(of: file, { path in retryingWhenInterrupted { unlink(path) } }) == 0 { return true }
        let code = errno
        if Self.meansMissing(code) { return false }
        throw error(.remove, file, code: code)
    }

    private func replace(_ file: File, with bytes: [UInt8], now: Int64) throws(FileSystemError) -> FileStamp {
        let target = try target(of: file)
        let folder = Self.folder(of: target.path)
        let number = Self.temporaryCount.add(1, ordering: .relaxed).newValue
        let temporary = File(normalised: folder + "/\(Self.temporaryPrefix)\(getpid())-\(number)")

        var opened = openNew(temporary)
        if opened < 0 && errno == ENOENT {
            try createFolder(folder)
            opened = openNew(temporary)
        }
        guard let descriptor = FileDescriptor(opened) else { throw error(.write, file) }
        do throws(FileSystemError) {
            try fill(descriptor, with: bytes, likePermissionsOf: target, for: file)
            let result = withPath(of: temporary) { from in
                withPath(of: target) { to in retryingWhenInterrupted { rename(from, to) } }
            }
            if result != 0 { throw error(.replace, file) }
        } catch {
            _ = try? remove(temporary)
            throw error
        }
        // Renaming sets the change time, so the stamp is taken now; from the open file, whoever else may by now have
        // put another in its place.
        guard let status = descriptor.status() else { throw error(.write, file) }
        var stamp = FileStamp(status, now: now)
        stamp.hash = ContentHash(bytes)
        return stamp
    }

    private func openNew(_ file: File) -> CInt {
        withPath(of: file) { path in
            retryingWhenInterrupted { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
        }
    }

    private func fill(
        _ descriptor: borrowing FileDescriptor,
        with bytes: [UInt8],
        likePermissionsOf target: File,
        for file: File
    ) throws(FileSystemError) {
        var old = stat()
        if withPath(of: target, { path in stat(path, &old) }) == 0 {
            // Where the file system has no permissions this fails, and nothing is lost.
            _ = fchmod(descriptor.number, old.st_mode & 0o7777)
        }
        guard bytes.withUnsafeBytes({ descriptor.write($0) }) else { throw error(.write, file) }
    }

    /// The absolute name of what is behind a symbolic link; there need be nothing of that name yet.
    private func target(of file: File) throws(FileSystemError) -> File {
        var target = File(normalised: file.absolutePath(in: root))
        for _ in 1...Self.maximumLinks {
            guard let link = linkTarget(of: target) else { return target }
            // Not normalised: `..` behind a linked folder is not the folder in front of it.
            let isAbsolute = link.utf8.first == UInt8(ascii: "/")
            target = File(normalised: isAbsolute ? link : Self.folder(of: target.path) + "/" + link)
        }
        throw error(.write, file, code: ELOOP)
    }

    private func linkTarget(of file: File) -> String? {
        withPath(of: file) { path in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX) + 1) { buffer in
                guard let base = buffer.baseAddress else { return nil }
                let length = readlink(path, base, Int(PATH_MAX))
                guard length > 0 else { return nil }
                // SAFETY: the buffer has room for the NUL behind the longest name that was asked for.
                base[length] = 0
                return String(cString: base)
            }
        }
    }

    /// Creates a folder and those above it.
    private func createFolder(_ path: String) throws(FileSystemError) {
        let bytes = path.utf8
        var end = bytes.startIndex
        while end < bytes.endIndex {
            end = bytes[bytes.index(after: end)...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
            let folder = String(path[..<end])
            // A folder that somebody else makes at the same time is as good.
            if folder.withCString({ mkdir($0, 0o777) }) == 0 { continue }
            let code = errno
            if code == EEXIST || code == EISDIR { continue }
            // A folder above, which exists, may be one that nothing can be created in.
            var status = stat()
            if folder.withCString({ stat($0, &status) }) == 0 { continue }
            throw FileSystemError(.createFolder, path: folder, code: code)
        }
    }

    /// The part of an absolute path in front of the last `/`, so that a name can be put behind it.
    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return String(path[..<slash])
    }
}
