/// What a task sees of the build while it executes.
public protocol Context {
    /// Makes a task consistent and returns its output.
    @discardableResult
    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output

    /// Reads a file and depends on what the stamper sees of it; `nil` if there is no such file.
    func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]?

    /// Writes a file unless it has these bytes already, and provides it.
    func write(_ bytes: [UInt8], to file: File) async throws
}

extension Context {
    /// Reads a file and depends on its contents; `nil` if there is no such file.
    public func read(_ file: File) async throws -> [UInt8]? {
        try await read(file, stamper: .content)
    }

    /// Reads a file of text and depends on its contents; `nil` if there is no such file.
    public func readText(_ file: File) async throws -> String? {
        try await read(file).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file of text unless it has this text already, and provides it.
    public func write(_ text: String, to file: File) async throws {
        try await write(Array(text.utf8), to: file)
    }
}
