extension Engine {
    /// The places of the types' present versions, by type; asks users' code, so not under the lock.
    func presentVersions() -> [UInt16] {
        let all = state.withLock { _ in tables.all }
        let present = all.map { $0.isKnown ? $0.presentVersion : nil }
        return state.withLock { state in
            var places: [UInt16] = [0]
            for (table, version) in zip(all, present) {
                guard let version else {
                    // As it was when somebody knew the type.
                    places.append(state.versions[places.count])
                    continue
                }
                if let place = table.versions.firstIndex(of: version) {
                    places.append(UInt16(truncatingIfNeeded: place))
                } else {
                    table.versions.append(version)
                    places.append(UInt16(truncatingIfNeeded: table.versions.count - 1))
                }
            }
            return places
        }
    }

    /// Waits until no write of a superseded session is under way.
    func waitForWrites() async {
        await withUnsafeContinuation { continuation in
            let isQuiet = state.withLock { state in
                if state.writes == 0 { return true }
                state.writeWaiters.append(continuation)
                return false
            }
            if isQuiet { continuation.resume() }
        }
    }

    /// Lets go of what was kept for a session: outputs for `previousOutput(of:)`, and inputs that were read.
    ///
    /// - Parameter session: The session that ended; `nil` before one begins, for what a superseded one has left.
    func dropReplaced(of session: Epoch? = nil) {
        let dropped = state.withLock { state -> [AnyObject] in
            if session != nil && session != state.epoch { return [] }
            return tables.all.compactMap { $0.takePrevious() } + resourceTables.all.compactMap { $0.takeLoaded() }
        }
        withExtendedLifetime(dropped) {}
    }

    /// A task's output as it was last committed.
    func lastOutput<T: IncrementalTask>(of task: T) -> T.Output? {
        guard let id = known(task), let table = tables[T.self] else { return nil }
        return output(of: id, in: unsafeDowncast(table, to: TaskTable<T>.self))?.value
    }

    /// The id of a task, if it is known.
    func known<T: IncrementalTask>(_ task: T) -> TaskID? {
        guard
            let typed = store == nil
                ? tables[T.self].map({ unsafeDowncast($0, to: TaskTable<T>.self) }) : table(of: T.self)
        else { return nil }
        while true {
            switch typed.index.search(task) {
            case .found(let id, _):
                return id
            case .missing(let hash, let count):
                guard let stored = locateStored(task, in: typed, hash: hash, count: count) else { return nil }
                if let location = stored.location { return location.id }
            }
        }
    }
}
