import Foundation

/// The reader's package, in a folder of its own.
public struct Workspace: Sendable {
    /// The folder.
    public let folder: URL

    /// Creates an empty folder for the package among the temporary files.
    ///
    /// - Throws: If the folder cannot be made.
    public init() throws {
        // Resolved, because compilers print paths without symbolic links.
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "pie-tutorial-\(UUID().uuidString)/MyPie")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Removes the folder and all that was built in it.
    public func remove() {
        try? FileManager.default.removeItem(at: folder.deletingLastPathComponent())
    }

    /// Reads a file.
    ///
    /// - Parameter path: The file, relative to the folder.
    /// - Returns: Its contents, or `nil` if there is none.
    public func contents(of path: String) -> String? {
        (try? Data(contentsOf: folder.appending(path: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file, and makes the folders above it.
    ///
    /// - Parameters:
    ///   - contents: What is to be in it.
    ///   - path: The file, relative to the folder.
    /// - Throws: If it cannot be written.
    public func write(_ contents: String, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(contents.utf8).write(to: file)
    }

    /// All files of the package but hidden ones, which tools leave there.
    ///
    /// - Returns: Their contents by their paths.
    public func files() -> [String: String] { Self.files(in: folder) }

    /// Makes the package what it was.
    ///
    /// - Parameter files: What ``files()`` said then; files that are as they were are not touched.
    /// - Throws: If a file cannot be written or removed.
    public func restore(_ files: [String: String]) throws {
        let present = self.files()
        for path in present.keys where files[path] == nil {
            try FileManager.default.removeItem(at: folder.appending(path: path))
        }
        for (path, contents) in files where present[path] != contents {
            try write(contents, to: path)
        }
    }

    /// All files of a folder but hidden ones.
    ///
    /// - Parameter folder: The folder.
    /// - Returns: Their contents by their paths relative to it.
    public static func files(in folder: URL) -> [String: String] {
        var files: [String: String] = [:]
        let paths = FileManager.default.enumerator(atPath: folder.path)
        while let path = paths?.nextObject() as? String {
            if path.split(separator: "/").last?.hasPrefix(".") == true || path == "Package.resolved" {
                if paths?.fileAttributes?[.type] as? FileAttributeType == .typeDirectory { paths?.skipDescendants() }
                continue
            }
            guard paths?.fileAttributes?[.type] as? FileAttributeType == .typeRegular,
                let data = try? Data(contentsOf: folder.appending(path: path))
            else { continue }
            files[path] = String(decoding: data, as: UTF8.self)
        }
        return files
    }
}
