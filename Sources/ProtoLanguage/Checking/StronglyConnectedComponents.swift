/// Tarjan's algorithm, with a stack of its own: chains of imports may be long.
enum StronglyConnectedComponents {
    /// The groups of nodes that can all reach each other; also the single nodes with an edge to themselves.
    static func find(in edges: [[Int?]]) -> [[Int]] {
        var search = Search(edges: edges)
        for node in edges.indices where search.order[node] == 0 {
            search.visit(node)
        }
        return search.components
    }

    private struct Search {
        let edges: [[Int?]]
        var order: [Int]
        var lowest: [Int]
        var isOpen: [Bool]
        var open: [Int] = []
        var count = 0
        var components: [[Int]] = []

        init(edges: [[Int?]]) {
            self.edges = edges
            order = Array(repeating: 0, count: edges.count)
            lowest = order
            isOpen = Array(repeating: false, count: edges.count)
        }

        mutating func visit(_ root: Int) {
            var path: [(node: Int, next: Int)] = []
            enter(root, path: &path)
            while let (node, next) = path.last {
                guard next < edges[node].count else {
                    path.removeLast()
                    leave(node, to: path.last?.node)
                    continue
                }
                path[path.count - 1].next += 1
                guard let target = edges[node][next] else {
                    continue
                }
                if order[target] == 0 {
                    enter(target, path: &path)
                } else if isOpen[target] {
                    lowest[node] = min(lowest[node], order[target])
                }
            }
        }

        private mutating func enter(_ node: Int, path: inout [(node: Int, next: Int)]) {
            count += 1
            order[node] = count
            lowest[node] = count
            isOpen[node] = true
            open.append(node)
            path.append((node, 0))
        }

        private mutating func leave(_ node: Int, to parent: Int?) {
            if let parent {
                lowest[parent] = min(lowest[parent], lowest[node])
            }
            guard lowest[node] == order[node] else {
                return
            }
            var component: [Int] = []
            while let member = open.popLast() {
                isOpen[member] = false
                component.append(member)
                if member == node {
                    break
                }
            }
            if component.count > 1 || edges[node].contains(node) {
                components.append(component)
            }
        }
    }
}
