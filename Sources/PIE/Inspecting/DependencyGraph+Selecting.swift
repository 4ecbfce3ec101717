extension DependencyGraph {
    /// Returns the graph of some of the nodes, with the edges between them.
    ///
    /// - Parameter isIncluded: Which nodes to keep.
    /// - Returns: The smaller graph.
    /// - Complexity: O(*n* log *n*) in the size of the graph.
    public func filter(_ isIncluded: (Node) -> Bool) -> DependencyGraph {
        let numbers = numbering(isIncluded)
        return DependencyGraph(
            nodes: nodes.indices.compactMap { numbers[$0] == nil ? nil : nodes[$0] },
            edges: edges.compactMap { edge in
                guard let source = numbers[edge.source], let target = numbers[edge.target] else { return nil }
                return Edge(source: source, target: target, kind: edge.kind, through: edge.through)
            }
        )
    }

    /// Returns the graph without some of the nodes, in which who depended on a node that is gone depends, indirectly,
    /// on what that node depended on.
    ///
    /// - Parameter isContracted: Which nodes to take out.
    /// - Returns: The smaller graph. Two nodes have an indirect edge only if they have no direct one.
    /// - Complexity: O(*n* · *m*), where *n* nodes are kept and *m* edges lead to nodes that are not.
    public func contracting(_ isContracted: (Node) -> Bool) -> DependencyGraph {
        let numbers = numbering { !isContracted($0) }
        let outgoing = outgoing
        var kept: [Edge] = []
        // Which node was last seen from which: a set that is empty again for every source.
        var seenFrom = [Int](repeating: -1, count: nodes.count)
        for (source, number) in numbers.enumerated() {
            guard let number else { continue }
            var open: [Int] = []
            for edge in outgoing[source].map({ edges[$0] }) {
                if let target = numbers[edge.target] {
                    seenFrom[edge.target] = source
                    kept.append(Edge(source: number, target: target, kind: edge.kind, through: edge.through))
                } else if seenFrom[edge.target] != source {
                    seenFrom[edge.target] = source
                    open.append(edge.target)
                }
            }
            while let current = open.popLast() {
                for next in outgoing[current].map({ edges[$0].target }) where seenFrom[next] != source {
                    seenFrom[next] = source
                    if let target = numbers[next] {
                        if next == source { continue }
                        kept.append(Edge(source: number, target: target, kind: .indirect, through: nil))
                    } else {
                        open.append(next)
                    }
                }
            }
        }
        return DependencyGraph(nodes: nodes.indices.compactMap { numbers[$0] == nil ? nil : nodes[$0] }, edges: kept)
    }

    /// Returns the graph in which groups of nodes have become one node each.
    ///
    /// - Parameter representative: The node that stands for a node's group, equal for all of the group; `nil` leaves the
    ///   node out.
    /// - Returns: The graph of the groups, with one indirect edge for all the edges from one to another.
    /// - Complexity: O(*n* log *n*) in the size of the graph.
    public func merging(_ representative: (Node) -> Node?) -> DependencyGraph {
        var groups: [Node: Int] = [:]
        var merged: [Node] = []
        let numbers = nodes.map { node -> Int? in
            guard let group = representative(node) else { return nil }
            if let known = groups[group] { return known }
            groups[group] = merged.count
            merged.append(group)
            return merged.count - 1
        }
        var between: Set<Edge> = []
        for edge in edges {
            guard let source = numbers[edge.source], let target = numbers[edge.target], source != target else {
                continue
            }
            between.insert(Edge(source: source, target: target, kind: .indirect, through: nil))
        }
        return DependencyGraph(nodes: merged, edges: Array(between))
    }

    /// Returns the graph of the nodes that are not further from some node than a number of edges, in either direction.
    ///
    /// - Parameters:
    ///   - isCenter: From which nodes to start.
    ///   - distance: How many edges away a node may be.
    /// - Returns: The smaller graph.
    /// - Complexity: O(*n* log *n*) in the size of the graph.
    public func neighborhood(of isCenter: (Node) -> Bool, within distance: Int) -> DependencyGraph {
        var neighbors = [[Int]](repeating: [], count: nodes.count)
        for edge in edges {
            neighbors[edge.source].append(edge.target)
            neighbors[edge.target].append(edge.source)
        }
        var level = nodes.indices.filter { isCenter(nodes[$0]) }
        var reached = Set(level)
        for _ in 0..<max(0, distance) {
            level = level.flatMap { neighbors[$0] }.filter { reached.insert($0).inserted }
            if level.isEmpty { break }
        }
        let found = Set(reached.map { nodes[$0] })
        return filter { found.contains($0) }
    }

    /// The new index of each node that is kept.
    private func numbering(_ isIncluded: (Node) -> Bool) -> [Int?] {
        var count = 0
        return nodes.map { node in
            guard isIncluded(node) else { return nil }
            defer { count += 1 }
            return count
        }
    }

    /// The indices of the edges from each node.
    private var outgoing: [[Int]] {
        var outgoing = [[Int]](repeating: [], count: nodes.count)
        for (index, edge) in edges.enumerated() { outgoing[edge.source].append(index) }
        return outgoing
    }
}
