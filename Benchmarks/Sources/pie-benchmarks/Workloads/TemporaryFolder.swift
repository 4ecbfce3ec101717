import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder in `$TMPDIR`, or `/tmp`, that a workload fills.
///
/// Those of all workloads lie in one that is removed at the end of the run: some file systems look for free places for
/// new files one by one as long as others were deleted a short while ago.
struct TemporaryFolder {
    let path: String

    /// Makes the folder.
    init() throws {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/pie-benchmarks-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError(parent) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes the folder and all that is in it.
    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Makes the folder for all others of this run, and lets the processes that are started know of it.
    static func forAll() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        setenv("TMPDIR", folder.path, 1)
        return folder
    }

    /// Makes a folder in this one, and those above it.
    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }

    /// Waits until the files are on the disk and no longer fresh.
    ///
    /// Else the system writes them while something is measured, and their times are too young to be trusted.
    func settle() {
        sync()
        Self.age()
    }

    /// Waits until what was just changed is no longer fresh.
    static func age() { usleep(100_000) }

    /// Writes bytes over the beginning of a file, which is made if it is not there.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw SystemError(path) }
        defer { close(file) }
        guard pwrite(file, bytes, bytes.count, 0) == bytes.count else { throw SystemError(path) }
    }
}

/// The system refused something.
struct SystemError: Error, CustomStringConvertible {
    let description: String

    init(_ path: String) {
        description = "\(path): \(String(cString: strerror(errno)))"
    }
}
