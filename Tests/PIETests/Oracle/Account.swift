@testable import PIE

extension Oracle {
    /// What came of a step, to compare with what came of it in another way.
    struct Account: Sendable {
        /// What can be compared.
        enum Aspect: Hashable, Sendable, CaseIterable {
            /// What the host was given.
            case answers
            /// What the build remembers of each task.
            case outputs
            case files
            case executed
            case reasons
            /// The reasons without what was seen before and after.
            case causes
            case graph
            /// The dependencies of each task, in the order in which they are recorded.
            case dependencies
            /// Everything, in its order.
            case events
        }

        /// Each aspect, in lines.
        var lines: [Aspect: [String]]

        /// Whether the host was given an error.
        var hasFailed: Bool

        /// What there is of an aspect in one of two accounts only; nil if there is nothing.
        func difference(from other: Account, in aspects: [Aspect]) -> String? {
            for aspect in aspects {
                let (mine, others) = (lines[aspect] ?? [], other.lines[aspect] ?? [])
                guard mine != others else { continue }
                let place = zip(mine, others).prefix { $0 == $1 }.count
                let (one, two) = (mine.dropFirst(place).first, others.dropFirst(place).first)
                return "\(aspect): \(one ?? "nothing more") here, \(two ?? "nothing more") there"
            }
            return nil
        }
    }
}

extension Pie {
    /// The graph, one line for each node and each edge.
    var graphLines: [String] {
        let graph = graph()
        let nodes = graph.nodes.map { "\($0.type) \($0.description), \($0.isObserved ? "observed" : "not observed")" }
        let edges = graph.edges.map { edge in
            let (source, target) = (graph.nodes[edge.source], graph.nodes[edge.target])
            return "\(source.description) \(edge.kind) \(target.description) \(edge.through ?? "")"
        }
        return nodes + edges
    }

    /// The dependencies of each task in the order of their records, one line for each task.
    ///
    /// - Parameter areSorted: Whether their order does not matter.
    /// - Returns: The lines, in the order of tasks.
    func dependencyLines(areSorted: Bool) -> [String] {
        let lists = engine.state.withLock { state -> [(owner: TaskID, targets: [(UInt32, Dependency.Kind)])] in
            (0..<TaskID(state.graph.nodes.count)).map { task in
                state.graph.bring(task)
                let targets = state.graph.range(of: task).map { id in
                    let dependency = state.graph.dependencies.address(Int(id)).pointee
                    if dependency.kind != .require { state.graph.bring(resource: ResourceID(dependency.target)) }
                    return (dependency.target, dependency.kind)
                }
                return (task, targets)
            }
        }
        return lists.compactMap { owner, targets in
            guard !targets.isEmpty else { return nil }
            let texts = targets.map { target, kind in
                kind == .require ? engine.box(TaskID(target)).description : "\(kind) \(name(of: ResourceID(target)))"
            }
            return "\(engine.box(owner)): \(areSorted ? texts.sorted() : texts)"
        }.sorted()
    }

    private func name(of resource: ResourceID) -> String {
        let type = engine.state.withLock { $0.graph.resources.address(Int(resource)).pointee.type }
        if type == 0 { return engine.file(resource).path }
        return engine.table(ofResource: resource).map { $0.table.describe($0.local) } ?? "an unknown resource"
    }
}
