#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The disk, as seen from a root folder: a thin layer over system calls.
///
/// It knows nothing of buffers or tasks. Nothing is kept between two calls, no open folder either, so that a root that
/// is deleted and made anew is simply looked at again. A name that contains a NUL byte is the name of no file.
package struct FileSystem: Sendable {
    /// The folder that relative names start from, absolute and normalised.
    package let root: String

    /// Creates a view of the disk.
    ///
    /// - Parameter root: An absolute, normalised path; see ``absoluteRoot(_:)``.
    package init(root: String) {
        self.root = root
    }

    /// The absolute, normalised form of a path that a user gave as the root.
    ///
    /// - Parameter path: A path, relative to the working folder of the process; nil is that folder itself.
    /// - Returns: The absolute path; symbolic links are not resolved.
    /// - Throws: An error if the working folder is gone.
    package static func absoluteRoot(_ path: String?) throws(FileSystemError) -> String {
        let path = path ?? "."
        if path.utf8.first == UInt8(ascii: "/") { return File(path).path }
        guard let folder = getcwd(nil, 0) else {
            throw FileSystemError(.findWorkingFolder, path: path, code: errno)
        }
        defer { free(folder) }
        return File(String(cString: folder) + "/" + path).path
    }

    /// Calls a function with the absolute path of a file, which is not built as a string.
    func withPath<Result>(of file: File, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let length = file.path.utf8.count
        return file.path.withCString { path in
            // No file can have such a name, and none has the empty one.
            if strlen(path) != length { return "".withCString(body) }
            if file.isAbsolute { return body(path) }
            let rootLength = root.utf8.count
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: rootLength + 1 + length + 1) { buffer in
                guard let base = buffer.baseAddress else { return body(path) }
                // SAFETY: the buffer has room for both names, the separator and the NUL, which `path` ends with.
                root.withCString { root in _ = memcpy(base, root, rootLength) }
                base[rootLength] = CChar(bitPattern: UInt8(ascii: "/"))
                memcpy(base + rootLength + 1, path, length + 1)
                return body(UnsafePointer(base))
            }
        }
    }

    /// The error that the last failed system call has left in `errno`.
    func error(_ operation: FileSystemError.Operation, _ file: File, code: CInt = errno) -> FileSystemError {
        FileSystemError(operation, path: file.absolutePath(in: root), code: code)
    }

    /// Whether an error number says that there is no such file.
    static func meansMissing(_ code: CInt) -> Bool {
        code == ENOENT || code == ENOTDIR
    }
}

/// Repeats a system call until it is not interrupted by a signal.
@inline(__always)
func retryingWhenInterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
