/// What must be true of the graph between sessions, for tests.
extension EngineState {
    /// Finds what is not as it should be; with a store, all of it is brought into memory.
    ///
    /// - Returns: A line for each violation.
    /// - Complexity: O(*n*) in the size of the graph.
    package mutating func invariantViolations() -> [String] {
        let tasks = 1..<max(1, TaskID(graph.nodes.count))
        for task in tasks { graph.bringRecord(of: task) }
        for resource in 1..<max(1, ResourceID(graph.resources.count)) { graph.bringReaders(of: resource) }
        for task in tasks { graph.bringRequirers(of: task) }
        var violations: [String] = []
        var observers: [TaskID: UInt32] = [:]
        var references: [TaskID: UInt32] = [:]
        var older: [TaskID: [UInt32: UInt32]] = [:]
        var readers: [ObservationID: UInt32] = [:]
        for task in tasks {
            let node = graph.nodes[task]
            let isObserved = node.flags.contains(.observed)
            for id in graph.range(of: task) {
                let dependency = graph.dependencies[id]
                if dependency.owner != task { violations.append("dependency \(id) of task \(task) has another owner") }
                if dependency.kind == .require {
                    let target = graph.nodes[dependency.target]
                    if isObserved { observers[dependency.target, default: 0] += 1 }
                    if dependency.never { continue }
                    if dependency.stamper == 0 && dependency.seen == target.version {
                        references[dependency.target, default: 0] += 1
                    } else if dependency.stamper == 0 {
                        older[dependency.target, default: [:]][dependency.seen, default: 0] += 1
                    }
                    if target.level >= node.level {
                        violations.append("task \(task) is on level \(node.level), and \(dependency.target) not below")
                    }
                } else if !dependency.never {
                    readers[dependency.seen, default: 0] += 1
                }
            }
            if isObserved { for target in graph.attempts[task] ?? [] { observers[target, default: 0] += 1 } }
        }
        for task in tasks {
            let node = graph.nodes[task]
            if node.observers != observers[task] ?? 0 {
                violations.append("task \(task) counts \(node.observers) observers of \(observers[task] ?? 0)")
            }
            if node.references != references[task] ?? 0 {
                violations.append("task \(task) counts \(node.references) references of \(references[task] ?? 0)")
            }
            let kept = graph.older.all(of: task).map(\.version)
            if kept.sorted() != (older[task] ?? [:]).keys.sorted() {
                violations.append("task \(task) keeps versions \(kept.sorted()), seen are \(older[task] ?? [:])")
            }
            for (version, count) in older[task] ?? [:] {
                let counted = graph.older.references(of: task, version: version)
                if counted != count {
                    violations.append("task \(task) counts \(counted) references of version \(version), of \(count)")
                }
            }
            if node.flags.contains(.observed) != (node.flags.contains(.root) || node.observers > 0) {
                violations.append("task \(task) is marked as observed, or not, for no reason")
            }
            var id = node.firstRequirer
            while id != 0 {
                if graph.dependencies[id].target != task { violations.append("a requirer of \(task) is not one") }
                id = graph.dependencies[id].next
            }
        }
        for resource in 1..<max(1, ResourceID(graph.resources.count)) {
            let node = graph.resources[resource]
            if node.current != 0 { readers[node.current, default: 0] += 1 }
            if node.buffer != 0 { readers[node.buffer, default: 0] += 1 }
            let stored = graph.storage?.resources[resource]
            for number in 0..<(stored?.observationCount ?? 0) {
                readers[(stored?.firstObservation ?? 0) + number, default: 0] += 1
            }
        }
        for (observation, count) in readers where graph.observations[observation].references != count {
            violations.append(
                "observation \(observation) counts \(graph.observations[observation].references) of \(count)"
            )
        }
        return violations
    }
}
