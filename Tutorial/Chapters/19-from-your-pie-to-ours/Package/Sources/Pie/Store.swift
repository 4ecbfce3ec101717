import Foundation

/// A file that a graph is kept in from one process to the next.
struct Store: Sendable {
    let path: String
    let registry: TaskRegistry

    /// The graph that was saved, or an empty one if there is none that can be read.
    func load() -> Graph {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return Graph() }
        let decoder = JSONDecoder()
        if let key = CodingUserInfoKey.taskRegistry { decoder.userInfo[key] = registry }
        guard let saved = try? decoder.decode(SavedGraph.self, from: data), saved.version == SavedGraph.version else {
            return Graph()
        }
        return saved.graph
    }

    /// Saves a graph; the old one stays whole until the new one is.
    func save(_ graph: Graph) throws {
        try JSONEncoder().encode(SavedGraph(graph)).write(to: URL(filePath: path), options: .atomic)
    }
}
