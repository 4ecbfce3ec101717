/// Remembers tasks from one session to the next.
public final class Pie {
    private var graph = Graph()
    private let files: FileSystem
    private let trackers: [any Tracker]
    private let store: Store?

    /// Creates a PIE that remembers nothing yet; files are named relative to `root`, and trackers are told of events.
    public init(root: String = ".", trackers: [any Tracker] = []) {
        files = FileSystem(root: root)
        self.trackers = trackers
        store = nil
    }

    /// Creates a PIE that remembers what the last one with the same store remembered.
    ///
    /// `tasks` are all types of tasks that may be in the store.
    public init(
        root: String = ".",
        store path: String,
        tasks: [any IncrementalTask.Type],
        trackers: [any Tracker] = []
    ) throws {
        files = FileSystem(root: root)
        self.trackers = trackers
        let store = Store(path: path, registry: try TaskRegistry(tasks))
        self.store = store
        graph = store.load()
    }

    /// Runs a session.
    @discardableResult
    public func session<R>(_ body: (Session) async throws -> R) async throws -> R {
        // The session takes the graph and gives it back: a second copy would double the work of the first change.
        let session = Session(graph: graph, files: files, trackers: trackers)
        graph = Graph()
        let result: Result<R, any Error>
        do { result = .success(try await body(session)) } catch { result = .failure(error) }
        graph = await session.graph
        return try result.get()
    }

    /// Says that the host is no longer interested in a task: updates leave it alone, unless others require it.
    public func unobserve(_ task: some IncrementalTask) {
        graph.roots.remove(AnyTask(task))
    }

    /// Saves what is remembered, if there is a store.
    public func save() throws {
        try store?.save(graph)
    }
}

extension Pie {
    /// Forgets all tasks that are not observed, and deletes the files that they have provided.
    @discardableResult
    public func collectGarbage() throws -> [AnyTask] {
        let garbage = graph.garbage
        let forgotten = Set(garbage)
        for task in garbage {
            for case .provided(let provided) in graph[task]?.dependencies ?? [] {
                let isWanted = !graph.readers(of: provided.file).allSatisfy(forgotten.contains)
                if !isWanted, try provided.isConsistent(in: files) { try files.delete(provided.file) }
            }
        }
        for task in garbage { graph.forget(task) }
        return garbage
    }
}
