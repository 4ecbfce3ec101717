extension Context {
    /// Reads a file, depending on its contents.
    ///
    /// - Parameter file: The file, named relative to the root.
    /// - Returns: Its bytes, or `nil` if there is no such file.
    /// - Throws: As ``read(_:stamper:)``.
    @inlinable
    public func read(_ file: File) async throws -> [UInt8]? {
        try await read(file, stamper: .content)
    }

    /// Reads a file of UTF-8 text, depending on its contents.
    ///
    /// - Parameter file: The file, named relative to the root.
    /// - Returns: Its text, or `nil` if there is no such file.
    /// - Throws: As ``readText(_:stamper:)``.
    @inlinable
    public func readText(_ file: File) async throws -> String? {
        try await readText(file, stamper: .content)
    }

    /// Depends on the contents of a file that another program reads.
    ///
    /// - Parameter file: The file, named relative to the root.
    /// - Throws: As ``depend(on:stamper:)``.
    @inlinable
    public func depend(on file: File) async throws {
        try await depend(on: file, stamper: .content)
    }

    /// Writes a file of UTF-8 text unless it has this text already, and provides it.
    ///
    /// - Parameters:
    ///   - text: The contents.
    ///   - file: The file, named relative to the root; missing folders are made.
    /// - Throws: As ``write(_:to:)``.
    @inlinable
    public func write(_ text: String, to file: File) async throws {
        try await write(Array(text.utf8), to: file)
    }

    /// Reads a file of UTF-8 text.
    ///
    /// - Parameters:
    ///   - file: The file, named relative to the root.
    ///   - stamper: What of the file this dependency is on.
    /// - Returns: Its text, or `nil` if there is no such file.
    /// - Throws: As ``read(_:stamper:)``, and a ``BuildError`` if the bytes are not UTF-8.
    public func readText(_ file: File, stamper: FileStamper) async throws -> String? {
        guard let bytes = try await read(file, stamper: stamper) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw BuildError.notText(file)
        }
        return text
    }
}
