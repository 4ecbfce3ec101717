import FoundationEssentials
import PIE
import ProtoLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of sources that is removed at the end.
final class Workspace: Sendable {
    /// The folder.
    let path: String

    /// A folder with `files`, given by their names and texts.
    init(_ files: [String: String] = [:]) throws {
        path = FileManager.default.temporaryDirectory.path + "/protocheck-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
            try write(text, to: name)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes `text` to the file `name`, which may lie in folders.
    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
    }

    /// Writes bytes to the file `name`.
    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
    }

    /// The bytes of a file.
    func readBytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path + "/" + name)))
    }

    /// The text of a file, bytes that are none replaced.
    func read(_ name: String) throws -> String {
        String(decoding: try readBytes(name), as: UTF8.self)
    }

    /// Writes a file elsewhere and gives it its name, so that who watches the folder never sees half of it.
    func writeAtOnce(_ text: String, to name: String) throws {
        let elsewhere = try Workspace(["file": text])
        guard rename(elsewhere.path + "/file", path + "/" + name) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    /// Removes a file, or a folder with everything in it.
    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name)
    }

    /// Gives a file or folder another name, in place of what had that name.
    func move(_ name: String, to other: String) throws {
        guard rename(path + "/" + name, path + "/" + other) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    /// Copies the folder with everything in it.
    func copy(to other: String) throws {
        try FileManager.default.copyItem(atPath: path, toPath: other)
    }

    /// Makes a symbolic link.
    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    /// The source `name`, with the folder as its root.
    static func source(_ name: String) -> SourceFile {
        SourceFile(name: name, location: .file(File(name)))
    }

    /// The mistakes found in `files`, as `file:line message`.
    static func mistakes(in files: [String: String], checking names: [String]? = nil) async throws -> [String] {
        let workspace = try Workspace(files)
        let sources = (names ?? files.keys.sorted()).map(source)
        let check = ProjectCheck(files: sources, roots: ImportRoots(["."]))
        let report = try await Pie(root: workspace.path).session { try await check.run(with: $0) }
        return report.entries.map { "\($0.file):\($0.position.line) \($0.message)" }
    }

    /// The mistakes found in a source of its own, as `line message`.
    static func mistakes(in text: String) async throws -> [String] {
        try await mistakes(in: ["a.proto": text]).map { String($0.dropFirst("a.proto:".count)) }
    }
}
