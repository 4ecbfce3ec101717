/// Remembers tasks from one session to the next.
public final class Pie {
    private var graph = Graph()
    private let files: FileSystem
    private let trackers: [any Tracker]

    /// Creates a PIE that remembers nothing yet; files are named relative to `root`, and trackers are told of events.
    public init(root: String = ".", trackers: [any Tracker] = []) {
        files = FileSystem(root: root)
        self.trackers = trackers
    }

    /// Runs a session.
    @discardableResult
    public func session<R>(_ body: (Session) async throws -> R) async throws -> R {
        // The session takes the graph and gives it back: a second copy would double the work of the first change.
        let session = Session(graph: graph, files: files, trackers: trackers)
        graph = Graph()
        defer { graph = session.graph }
        return try await body(session)
    }
}
