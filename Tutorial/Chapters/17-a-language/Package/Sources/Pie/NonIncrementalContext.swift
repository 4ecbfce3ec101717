/// A context that executes every task it meets, each time, and remembers nothing.
///
/// Its results are right by construction: all other contexts must give the same.
public struct NonIncrementalContext: Context {
    private let files: FileSystem

    /// Creates a context; files are named relative to `root`.
    public init(root: String = ".") {
        files = FileSystem(root: root)
    }

    /// Executes a task and returns its output.
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try await task.execute(in: self)
    }

    /// Reads a file.
    public func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        try files.read(file)
    }

    /// Writes a file.
    public func write(_ bytes: [UInt8], to file: File) async throws {
        try files.write(bytes, to: file)
    }
}
