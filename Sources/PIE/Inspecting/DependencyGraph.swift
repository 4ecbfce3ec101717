/// The tasks and resources of a build, and who depends on what: a copy, as things were at one moment.
///
/// ``Pie/graph()`` makes one. A large graph is cut down to what is to be seen of it with ``filter(_:)``,
/// ``contracting(_:)``, ``merging(_:)`` and ``neighborhood(of:within:)``, and drawn with a ``DotFormat``:
///
/// ```swift
/// let pie = try Pie()
/// try await pie.session { try await $0.require(WordCount(file: file)) }
/// print(DotFormat().text(of: pie.graph().filter(\.isObserved)))
/// ```
///
/// Nodes are in the order of their types and descriptions and edges in the order of nodes, so graphs of equal builds
/// are equal, however many jobs they had.
public struct DependencyGraph: Hashable, Sendable {
    /// The tasks, then the files, then the other resources, each sorted by type and description.
    public let nodes: [Node]

    /// The dependencies, by their sources, then by their targets.
    public let edges: [Edge]

    /// Creates a graph, with nodes and edges in their order.
    init(nodes: [Node], edges: [Edge]) {
        let order = nodes.indices.sorted { nodes[$0].precedes(nodes[$1]) }
        var places = [Int](repeating: 0, count: nodes.count)
        for (place, index) in order.enumerated() { places[index] = place }
        self.nodes = order.map { nodes[$0] }
        self.edges =
            edges
            .map { Edge(source: places[$0.source], target: places[$0.target], kind: $0.kind, through: $0.through) }
            .sorted { $0.precedes($1) }
    }

    /// A task or a resource.
    public struct Node: Hashable, Sendable, CustomStringConvertible {
        /// What the node stands for.
        public let subject: Subject

        /// The type identifier of the task, or the name of the resource's type.
        public let type: String

        /// The task or resource as Swift would print it.
        public let description: String

        /// Whether bottom-up updates keep it up to date: an observed task, or what such a task depends on.
        public let isObserved: Bool

        /// Creates a node for a file, to merge others into.
        ///
        /// - Parameters:
        ///   - file: The file.
        ///   - isObserved: Whether bottom-up updates look at it.
        public init(_ file: File, isObserved: Bool = true) {
            self.init(.file(file), type: "PIE.File", description: file.path, isObserved: isObserved)
        }

        init(_ subject: Subject, type: String, description: String, isObserved: Bool) {
            self.subject = subject
            self.type = type
            self.description = description
            self.isObserved = isObserved
        }

        fileprivate func precedes(_ other: Node) -> Bool {
            (subject.rank, type, description) < (other.subject.rank, other.type, other.description)
        }
    }

    /// What a node stands for.
    public enum Subject: Hashable, Sendable {
        /// A task.
        case task(AnyTask)

        /// A file, whether or not there is one.
        case file(File)

        /// Another resource, described.
        case resource(String)

        fileprivate var rank: Int {
            switch self {
            case .task: 0
            case .file: 1
            case .resource: 2
            }
        }
    }

    /// A dependency, from the one that depends to what it depends on.
    public struct Edge: Hashable, Sendable {
        /// The index of the node that depends.
        public let source: Int

        /// The index of the node that it depends on.
        public let target: Int

        /// How it depends.
        public let kind: Kind

        /// What it depends on of the target: the projection or stamper of an output, or the ``FileStamper`` of a file;
        /// `nil` for the whole.
        public let through: String?

        fileprivate func precedes(_ other: Edge) -> Bool {
            (source, target, kind.rawValue, through ?? "") < (
                other.source, other.target, other.kind.rawValue, other.through ?? ""
            )
        }
    }
}

extension DependencyGraph.Edge {
    /// How one node depends on another.
    public enum Kind: String, Hashable, Sendable {
        /// A task requires a task.
        case require

        /// A task reads a resource.
        case read

        /// Another program reads a file while the task runs.
        case depend

        /// A task provides a file.
        case provide

        /// The nodes between the two are not part of the graph.
        case indirect
    }
}
