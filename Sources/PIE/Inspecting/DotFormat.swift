/// Writes a dependency graph in the language of Graphviz, for `dot -Tsvg`.
///
/// Tasks are rounded boxes, files are notes, other resources are ellipses. Each type has a color, edges point from who
/// depends to what it depends on and are labeled with the part it depends on, and what updates do not keep up to date is
/// dashed. The text depends on nothing but the graph.
public struct DotFormat: Sendable {
    /// What is written on a node; by default its description.
    public var label: @Sendable (DependencyGraph.Node) -> String = { $0.description }

    /// The title of the frame that a node is drawn in; by default, or if it is `nil`, none.
    public var cluster: @Sendable (DependencyGraph.Node) -> String? = { _ in nil }

    /// How long a label may be; the middle of a longer one is left out, and its tooltip has the whole.
    public var labelLength = 40

    /// Creates the format.
    public init() {}

    /// Writes a graph.
    ///
    /// - Parameter graph: The graph.
    /// - Returns: The text, a directed graph named `dependencies`.
    /// - Complexity: O(*n* log *n*) in the size of the graph.
    public func text(of graph: DependencyGraph) -> String {
        var lines = [
            "digraph dependencies {",
            "    rankdir=LR;",
            "    node [fontname=\"Helvetica\", fontsize=10, height=0.3, style=filled];",
            "    edge [fontname=\"Helvetica\", fontsize=8, color=\"#777777\", arrowsize=0.6];",
        ]
        let colors = colors(of: graph)
        var clusters: [String: [Int]] = [:]
        for (index, node) in graph.nodes.enumerated() {
            if let title = cluster(node) {
                clusters[title, default: []].append(index)
            } else {
                lines.append("    " + statement(node, index, colors))
            }
        }
        for (number, entry) in clusters.sorted(by: { $0.key < $1.key }).enumerated() {
            lines.append("    subgraph cluster_\(number) {")
            lines.append("        label=\(quoted(shortened(entry.key)));")
            lines.append("        fontname=\"Helvetica\"; fontsize=11; color=\"#bbbbbb\"; style=rounded;")
            lines += entry.value.map { "        " + statement(graph.nodes[$0], $0, colors) }
            lines.append("    }")
        }
        lines += graph.edges.map { "    " + statement($0) }
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    private func statement(_ node: DependencyGraph.Node, _ index: Int, _ colors: [String: String]) -> String {
        let shape: String
        var style = "filled"
        switch node.subject {
        case .task:
            shape = "box"
            style += ",rounded"
        case .file: shape = "note"
        case .resource: shape = "ellipse"
        }
        if !node.isObserved { style += ",dashed" }
        return
            "n\(index) [label=\(quoted(shortened(label(node)))), tooltip=\(quoted(node.description)), shape=\(shape), "
            + "style=\(quoted(style)), fillcolor=\(quoted(colors[node.type] ?? "#ffffff"))];"
    }

    private func statement(_ edge: DependencyGraph.Edge) -> String {
        var attributes: [String] = []
        if let through = edge.through {
            attributes.append("label=\(quoted(shortened(through)))")
            attributes.append("edgetooltip=\(quoted(through))")
        }
        switch edge.kind {
        case .require, .indirect: break
        case .read: attributes.append("style=dashed")
        case .depend: attributes.append("style=dotted")
        case .provide: attributes += ["dir=back", "color=\"#bb5522\""]
        }
        let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
        return "n\(edge.source) -> n\(edge.target)\(list);"
    }

    /// A light color for each type; the same types have the same colors.
    private func colors(of graph: DependencyGraph) -> [String: String] {
        let palette = [
            "#cfe2f3", "#d9ead3", "#fff2cc", "#f4cccc", "#d9d2e9", "#fce5cd", "#d0e0e3", "#ead1dc", "#e6e6c8",
            "#dddddd",
        ]
        let types = Set(graph.nodes.map(\.type)).sorted()
        return Dictionary(
            types.enumerated().map { ($0.element, palette[$0.offset % palette.count]) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private func shortened(_ text: String) -> String {
        let limit = max(3, labelLength)
        guard text.count > limit else { return text }
        let tail = (limit - 1) / 2
        return text.prefix(limit - 1 - tail) + "…" + text.suffix(tail)
    }

    /// A string of the language: quotes and backslashes are escaped, a line break is `\n`.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            switch character {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n", "\r\n": result += "\\n"
            default: result.append(character)
            }
        }
        return result + "\""
    }
}
