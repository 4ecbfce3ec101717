/// A context for the execution of one task, which writes down what the task uses.
final class RecordingContext: Context {
    private let files: FileSystem
    private let inner: NonIncrementalContext
    private(set) var dependencies: [Dependency] = []

    init(root: String) {
        files = FileSystem(root: root)
        inner = NonIncrementalContext(root: root)
    }

    @discardableResult
    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        let output = try await inner.require(task)
        dependencies.append(.task(TaskDependency(task: AnyTask(task), output: output)))
        return output
    }

    func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        let (bytes, stamp) = try files.read(file, by: stamper)
        dependencies.append(.file(FileDependency(file: file, stamper: stamper, stamp: stamp)))
        return bytes
    }
}
