public import PIE

extension TemporaryWorkspace {
    /// The text of a file.
    ///
    /// - Parameter file: The file.
    /// - Returns: Its text, or `nil` if there is no such file.
    /// - Throws: A ``TemporaryWorkspaceError``, also if the file is not UTF-8.
    public func text(of file: File) throws -> String? {
        guard let bytes = try bytes(of: file) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TemporaryWorkspaceError(.notText, "read", file)
        }
        return text
    }

    /// The bytes of a file.
    ///
    /// - Parameter file: The file.
    /// - Returns: Its bytes, or `nil` if there is no such file.
    /// - Throws: A ``TemporaryWorkspaceError``.
    public func bytes(of file: File) throws -> [UInt8]? {
        _ = try path(toEdit: file, followingLink: true, "read")
        do {
            return try fileSystem.read(at: file)?.bytes
        } catch {
            throw TemporaryWorkspaceError(.refused(error.reason), "read", file)
        }
    }

    /// Whether there is a file or a folder of a name.
    ///
    /// - Parameter file: The name.
    /// - Returns: Whether there is; a link that leads nowhere is none.
    /// - Throws: A ``TemporaryWorkspaceError``.
    public func exists(_ file: File) throws -> Bool {
        _ = try path(toEdit: file, followingLink: true, "look for")
        do {
            return try fileSystem.metadata(at: file).exists
        } catch {
            throw TemporaryWorkspaceError(.refused(error.reason), "look for", file)
        }
    }

    /// The files in a folder and the folders below it, not those behind linked folders.
    ///
    /// - Parameter folder: The folder; without one, the whole workspace.
    /// - Returns: The files, by names relative to the workspace, sorted by their bytes.
    /// - Throws: A ``TemporaryWorkspaceError``, also if there is no such folder.
    public func files(in folder: File = ".") throws -> [File] {
        if folder.path != "." { _ = try path(toEdit: folder, followingLink: true, "list") }
        do {
            guard let paths = try fileSystem.listRecursively(folder) else {
                throw TemporaryWorkspaceError(.missing, "list", folder)
            }
            return paths.map { File(folder.path + "/" + $0) }
        } catch let error as FileSystemError {
            throw TemporaryWorkspaceError(.refused(error.reason), "list", folder)
        }
    }

    /// The absolute path of a file, to be handed to another program.
    ///
    /// - Parameter file: The file; there need be none of that name.
    /// - Returns: The path.
    /// - Throws: A ``TemporaryWorkspaceError`` if the name leads out of the workspace.
    public func path(of file: File) throws -> String {
        try path(toEdit: file, followingLink: false, "name")
    }

    var fileSystem: FileSystem { FileSystem(root: root) }
}
