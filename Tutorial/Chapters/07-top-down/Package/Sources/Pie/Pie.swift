/// Remembers tasks from one session to the next.
public final class Pie {
    private var graph = Graph()
    private let files: FileSystem

    /// Creates a PIE that remembers nothing yet; files are named relative to `root`.
    public init(root: String = ".") {
        files = FileSystem(root: root)
    }

    /// Runs a session.
    @discardableResult
    public func session<R>(_ body: (Session) async throws -> R) async throws -> R {
        // The session takes the graph and gives it back: a second copy would double the work of the first change.
        let session = Session(graph: graph, files: files)
        graph = Graph()
        defer { graph = session.graph }
        return try await body(session)
    }
}
