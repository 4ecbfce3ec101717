import PIE
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension TemporaryWorkspace {
    // MARK: Names

    /// The absolute path of a file, which lies inside the workspace also when links are followed.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - followingLink: Whether a link of this name will be followed; those in front of it always are.
    ///   - action: What is to be done, for an error.
    /// - Returns: The path.
    /// - Throws: A ``TemporaryWorkspaceError`` if it does not.
    func path(toEdit file: File, followingLink: Bool, _ action: String) throws -> String {
        let path = file.absolutePath(in: root)
        guard File(path).isBelow(File(root)), let home = Self.resolved(root) else {
            throw TemporaryWorkspaceError(.outside, action, file)
        }
        var folder = path
        if !followingLink { folder = Self.folder(of: folder) }
        while true {
            if let real = Self.resolved(folder) {
                if real == home || File(real).isBelow(File(home)) { return path }
                throw TemporaryWorkspaceError(.outside, action, file)
            }
            // What has a name and leads nowhere is a link, and what is written through it may end up anywhere.
            if Self.exists(folder) { throw TemporaryWorkspaceError(.outside, action, file) }
            folder = Self.folder(of: folder)
        }
    }

    /// Whether anything has a path, be it a link that leads nowhere.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Whether a name is that of a file itself, and neither a link nor behind one.
    func isPlain(_ file: File) -> Bool {
        Self.resolved(root).map { Self.resolved(file.absolutePath(in: root)) == file.absolutePath(in: $0) } ?? false
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The part of an absolute path in front of the last `/`; at last that is the root of all, which resolves.
    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    // MARK: Times

    /// Gives a file a modification time that no file of the workspace had before.
    func stampTime(of file: File) throws {
        let path = file.absolutePath(in: root)
        let last = lastTime.load(ordering: .relaxed)
        // File systems drop nanoseconds, microseconds, or every other second: then a later time has to do.
        var step: Int64 = 1
        while step <= 10_000_000_000 {
            let time = reserveTime(step: step)
            let value = timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
            guard utimensat(AT_FDCWD, path, [value, value], 0) == 0 else {
                throw TemporaryWorkspaceError(.refused(String(cString: strerror(errno))), "set the time of", file)
            }
            do {
                if try fileSystem.metadata(at: file).modified > last { return }
            } catch {
                throw TemporaryWorkspaceError(.refused(error.reason), "look at", file)
            }
            step *= 10
        }
        throw TemporaryWorkspaceError(.refused("the file system keeps no modification times"), "set the time of", file)
    }

    private func reserveTime(step: Int64) -> Int64 {
        while true {
            let last = lastTime.load(ordering: .relaxed)
            let next = max(FileStamp.now(), last + step)
            let (isReserved, _) = lastTime.compareExchange(expected: last, desired: next, ordering: .relaxed)
            if isReserved { return next }
        }
    }
}
