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

    /// The stamp of a file as it is now.
    func stamp(of file: File, by stamper: FileStamper) throws -> FileStamp {
        guard let bytes = try read(file) else { return .absent }
        switch stamper {
        case .exists: return .present
        case .modified: return .modified(try modificationDate(of: file))
        case .content: return .content(of: bytes)
        }
    }

    private func modificationDate(of file: File) throws -> Date {
        let attributes = try FileManager.default.attributesOfItem(atPath: url(of: file).path)
        return attributes[.modificationDate] as? Date ?? .distantPast
    }

    private func url(of file: File) -> URL {
        root.appending(path: file.path)
    }
}
