import PIE

/// The part of the dependency graph of a check that somebody wants to see, and how it is drawn.
struct GraphView {
    private let graph: DependencyGraph
    private let options: GraphOptions

    /// What `options` ask for of `graph`.
    init(_ graph: DependencyGraph, _ options: GraphOptions) {
        self.graph = graph
        self.options = options
    }

    /// The graph in the language of Graphviz.
    ///
    /// - Throws: A ``UsageError`` for a file or type that is not in the graph.
    func text() throws(UsageError) -> String {
        let files = try files()
        let names = ShortNames(files.nodes.map(\.description))
        if options.showsFilesOnly {
            var format = DotFormat()
            format.label = { names.name(of: $0.description) }
            return format.text(of: files)
        }
        return format(names).text(of: try tasks(of: Set(files.nodes.map(\.subject))))
    }

    // MARK: What is shown

    /// Which file depends on which, because of the tasks that are about them.
    private func files() throws(UsageError) -> DependencyGraph {
        let sources = Set(graph.nodes.compactMap(\.source))
        let files = graph.merging { node in
            if let source = node.source { return .source(source) }
            // Of other files only their existence was asked for, by an import that might have meant them.
            guard case .file(let file) = node.subject, sources.contains(.file(file)) else { return nil }
            return .source(.file(file))
        }
        if options.centers.isEmpty { return files }
        var centers: Set<DependencyGraph.Node> = []
        for name in options.centers {
            let path = File(name).path
            let found = files.nodes.filter { $0.description == path || $0.description.hasSuffix("/" + path) }
            guard !found.isEmpty else {
                throw UsageError(message: "'\(name)' is none of the files that were checked.")
            }
            centers.formUnion(found)
        }
        return files.neighborhood(of: { centers.contains($0) }, within: options.depth ?? 1)
    }

    /// The tasks that are about some files, with these files.
    private func tasks(of files: Set<DependencyGraph.Subject>) throws(UsageError) -> DependencyGraph {
        let part = graph.filter { node in
            if let source = node.source { return files.contains(DependencyGraph.Node.source(source).subject) }
            if case .file = node.subject { return files.contains(node.subject) || options.showsAll }
            return options.showsAll
        }
        if options.types.isEmpty { return part }
        let known = Set(graph.nodes.filter(\.isTask).map(\.typeName))
        for type in options.types where !known.contains(type) {
            let list = known.sorted().joined(separator: ", ")
            throw UsageError(message: "There are no tasks of type '\(type)', but of these: \(list).")
        }
        return part.contracting { $0.isTask && !options.types.contains($0.typeName) }
    }

    // MARK: How it is drawn

    /// Tasks are drawn in the frame of their file, which makes for short labels.
    private func format(_ names: ShortNames) -> DotFormat {
        var format = DotFormat()
        format.label = { node in
            if node.source != nil { return node.typeName }
            if case .file(let file) = node.subject {
                return file.path.split(separator: "/").last.map(String.init) ?? "."
            }
            return node.description
        }
        format.cluster = { node in
            if let source = node.source { return names.name(of: DependencyGraph.Node.source(source).description) }
            if case .file(let file) = node.subject { return names.name(of: file.path) }
            return nil
        }
        return format
    }
}

extension DependencyGraph.Node {
    /// The node that stands for a source in a graph of files.
    fileprivate static func source(_ source: SourceLocation) -> DependencyGraph.Node {
        switch source {
        case .file(let file): DependencyGraph.Node(file)
        case .builtIn(let name): DependencyGraph.Node(File(ShortNames.builtIn + name))
        }
    }

    /// The source that the node's task is about; nil for other tasks, and for resources.
    fileprivate var source: SourceLocation? {
        guard case .task(let task) = subject else { return nil }
        return task.source
    }

    fileprivate var isTask: Bool {
        if case .task = subject { return true }
        return false
    }

    /// The type without its module.
    fileprivate var typeName: String {
        type.split(separator: ".").last.map(String.init) ?? type
    }
}

extension AnyTask {
    /// The one source that the task is about; nil for a task about several.
    fileprivate var source: SourceLocation? {
        self.as(ParseFile.self)?.source ?? self.as(ReadHeader.self)?.source ?? self.as(CollectNames.self)?.source
            ?? self.as(CheckFile.self)?.file.location
    }
}

extension DependencyGraph {
    /// The graph of what some tasks use, and of these tasks.
    func reachable(from isRoot: (AnyTask) -> Bool) -> DependencyGraph {
        var targets = [[Int]](repeating: [], count: nodes.count)
        for edge in edges { targets[edge.source].append(edge.target) }
        var open = nodes.indices.filter { index in
            guard case .task(let task) = nodes[index].subject else { return false }
            return isRoot(task)
        }
        var isReached = [Bool](repeating: false, count: nodes.count)
        for index in open { isReached[index] = true }
        while let index = open.popLast() {
            for target in targets[index] where !isReached[target] {
                isReached[target] = true
                open.append(target)
            }
        }
        let reached = Set(nodes.indices.filter { isReached[$0] }.map { nodes[$0] })
        return filter { reached.contains($0) }
    }
}
