@testable import PIE

/// What tests of the store look at in a folder.
extension TemporaryFolder {
    func path(_ name: String) -> String { root + "/" + name }

    func bytes(_ name: String) throws -> [UInt8]? {
        try fileSystem.read(at: File(name))?.bytes
    }

    /// All names, those of temporary files as well.
    func names() throws -> [String] {
        try StoreSystem.live.listFolder(root).sorted()
    }

    func put(_ bytes: [UInt8], at name: String) throws {
        try fileSystem.writeUnlessEqual(bytes, at: File(name))
    }
}
