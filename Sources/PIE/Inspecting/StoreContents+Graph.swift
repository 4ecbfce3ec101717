extension StoreContents {
    /// The tasks and resources of the store, and what depends on what.
    ///
    /// - Complexity: O(*n* log *n*) in the size of the store.
    package func graph() -> DependencyGraph {
        let observed = scan.observed
        var nodes: [DependencyGraph.Node] = []
        var taskNumbers: [TaskID: Int] = [:]
        var resourceNumbers: [ResourceID: Int] = [:]
        var observedResources: Set<ResourceID> = []
        for (id, task) in scan.tasks {
            taskNumbers[id] = nodes.count
            let (box, text) = name(of: id)
            let isObserved = observed.contains(id)
            nodes.append(
                DependencyGraph.Node(
                    .task(box),
                    type: typeIdentifier(of: id),
                    description: text,
                    isObserved: isObserved
                )
            )
            guard isObserved else { continue }
            for dependency in task.dependencies where dependency.kind != .require {
                observedResources.insert(dependency.target)
            }
        }
        for (id, resource) in scan.resources {
            resourceNumbers[id] = nodes.count
            let (file, text) = name(ofResource: id)
            let isObserved = observedResources.contains(id)
            nodes.append(
                file.map { DependencyGraph.Node($0, isObserved: isObserved) }
                    ?? DependencyGraph.Node(
                        .resource(text),
                        type: typeName(of: resource),
                        description: text,
                        isObserved: isObserved
                    )
            )
        }
        var edges: [DependencyGraph.Edge] = []
        for (id, task) in scan.tasks {
            for dependency in task.dependencies {
                let isRequirement = dependency.kind == .require
                let target = isRequirement ? taskNumbers[dependency.target] : resourceNumbers[dependency.target]
                guard let source = taskNumbers[id], let target else { continue }
                edges.append(
                    DependencyGraph.Edge(
                        source: source,
                        target: target,
                        kind: dependency.kind.ofEdge,
                        through: isRequirement ? name(ofReducer: dependency.stamper) : dependency.kind.stamperText
                    )
                )
            }
        }
        return DependencyGraph(nodes: nodes, edges: edges)
    }
}
