#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension StoreSystem {
    /// The calls of the system that the process runs on.
    package static let live = StoreSystem(
        openFile: { path, flags throws(SystemFailure) in
            try checked(withName(path) { open($0, flags | O_CLOEXEC, 0o666) })
        },
        closeFile: { file in _ = close(file) },
        readBytes: { file, buffer, offset throws(SystemFailure) in
            try checked(pread(file, buffer.baseAddress, buffer.count, off_t(offset)))
        },
        writeBytes: { file, bytes, offset throws(SystemFailure) in
            try checked(pwrite(file, bytes.baseAddress, bytes.count, off_t(offset)))
        },
        syncFile: { file, fully throws(SystemFailure) in
            #if canImport(Darwin)
                // Where a file system does not know how, the ordinary call is the best there is.
                if fully && fcntl(file, F_FULLFSYNC) == 0 { return }
                _ = try checked(fsync(file))
            #else
                _ = try checked(fdatasync(file))
            #endif
        },
        lookAtFile: { file throws(SystemFailure) in
            var status = stat()
            _ = try checked(fstat(file, &status))
            return Status(status)
        },
        lookAtPath: { path throws(SystemFailure) in
            var status = stat()
            _ = try checked(withName(path) { stat($0, &status) })
            return Status(status)
        },
        renameFile: { path, newPath throws(SystemFailure) in
            _ = try checked(withName(path) { path in withName(newPath) { rename(path, $0) } })
        },
        linkFile: { path, newPath throws(SystemFailure) in
            _ = try checked(withName(path) { path in withName(newPath) { link(path, $0) } })
        },
        removeFile: { path throws(SystemFailure) in
            _ = try checked(withName(path) { unlink($0) })
        },
        makeFolder: { path throws(SystemFailure) in try makeFolders(path) },
        listFolder: { path throws(SystemFailure) in try names(in: path) },
        mapFile: { file, count throws(SystemFailure) in
            let start = mmap(nil, count, PROT_READ, MAP_SHARED, file, 0)
            guard let start, start != MAP_FAILED else { throw SystemFailure(errno) }
            return UnsafeRawPointer(start)
        },
        unmapFile: { start, count in _ = munmap(UnsafeMutableRawPointer(mutating: start), count) },
        lockFile: { file throws(SystemFailure) in
            _ = try checked(flock(file, LOCK_EX | LOCK_NB))
        },
        unlockFile: { _ = flock($0, LOCK_UN) }
    )

    private static func checked<Result: SignedInteger>(_ result: Result) throws(SystemFailure) -> Result {
        if result < 0 { throw SystemFailure(errno) }
        return result
    }

    /// Calls a function with a path; no file has a name with a NUL in it.
    private static func withName(_ path: String, _ body: (UnsafePointer<CChar>) -> CInt) -> CInt {
        if path.utf8.contains(0) {
            errno = ENOENT
            return -1
        }
        return path.withCString(body)
    }

    private static func makeFolders(_ path: String) throws(SystemFailure) {
        do throws(SystemFailure) {
            _ = try checked(withName(path) { mkdir($0, 0o777) })
        } catch {
            switch error.code {
            case EEXIST:
                return
            case ENOENT:
                let folder = DurableFile.split(path).folder
                guard folder != path, folder != "." else { throw error }
                try makeFolders(folder)
                _ = try checked(withName(path) { mkdir($0, 0o777) })
            default:
                throw error
            }
        }
    }

    private static func names(in folder: String) throws(SystemFailure) -> [String] {
        guard let stream = opendir(folder) else { throw SystemFailure(errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            // The end and an error look alike but for this.
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                // SAFETY: the name ends with a NUL inside of the entry, which lives until the next call of readdir.
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                    String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        if errno != 0 { throw SystemFailure(errno) }
        return names
    }
}

extension StoreSystem.Status {
    fileprivate init(_ status: stat) {
        self.init(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            inode: UInt64(truncatingIfNeeded: status.st_ino),
            size: Int(status.st_size),
            isRegular: UInt32(status.st_mode) & UInt32(S_IFMT) == UInt32(S_IFREG)
        )
    }
}
