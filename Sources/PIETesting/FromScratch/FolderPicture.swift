import PIE

/// The contents of all files in a folder at one moment.
struct FolderPicture {
    private let fileSystem: FileSystem
    private let contents: [File: [UInt8]]

    /// Reads all files below a folder; links to folders are not followed, and what is neither file nor link is left out.
    init(of root: String) throws {
        fileSystem = FileSystem(root: root)
        var contents: [File: [UInt8]] = [:]
        for path in try fileSystem.listRecursively(".") ?? [] {
            let file = File(path)
            guard try fileSystem.metadata(at: file).kind == .regularFile else { continue }
            contents[file] = try fileSystem.read(at: file)?.bytes
        }
        self.contents = contents
    }

    /// The files, sorted by name.
    var files: [File] { contents.keys.sorted { $0.path < $1.path } }

    /// The contents of a file; `nil` if there was no such file.
    func bytes(of file: File) -> [UInt8]? { contents[file] }

    /// The files that differ in a later picture, sorted by name.
    func differences(to later: FolderPicture) -> [(file: File, before: [UInt8]?, after: [UInt8]?)] {
        Set(contents.keys).union(later.contents.keys)
            .filter { contents[$0] != later.contents[$0] }
            .sorted { $0.path < $1.path }
            .map { ($0, contents[$0], later.contents[$0]) }
    }

    /// Gives a file the contents that it has in this picture.
    func restore(_ file: File) throws {
        if let bytes = contents[file] {
            try fileSystem.writeUnlessEqual(bytes, at: file)
        } else {
            try fileSystem.remove(file)
        }
    }
}
