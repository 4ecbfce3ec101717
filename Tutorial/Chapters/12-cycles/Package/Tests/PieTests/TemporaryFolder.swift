import Foundation
import Pie

/// A folder for one test.
struct TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "pie-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func write(_ text: String, to file: File) throws {
        try text.write(toFile: "\(path)/\(file)", atomically: true, encoding: .utf8)
    }

    func delete(_ file: File) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(file)")
    }

    /// Sets the modification time of a file.
    func touch(_ file: File, at date: Date) throws {
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: "\(path)/\(file)")
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
