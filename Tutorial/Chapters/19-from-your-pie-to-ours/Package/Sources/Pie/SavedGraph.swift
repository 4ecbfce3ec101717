/// A graph as it is written to a file.
struct SavedGraph: Codable {
    /// The record of a task.
    struct Entry {
        let task: AnyTask
        let record: Record
    }

    /// Raised when this format changes; files of another version are not read.
    static let version = 1

    let version: Int
    let entries: [Entry]
    let roots: [AnyTask]
    let scheduled: [AnyTask]

    init(_ graph: Graph) {
        version = Self.version
        entries = graph.tasks.compactMap { task in graph[task].map { Entry(task: task, record: $0) } }
        roots = Array(graph.roots)
        scheduled = Array(graph.scheduled)
    }

    /// The graph that was saved.
    var graph: Graph {
        var graph = Graph()
        for entry in entries { graph.commit(entry.record, of: entry.task) }
        graph.roots = Set(roots)
        graph.scheduled = Set(scheduled)
        return graph
    }
}

extension SavedGraph.Entry: Codable {
    private enum CodingKeys: CodingKey {
        case task
        case output
        case dependencies
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        task = try container.decode(AnyTask.self, forKey: .task)
        guard let output = try task.decodeOutput(from: container, forKey: .output) else {
            throw DecodingError.dataCorruptedError(forKey: .output, in: container, debugDescription: "no output")
        }
        record = Record(output: output, dependencies: try container.decode([Dependency].self, forKey: .dependencies))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(task, forKey: .task)
        try container.encode(record.output, forKey: .output)
        try container.encode(record.dependencies, forKey: .dependencies)
    }
}
