public import PIE

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension TemporaryWorkspace {
    /// Writes a text into a file, which stays the same file if it exists; missing folders are created.
    ///
    /// - Parameters:
    ///   - text: The new contents; equal ones count as an edit as well, of the time alone.
    ///   - file: The file.
    /// - Throws: A ``TemporaryWorkspaceError``.
    public func write(_ text: String, to file: File) throws {
        try write(Array(text.utf8), to: file)
    }

    /// Writes bytes into a file, which stays the same file if it exists; missing folders are created.
    ///
    /// - Parameters:
    ///   - bytes: The new contents; equal ones count as an edit as well, of the time alone.
    ///   - file: The file.
    /// - Throws: A ``TemporaryWorkspaceError``.
    public func write(_ bytes: [UInt8], to file: File) throws {
        let path = try path(toEdit: file, followingLink: true, "write")
        try refusing("write", file) {
            try createFolder(of: path)
            try Data(bytes).write(to: URL(filePath: path))
        }
        try stampTime(of: file)
    }

    /// Changes the text of a file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - change: Makes the new text of the old one.
    /// - Throws: What `change` throws; a ``TemporaryWorkspaceError`` if there is no such file, if it is not UTF-8, or if
    ///   the new text is the old one, so that nothing would be tested.
    public func edit(_ file: File, _ change: (String) throws -> String) throws {
        guard let old = try text(of: file) else { throw TemporaryWorkspaceError(.missing, "edit", file) }
        let new = try change(old)
        if Array(new.utf8) == Array(old.utf8) { throw TemporaryWorkspaceError(.unchanged, "edit", file) }
        try write(new, to: file)
    }

    /// Adds a text to the end of a file.
    ///
    /// - Parameters:
    ///   - text: What to add.
    ///   - file: The file.
    /// - Throws: A ``TemporaryWorkspaceError``, also if there is no such file.
    public func append(_ text: String, to file: File) throws {
        guard let old = try bytes(of: file) else { throw TemporaryWorkspaceError(.missing, "append to", file) }
        try write(old + Array(text.utf8), to: file)
    }

    /// Gives a file or folder a new modification time and leaves its contents alone.
    ///
    /// - Parameter file: The file.
    /// - Throws: A ``TemporaryWorkspaceError``, also if there is no such file.
    public func touch(_ file: File) throws {
        let path = try path(toEdit: file, followingLink: true, "touch")
        guard access(path, F_OK) == 0 else { throw TemporaryWorkspaceError(.missing, "touch", file) }
        try stampTime(of: file)
    }

    /// Deletes a file, or a folder with all that is in it.
    ///
    /// - Parameter file: The file; a link is deleted itself.
    /// - Throws: A ``TemporaryWorkspaceError``, also if there is no such file.
    public func delete(_ file: File) throws {
        let path = try path(toEdit: file, followingLink: false, "delete")
        guard Self.exists(path) else { throw TemporaryWorkspaceError(.missing, "delete", file) }
        try refusing("delete", file) { try FileManager.default.removeItem(atPath: path) }
    }

    /// Gives a file or folder another name; a file that has it is replaced, as by an editor that saves with a rename.
    ///
    /// - Parameters:
    ///   - file: The file; a link is renamed itself.
    ///   - newName: The new name; missing folders are created.
    /// - Throws: A ``TemporaryWorkspaceError``, also if there is no such file.
    public func rename(_ file: File, to newName: File) throws {
        let old = try path(toEdit: file, followingLink: false, "rename")
        let new = try path(toEdit: newName, followingLink: false, "rename a file to")
        guard Self.exists(old) else { throw TemporaryWorkspaceError(.missing, "rename", file) }
        try refusing("rename a file to", newName) { try createFolder(of: new) }
        // Of this name there is also a method.
        #if canImport(Glibc)
            let result = Glibc.rename(old, new)
        #elseif canImport(Musl)
            let result = Musl.rename(old, new)
        #elseif canImport(Darwin)
            let result = Darwin.rename(old, new)
        #endif
        if result != 0 {
            throw TemporaryWorkspaceError(.refused(String(cString: strerror(errno))), "rename a file to", newName)
        }
    }

    /// Creates a folder, and those above it.
    ///
    /// - Parameter folder: The folder; that it exists is no error.
    /// - Throws: A ``TemporaryWorkspaceError``.
    public func createFolder(_ folder: File) throws {
        let path = try path(toEdit: folder, followingLink: true, "create the folder")
        try refusing("create the folder", folder) {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
    }

    private func createFolder(of path: String) throws {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
        try FileManager.default.createDirectory(atPath: String(path[..<slash]), withIntermediateDirectories: true)
    }

    private func refusing(_ action: String, _ file: File, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw TemporaryWorkspaceError(.refused("\(error)"), action, file)
        }
    }
}
