import Foundation

@testable import PIE

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of its own for a test, removed with the last reference to it.
final class TemporaryFolder: Sendable {
    let root: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pie-tests-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        root = try FileSystem.absoluteRoot(folder.path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
        // A store of the test, if it had one.
        try? FileManager.default.removeItem(atPath: root + ".store")
    }

    var fileSystem: FileSystem { FileSystem(root: root) }
    var scope: ResourceScope { ResourceScope(root: root) }

    /// A time at which a stamp of a file written just now is trusted.
    var later: Int64 { FileStamp.now() + 5_000_000_000 }

    /// Writes into the file itself, not into a new one that takes its place.
    func write(_ text: String, to file: File) throws {
        let url = URL(fileURLWithPath: file.absolutePath(in: root))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func text(of file: File) throws -> String? {
        try fileSystem.read(at: file).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    func createFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: root + "/" + path, withIntermediateDirectories: true)
    }

    func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: root + "/" + path, withDestinationPath: target)
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: root + "/" + path)
    }

    func move(_ path: String, to other: String) throws {
        precondition(0 == rename(root + "/" + path, root + "/" + other))
    }

    /// The modification time of a file; nil if there is none.
    func time(of path: String) -> (seconds: Int, nanoseconds: Int)? {
        var status = stat()
        guard lstat(root + "/" + path, &status) == 0 else { return nil }
        return (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }

    /// Sets access and modification time.
    func setTime(of path: String, seconds: Int, nanoseconds: Int) {
        let time = timespec(tv_sec: seconds, tv_nsec: nanoseconds)
        precondition(0 == utimensat(AT_FDCWD, root + "/" + path, [time, time], 0))
    }
}
