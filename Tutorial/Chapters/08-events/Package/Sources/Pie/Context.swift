/// What a task sees of the build while it executes.
public protocol Context {
    /// Makes a task consistent and returns its output.
    @discardableResult
    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output

    /// Reads a file and depends on what the stamper sees of it; `nil` if there is no such file.
    func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]?
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
}
