/// Present outputs: in the tables, or in the store until somebody asks for them, or again if they take too much memory.
extension Engine {
    /// Where a present output was found.
    @usableFromInline
    enum FoundOutput {
        /// There is none, or it does not decode.
        case none
        /// In the table of its type, a moment ago.
        case present
        /// In the store: decoded just now, in a ``Garbage`` of its type.
        case decoded(AnyObject, version: UInt32)
    }

    /// Makes sure that a task's present output is decoded.
    ///
    /// - Returns: Whether there is an output. One that does not decode counts as made by another version.
    @discardableResult
    func decodeOutput(of task: TaskID) -> Bool {
        if case .none = findOutput(of: task) { false } else { true }
    }

    /// Finds a task's present output, and decodes it if only the store has it; users' code.
    @usableFromInline
    func findOutput(of task: TaskID) -> FoundOutput {
        guard let store else { return .present }
        guard name(task) else { return .none }
        while true {
            let (found, work) = state.withLock { state -> (FoundOutput, (AnyTaskTable, UInt32, UInt32, [UInt8]?)?) in
                let node = state.graph.nodes.address(Int(task))
                let table = tables.table(node.pointee.type)
                if node.pointee.version == 0 { return (.none, nil) }
                if table.hasOutput(node.pointee.local) {
                    state.graph.storage?.use(task)
                    return (.present, nil)
                }
                let encoding = store.encodedOutput(of: task, node.pointee.version, &state)
                return (.none, (table, node.pointee.local, node.pointee.version, encoding))
            }
            guard let (table, local, version, encoding) = work else { return found }
            guard let encoding, let output = table.decode(encoding, store) else {
                if state.withLock({ $0.invalidate(task, version: version) }) {
                    tell(.undecodable(type: table.typeIdentifier, .output))
                }
                return .none
            }
            let isPresent = locked { state in
                guard state.graph.nodes[task].version == version else { return false }
                if table.setOutput(local, output) { state.graph.storage?.count(task, encoding.count) }
                dropOutputs(&state)
                return true
            }
            if isPresent { return .decoded(output, version: version) }
        }
    }

    /// The number of bytes from which on decoding an output is worth the while of a worker.
    private static var largeOutput: Int { 1 << 12 }

    /// Decodes outputs of consistent tasks that only the store has, many under one lock.
    ///
    /// What does not decode is left to who requires it by itself, as is what is not consistent yet. So is all that follows
    /// a large output: several workers decode these sooner than one.
    func decodeOutputs(of tasks: [TaskID]) {
        guard let store else { return }
        var isLarge = false
        for start in stride(from: 0, to: tasks.count, by: 256) where !isLarge {
            let part = tasks[start..<min(start + 256, tasks.count)]
            let work = state.withLock { state in
                part.compactMap { task -> (task: TaskID, version: UInt32, place: UInt32, AnyTaskTable, [UInt8])? in
                    let node = state.graph.nodes.address(Int(task))
                    guard !isLarge, node.pointee.version != 0, node.pointee.local != Node.unnamed else { return nil }
                    let table = tables.table(node.pointee.type)
                    guard !table.hasOutput(node.pointee.local), state.isConsistent(task),
                        let encoding = store.encodedOutput(of: task, node.pointee.version, &state)
                    else { return nil }
                    isLarge = encoding.count >= Self.largeOutput
                    return (task, node.pointee.version, node.pointee.local, table, encoding)
                }
            }
            if work.isEmpty { continue }
            let outputs = work.map { _, _, _, table, encoding in table.decode(encoding, store) }
            locked { state in
                for ((task, version, place, table, encoding), output) in zip(work, outputs) {
                    guard let output, state.graph.nodes[task].version == version else { continue }
                    if table.setOutput(place, output) { state.graph.storage?.count(task, encoding.count) }
                }
                dropOutputs(&state)
            }
        }
    }

    /// A task's present output and its version.
    @usableFromInline
    func output<T: IncrementalTask>(of task: TaskID, in table: TaskTable<T>) -> (value: T.Output, version: UInt32)? {
        while true {
            let found = state.withLock { state -> (value: T.Output, version: UInt32)? in
                let node = state.graph.nodes.address(Int(task))
                guard node.pointee.local != Node.unnamed, let output = table.outputs[node.pointee.local] else {
                    return nil
                }
                state.graph.storage?.use(task)
                return (output, node.pointee.version)
            }
            if found != nil || store == nil { return found }
            switch findOutput(of: task) {
            case .none: return nil
            case .present: continue
            case .decoded(let garbage, let version):
                // The table of the type has decoded it.
                return (unsafeDowncast(garbage, to: Garbage<T.Output>.self).value, version)
            }
        }
    }

    /// The output of a task that is consistent.
    ///
    /// - Throws: A ``BuildError`` of kind `store` if the output was dropped from memory, and the store has lost it since.
    @usableFromInline
    func output<T: IncrementalTask>(at location: Location<T>) throws -> T.Output {
        if let found = output(of: location.id, in: location.table) { return found.value }
        throw BuildError.lostOutput(of: box(location.id))
    }

    /// The outputs of tasks that are consistent.
    ///
    /// - Throws: A ``BuildError`` of kind `store` if one was dropped from memory, and the store has lost it since.
    ///
    /// Specialised in the module that asks: without that, each output costs several times what finding its task does.
    @inlinable
    func outputs<T: IncrementalTask>(at locations: [Location<T>]) throws -> [T.Output] {
        let locations = answersGroupsInReverse ? locations.reversed() : locations
        let present = state.withLock { _ in locations.map { $0.table.outputs[$0.local] } }
        var outputs: [T.Output] = []
        outputs.reserveCapacity(locations.count)
        for index in locations.indices { outputs.append(try present[index] ?? output(at: locations[index])) }
        return outputs
    }

    @usableFromInline var answersGroupsInReverse: Bool { Mutation.isOn(.groupAnswersReversed) }

    /// The output of a task of any type that is consistent.
    ///
    /// - Throws: A ``BuildError`` of kind `store` if it was dropped from memory, and the store has lost it since.
    func anyOutput(of task: TaskID) throws -> any Equatable & Codable & Sendable {
        if let output = presentOutput(of: task) { return output }
        throw BuildError.lostOutput(of: box(task))
    }

    /// A task's present output, of whatever type.
    func presentOutput(of task: TaskID) -> (any Equatable & Codable & Sendable)? {
        while true {
            let found = findOutput(of: task)
            let (table, output) = state.withLock { state in
                let node = state.graph.nodes.address(Int(task))
                let table = tables.table(node.pointee.type)
                return (table, table.output(node.pointee.local))
            }
            switch found {
            case .none: return nil
            case .decoded(let garbage, _): return table.output(in: garbage)
            case .present:
                if output != nil || store == nil { return output }
            }
        }
    }

    /// Takes outputs out of the tables that take too much memory; the lock's aftermath lets go of them.
    func dropOutputs(_ state: inout EngineState) {
        while let task = state.graph.storage?.nextToDrop() {
            let node = state.graph.nodes.address(Int(task))
            let stored = state.graph.storage?.tasks[task].storedVersion
            // A newer one is not in the store yet: it is counted when it is.
            guard node.pointee.version == stored, node.pointee.local != Node.unnamed else { continue }
            if let output = tables.table(node.pointee.type).takeOutput(node.pointee.local) {
                state.graph.garbage.append(output)
            }
        }
    }

    /// Counts outputs that the store has from now on.
    func countOutputs(_ written: [(task: TaskID, version: UInt32, size: Int)]) {
        if written.isEmpty { return }
        locked { state in
            for item in written {
                let stored = state.graph.storage?.tasks[item.task].storedVersion
                if stored == item.version { state.graph.storage?.count(item.task, item.size) }
            }
            dropOutputs(&state)
        }
    }
}
