import Foundation

/// The bytes of a store's files by name, but for its lock.
struct StoreBytes: Sendable {
    var files: [String: [UInt8]]

    /// Reads the files of a folder.
    init(of folder: String) throws {
        files = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "lock" {
            files[name] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
        }
    }

    /// Makes a folder of these files, in the place of what is there.
    func put(in folder: String) throws {
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name)) }
    }

    /// The only file whose name begins so.
    func file(_ prefix: String) -> (name: String, bytes: [UInt8])? {
        files.first { $0.key.hasPrefix(prefix) }.map { ($0.key, $0.value) }
    }
}
