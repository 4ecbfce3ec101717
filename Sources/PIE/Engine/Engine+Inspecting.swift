extension Engine {
    /// What the lock is held for: tasks, resources and dependencies as numbers.
    private struct Columns {
        var tasks: [(type: UInt32, local: UInt32, isObserved: Bool, hasOutput: Bool)] = []
        var resources: [(type: UInt32, local: UInt32)] = []
        var dependencies: [(owner: TaskID, target: UInt32, kind: Dependency.Kind, stamper: StamperID)] = []
        var taskTables: [AnyTaskTable] = []
        var resourceTables: [AnyResourceTable] = []
        var reducerTables: [AnyReducerTable] = []
    }

    /// A copy of the graph as it is now.
    ///
    /// Under the lock numbers are copied, and nothing else; names are put together outside of it, which is users' code.
    func graph() -> DependencyGraph {
        let columns = state.withLock { state -> Columns in
            if !state.isSessionOpen { state.letGoOfCircles() }
            return self.columns(of: &state)
        }
        let tasks = columns.tasks.indices
        let resources = columns.resources.indices

        // Tasks that have never succeeded and that nobody requires have left no trace in the graph.
        var isShown = columns.tasks.map(\.hasOutput)
        var observedResources = [Bool?](repeating: nil, count: columns.resources.count)
        for dependency in columns.dependencies {
            isShown[Int(dependency.owner)] = true
            if dependency.kind == .require {
                isShown[Int(dependency.target)] = true
            } else {
                let before = observedResources[Int(dependency.target)] ?? false
                observedResources[Int(dependency.target)] = before || columns.tasks[Int(dependency.owner)].isObserved
            }
        }

        var nodes: [DependencyGraph.Node] = []
        var taskNumbers = [Int](repeating: 0, count: columns.tasks.count)
        var resourceNumbers = [Int](repeating: 0, count: columns.resources.count)
        for task in tasks where isShown[task] {
            taskNumbers[task] = nodes.count
            let entry = columns.tasks[task]
            let box = box(TaskID(task))
            let type = entry.type == 0 ? "" : columns.taskTables[Int(entry.type) - 1].typeIdentifier
            nodes.append(
                DependencyGraph.Node(
                    .task(box),
                    type: type,
                    description: box.description,
                    isObserved: entry.isObserved
                )
            )
        }
        for resource in resources {
            guard let isObserved = observedResources[resource] else { continue }
            resourceNumbers[resource] = nodes.count
            let entry = columns.resources[resource]
            nodes.append(node(of: ResourceID(resource), entry.type, isObserved, in: columns.resourceTables))
        }
        var reducers = Dictionary(columns.reducerTables.flatMap(\.texts)) { first, _ in first }
        for id in Set(columns.dependencies.map(\.stamper)) where id != 0 && reducers[id] == nil {
            reducers[id] = storedText(ofReducer: id)
        }
        let edges = columns.dependencies.map { dependency in
            let isRequirement = dependency.kind == .require
            return DependencyGraph.Edge(
                source: taskNumbers[Int(dependency.owner)],
                target: isRequirement ? taskNumbers[Int(dependency.target)] : resourceNumbers[Int(dependency.target)],
                kind: dependency.kind.ofEdge,
                through: isRequirement ? reducers[dependency.stamper] : dependency.kind.stamperText
            )
        }
        return DependencyGraph(nodes: nodes, edges: edges)
    }

    /// A stamper or projection that came out of a store; nil if nobody has told its type.
    private func storedText(ofReducer id: StamperID) -> String? {
        let (type, encoding) = state.withLock { state -> (String?, [UInt8]?) in
            guard let catalog = state.graph.storage?.catalog, let reducer = catalog.reducer(id) else {
                return (nil, nil)
            }
            return (reducer.type, try? catalog.encoding(of: reducer.value))
        }
        guard let store, let type, let encoding else { return nil }
        return store.reducerCoder(type)?.text(encoding, store)
    }

    private func columns(of state: inout EngineState) -> Columns {
        var columns = Columns()
        columns.taskTables = tables.all
        columns.resourceTables = resourceTables.all
        columns.reducerTables = reducerTables.all
        for task in 0..<TaskID(state.graph.nodes.count) {
            state.graph.bring(task)
            let node = state.graph.nodes.address(Int(task)).pointee
            columns.tasks.append((node.type, node.local, node.flags.contains(.observed), node.version != 0))
            for id in state.graph.range(of: task) {
                let dependency = state.graph.dependencies.address(Int(id)).pointee
                columns.dependencies.append((task, dependency.target, dependency.kind, dependency.stamper))
            }
        }
        for resource in 0..<state.graph.resources.count {
            state.graph.bring(resource: ResourceID(resource))
            let node = state.graph.resources.address(resource).pointee
            columns.resources.append((node.type, node.local))
        }
        return columns
    }

    private func node(
        of resource: ResourceID,
        _ type: UInt32,
        _ isObserved: Bool,
        in tables: [AnyResourceTable]
    ) -> DependencyGraph.Node {
        if type == 0 { return DependencyGraph.Node(file(resource), isObserved: isObserved) }
        let table = tables[Int(type) - 1]
        let text = self.table(ofResource: resource).map { $0.table.describe($0.local) } ?? "an unknown resource"
        return DependencyGraph.Node(.resource(text), type: table.typeName, description: text, isObserved: isObserved)
    }
}

extension Dependency.Kind {
    /// The kind as users see it.
    var ofEdge: DependencyGraph.Edge.Kind {
        switch self {
        case .require: .require
        case .readExists, .readModified, .readContent, .resource: .read
        case .dependExists, .dependModified, .dependContent: .depend
        case .provide: .provide
        }
    }

    /// What of a file is looked at; nil where there is no choice.
    var stamperText: String? {
        switch self {
        case .require, .provide, .resource: nil
        default: "\(stamper)"
        }
    }
}
