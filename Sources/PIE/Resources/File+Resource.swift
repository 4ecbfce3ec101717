extension File: Resource {
    /// Reads the bytes, those of the unsaved buffer if there is one over the file.
    ///
    /// - Parameter scope: Where the file is looked up.
    /// - Returns: The bytes, nil if there is no such file, and their stamp.
    /// - Throws: An error if there is something of that name that cannot be read, such as a folder.
    public func load(in scope: ResourceScope) async throws -> ([UInt8]?, FileStamp) {
        if let buffer = scope.buffer(over: self) { return (buffer, .buffer(buffer)) }
        guard let (bytes, stamp) = try scope.fileSystem.read(at: self) else { return (nil, .missing) }
        return (bytes, stamp)
    }

    /// Takes a stamp with a hash, of the unsaved buffer if there is one over the file.
    ///
    /// - Parameter scope: Where the file is looked up.
    /// - Returns: The stamp.
    /// - Throws: An error if there is something of that name that cannot be read, such as a folder.
    public func stamp(in scope: ResourceScope) async throws -> FileStamp {
        if let buffer = scope.buffer(over: self) { return .buffer(buffer) }
        return try scope.fileSystem.hash(at: self)
    }
}
