import Foundation

/// The files of a build: those below a folder, its root.
struct FileSystem: Sendable {
    private let root: URL

    init(root: String) {
        self.root = URL(filePath: root)
    }

    /// The bytes of a file, or `nil` if there is no such file.
    func read(_ file: File) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: url(of: file).path) else { return nil }
        return [UInt8](try Data(contentsOf: url(of: file)))
    }

    /// Writes a file, and makes the folders above it.
    func write(_ bytes: [UInt8], to file: File) throws {
        let url = url(of: file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url, options: .atomic)
    }

    /// Deletes a file.
    func delete(_ file: File) throws {
        try FileManager.default.removeItem(at: url(of: file))
    }

    /// The bytes of a file, and the stamp of these bytes.
    func read(_ file: File, by stamper: FileStamper) throws -> (bytes: [UInt8]?, stamp: FileStamp) {
        // Before the bytes are read: if somebody writes in between, this is the older time, and the change is found.
        let date = stamper == .modified ? try modificationDate(of: file) : nil
        guard let bytes = try read(file) else { return (nil, .absent) }
        switch stamper {
        case .exists: return (bytes, .present)
        case .modified: return (bytes, .modified(date ?? .distantPast))
        case .content: return (bytes, .content(of: bytes))
        }
    }

    /// The stamp of a file as it is now.
    func stamp(of file: File, by stamper: FileStamper) throws -> FileStamp {
        try read(file, by: stamper).stamp
    }

    private func modificationDate(of file: File) throws -> Date? {
        let path = url(of: file).path
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }

    private func url(of file: File) -> URL {
        root.appending(path: file.path)
    }
}
