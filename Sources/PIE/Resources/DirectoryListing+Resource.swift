extension DirectoryListing {
    /// Stands for the names of a listing at one moment; the order in which the system gave them is not part of it.
    public struct Stamp: Hashable, Codable, Sendable {
        /// A hash of the names; nil if there is no such folder.
        private let hash: ContentHash?

        init(_ names: [String]?) {
            guard let names else {
                hash = nil
                return
            }
            // No name contains a NUL: behind each, it keeps "ab", "c" and "a", "bc" apart.
            var bytes: [UInt8] = []
            for name in names {
                bytes += name.utf8
                bytes.append(0)
            }
            hash = ContentHash(bytes)
        }
    }

    /// Lists the folder.
    ///
    /// - Parameter scope: Where the folder is looked up.
    /// - Returns: The names as seen from the folder, sorted by their bytes, or nil if there is no such folder; and
    ///   their stamp.
    /// - Throws: An error if a folder cannot be read.
    public func load(in scope: ResourceScope) async throws -> ([String]?, Stamp) {
        let names = try names(in: scope.fileSystem)
        return (names, Stamp(names))
    }

    /// Takes a stamp of the present names.
    ///
    /// - Parameter scope: Where the folder is looked up.
    /// - Returns: The stamp.
    /// - Throws: An error if a folder cannot be read.
    public func stamp(in scope: ResourceScope) async throws -> Stamp {
        Stamp(try names(in: scope.fileSystem))
    }

    private func names(in fileSystem: FileSystem) throws(FileSystemError) -> [String]? {
        let names = isRecursive ? try fileSystem.listRecursively(file) : try fileSystem.list(file)
        guard let glob else { return names }
        return names?.filter { glob.matches($0[...]) }
    }
}
