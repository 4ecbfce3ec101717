/// What is to be written of some tasks, copied under the engine's lock: numbers, and values to be encoded outside of it.
struct StoreDraft {
    /// Tasks and resources that the store does not know yet, which the records name.
    var tasks: [(id: TaskID, table: AnyTaskTable?, versions: [Int], task: StorableTask?)] = []
    var resources: [(id: ResourceID, table: AnyResourceTable?, local: UInt32, file: File?)] = []

    var records: [Record] = []

    /// The dependencies of all records, and what was seen by each: of a resource, or the stamp of an output.
    var dependencies: [Dependency] = []
    var seen: [Seen] = []

    /// Which of the dependencies are on files that their task provides, and no other.
    var provides: Set<Int> = []

    enum Seen {
        case nothing
        case file(FileStamp)
        case resource(AnyStamp)
        case output(AnyOutputStamp)
    }

    struct Record {
        let id: TaskID
        let node: Node
        let reason: StoredReason
        let attempt: [TaskID]?
        let dependencies: Range<Int>
        let table: AnyTaskTable?
        let versions: [Int]

        /// The task with its output; nil if the store has the output, or there is none.
        let task: StorableTask?

        let older: [(version: UInt32, references: UInt32, output: OlderOutput)]
    }

    enum OlderOutput {
        case bytes([UInt8])
        case value(StorableTask)
    }

    var isEmpty: Bool { records.isEmpty }
}

extension Engine {
    /// Takes out what is to be written of some tasks; under the lock.
    func takeDraft(_ state: inout EngineState, limit: Int) -> StoreDraft {
        var draft = StoreDraft()
        guard let storage = state.graph.storage else { return draft }
        for task in storage.takeDirty(limit) { add(task, to: &draft, &state, storage) }
        return draft
    }

    /// The orphans that the store does not know yet; under the lock.
    func draftOfOrphans(_ state: inout EngineState) -> StoreDraft {
        var draft = StoreDraft()
        guard let storage = state.graph.storage else { return draft }
        for orphan in state.orphans.keys.sorted() { define(resource: orphan, in: &draft, &state, storage) }
        return draft
    }

    private func add(_ task: TaskID, to draft: inout StoreDraft, _ state: inout EngineState, _ storage: GraphStorage) {
        state.graph.bringRecord(of: task)
        let node = state.graph.nodes[task]
        let table = node.type == 0 ? nil : tables.table(node.type)
        let stored = storage.tasks.address(Int(task))
        let isNewOutput = node.version != 0 && stored.pointee.storedVersion != node.version
        let isNamed = node.local != Node.unnamed
        let value = isNewOutput && isNamed ? table?.take(node.local, withOutput: true) : nil
        define(task, value, in: &draft, &state, storage)
        let first = draft.dependencies.count
        for id in state.graph.range(of: task) {
            let dependency = state.graph.dependencies[id]
            draft.dependencies.append(dependency)
            if dependency.kind == .require {
                define(dependency.target, in: &draft, &state, storage)
                if !dependency.never, dependency.stamper != 0, let stamp = state.graph.stamp(dependency.stamp) {
                    draft.seen.append(.output(stamp))
                } else {
                    draft.seen.append(.nothing)
                }
            } else {
                define(resource: dependency.target, in: &draft, &state, storage)
                if dependency.kind == .provide && state.graph.resources[dependency.target].provider == task {
                    draft.provides.insert(draft.dependencies.count - 1)
                }
                let observation = state.graph.observations[dependency.seen]
                if dependency.never || observation.isUnreadable {
                    draft.dependencies[draft.dependencies.count - 1].never = true
                    draft.seen.append(.nothing)
                } else if let stamp = observation.stamp {
                    draft.seen.append(.resource(stamp))
                } else {
                    draft.seen.append(.file(observation.file))
                }
            }
        }
        let attempt = state.graph.attempts[task]
        for required in attempt ?? [] { define(required, in: &draft, &state, storage) }

        if isNewOutput {
            stored.pointee.storedVersion = node.version
            storage.uncount(task)
        }
        draft.records.append(
            StoreDraft.Record(
                id: task,
                node: node,
                reason: state.graph.reasons[task],
                attempt: attempt,
                dependencies: first..<draft.dependencies.count,
                table: table,
                versions: table?.versions ?? [],
                task: value,
                older: older(of: task, table, state.graph, storage)
            )
        )
    }

    private func older(
        of task: TaskID,
        _ table: AnyTaskTable?,
        _ graph: borrowing Graph,
        _ storage: GraphStorage
    ) -> [(version: UInt32, references: UInt32, output: StoreDraft.OlderOutput)] {
        if Mutation.isOn(.olderOutputsNotStored) { return [] }
        return graph.older.all(of: task).compactMap { item in
            let references = graph.older.references(of: task, version: item.version)
            if GraphStorage.isStored(item.place) {
                return storage.older(at: item.place).map { (item.version, references, .bytes($0)) }
            }
            guard item.place != 0, let value = table?.takeOlder(at: item.place) else { return nil }
            return (item.version, references, .value(value))
        }
    }

    private func define(
        _ task: TaskID,
        _ value: StorableTask? = nil,
        in draft: inout StoreDraft,
        _ state: inout EngineState,
        _ storage: GraphStorage
    ) {
        let stored = storage.tasks.address(Int(task))
        guard stored.pointee.flags.insert(.defined).inserted else { return }
        let node = state.graph.nodes.address(Int(task))
        let isNamed = node.pointee.type != 0 && node.pointee.local != Node.unnamed
        let table = isNamed ? tables.table(node.pointee.type) : nil
        draft.tasks.append(
            (task, table, table?.versions ?? [], value ?? table?.take(node.pointee.local, withOutput: false))
        )
    }

    private func define(
        resource: ResourceID,
        in draft: inout StoreDraft,
        _ state: inout EngineState,
        _ storage: GraphStorage
    ) {
        let stored = storage.resources.address(Int(resource))
        guard stored.pointee.flags.insert(.defined).inserted else { return }
        let (type, local) = (state.graph.resources[resource].type, state.graph.resources[resource].local)
        if type == 0 {
            draft.resources.append((resource, nil, local, state.file(resource)))
        } else {
            draft.resources.append((resource, resourceTables.table(type), local, nil))
        }
    }
}
