public import PIE
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A folder with files for a test, whose edits a build always notices.
///
/// ```swift
/// let workspace = try TemporaryWorkspace(["a.txt": "one two"])
/// let pie = try Pie(root: workspace.root)
/// try await pie.session { try await $0.require(WordCount(file: "a.txt")) }
/// try workspace.edit("a.txt") { $0 + " three" }
/// try await pie.session { try await $0.update(.files(["a.txt"])) }
/// ```
///
/// The folder is deleted with the last reference to the workspace, also if the test throws. Each workspace is a folder of
/// its own: tests may run at once.
///
/// Two edits in a row can fall into one tick of the file system's clock, and then nothing but the contents tells them
/// apart. A build compares contents where it must, so it would notice them all the same; but a file that is written again
/// with the same bytes would look untouched to whoever depends on it with ``/PIE/FileStamper/modified``. Therefore each
/// edit gives the file a modification time that no file of the workspace had before: the present one to the nanosecond,
/// or a later one where the file system keeps time less exactly. Nothing ever waits.
///
/// Edits take effect with the next session: within a session each file is looked at once.
public final class TemporaryWorkspace: Sendable {
    /// The absolute path of the folder, to be the root of a ``/PIE/Pie``.
    public let root: String

    /// The last modification time that was given to a file, in nanoseconds since 1970.
    let lastTime = Atomic<Int64>(0)

    /// Creates a folder with files in it.
    ///
    /// - Parameter files: The texts of the files, by names relative to the folder; missing folders are created.
    /// - Throws: A ``TemporaryWorkspaceError`` if a name leads out of the folder or a file cannot be written.
    public init(_ files: [File: String] = [:]) throws {
        root = FileManager.default.temporaryDirectory.path + "/pie-workspace-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        } catch {
            throw TemporaryWorkspaceError(.refused("\(error)"), "create a workspace", File(root))
        }
        for (file, text) in files.sorted(by: { $0.key.path < $1.key.path }) { try write(text, to: file) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Runs a test in a folder that is deleted when it returns or throws, whoever else refers to the workspace.
    ///
    /// - Parameters:
    ///   - files: The texts of the files, by names relative to the folder.
    ///   - body: The test.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, and a ``TemporaryWorkspaceError`` if the files cannot be written.
    @discardableResult
    public static func with<R>(
        _ files: [File: String] = [:],
        _ body: (TemporaryWorkspace) async throws -> R
    ) async throws -> R {
        let workspace = try TemporaryWorkspace(files)
        defer { try? FileManager.default.removeItem(atPath: workspace.root) }
        return try await body(workspace)
    }
}
