#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Something that the system would not do with a file.
package struct FileSystemError: Error, Hashable {
    /// What was to be done; the raw value completes "cannot …".
    package enum Operation: String, Sendable {
        case look = "look at"
        case read
        case write
        case replace
        case remove
        case list
        case createFolder = "create the folder"
        case findWorkingFolder = "find the working folder for"
    }

    /// What was to be done.
    package let operation: Operation

    /// The absolute path.
    package let path: String

    /// The number by which the system says why not.
    package let code: CInt

    /// Creates an error.
    package init(_ operation: Operation, path: String, code: CInt) {
        self.operation = operation
        self.path = path
        self.code = code
    }
}

extension FileSystemError: CustomStringConvertible {
    /// Why the system refused, in its own words.
    package var reason: String {
        switch code {
        case EISDIR: "it is a folder"
        case EINVAL: "it is not a regular file"
        default: String(cString: strerror(code))
        }
    }

    package var description: String {
        "cannot \(operation.rawValue) \(path): \(reason)"
    }
}
