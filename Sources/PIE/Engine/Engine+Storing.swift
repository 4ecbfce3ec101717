internal import Dispatch

/// Writing to the store: groups of records about once a second, and all that is left when a session ends.
///
/// What changed is copied under the engine's lock in portions, encoded outside of it, which is users' code, and appended
/// in the order of the changes: whatever part of it a killed process has written, no record has seen an output that is
/// not there.
extension Engine {
    private static var portion: Int { 1_024 }

    /// Notes that a session has begun, before its first task executes.
    ///
    /// - Throws: A ``BuildError`` of kind `store` if that can be said in no way: nobody would know what happened since.
    func noteSession() throws {
        guard let store, store.isWritable else {
            state.withLock { $0.isSessionNoted = true }
            return
        }
        let failure = store.queue.sync { () -> StoreError? in
            attempt(store) { (writer) throws(StoreError) in
                try writer.beginSession(.written)
            }
            guard let writer = store.writer, !writer.folder.isMarked else { return nil }
            return writer.lastFailure
        }
        if let failure {
            let error = BuildError.store(failure)
            state.withLock { $0.storeError = error }
            throw error
        }
        let epoch = state.withLock { state in
            state.isSessionNoted = true
            return state.epoch
        }
        writeSoon(after: Self.shortestWait, epoch)
    }

    private static var shortestWait: Duration { .milliseconds(100) }

    /// Writes what has changed in a while, and again as long as the session is open.
    ///
    /// After a second at most. While much is to be written it begins again sooner: what is written beside the executions
    /// need not be waited for when the session ends.
    private func writeSoon(after wait: Duration, _ epoch: Epoch) {
        let (seconds, attoseconds) = wait.components
        let deadline = DispatchTime.now() + .seconds(Int(seconds)) + .nanoseconds(Int(attoseconds / 1_000_000_000))
        store?.queue.asyncAfter(deadline: deadline) { [weak self] in
            guard let self, let store = self.store,
                self.state.withLock({ $0.isSessionOpen && $0.epoch == epoch })
            else { return }
            let start = ContinuousClock.now
            self.attempt(store) { (writer) throws(StoreError) in
                try self.writeRecords(writer)
                try writer.flush(.written)
            }
            let isMuch = ContinuousClock.now - start > Self.shortestWait / 10
            self.writeSoon(after: isMuch ? Self.shortestWait : Journal.groupInterval, epoch)
        }
    }

    /// Writes what a session has left, and that it ended.
    func endStoredSession() async {
        guard let store else { return }
        tellOfDamage(store)
        guard store.isWritable else { return }
        await onQueue(store) { writer throws(StoreError) in
            try self.writeRest(writer)
            self.foldIfNeeded(writer, store)
        }
    }

    /// Writes all that has changed, and what is known between sessions, unless there is nothing new.
    func writeRest(_ writer: StoreWriter) throws(StoreError) {
        while true {
            try writeRecords(writer)
            let (isDone, orphans, stored) = state.withLock { state -> (Bool, StoreDraft, StoredState?) in
                if state.graph.storage?.isDirty ?? false { return (false, StoreDraft(), nil) }
                // Another session has begun: what is known between sessions is known when that one ends.
                if state.isSessionOpen { return (true, StoreDraft(), nil) }
                return (true, draftOfOrphans(&state), state.storedState())
            }
            guard isDone else { continue }
            guard let stored else { return try writer.flush(.written) }
            if !orphans.resources.isEmpty {
                if !writer.isInSession { try writer.beginSession(.synced) }
                try write(orphans, writer)
            }
            let isNew = !stored.isSame(as: writer.lastState) || writer.folder.isMarked
            if isNew || writer.journal.hasPendingRecords {
                if !writer.isInSession { try writer.beginSession(.synced) }
                var payload = RecordWriter()
                stored.write(to: &payload)
                try writer.append(.state, payload)
            }
            if writer.isInSession { try writer.endSession() }
            writer.lastState = stored
            return
        }
    }

    /// Appends records of all tasks that have changed.
    private func writeRecords(_ writer: StoreWriter) throws(StoreError) {
        while true {
            guard state.withLock({ $0.graph.storage?.isDirty ?? false }) else { return }
            // Before anything is taken out: what was taken out goes into memory, from which a full disk takes nothing.
            if !writer.isInSession { try writer.beginSession(.synced) }
            let draft = state.withLock { takeDraft(&$0, limit: Self.portion) }
            try write(draft, writer)
            if writer.journal.isLarge { try writer.flush(.written) }
        }
    }

    /// Writes that tasks were forgotten.
    func noteForgotten(_ tasks: [TaskID]) {
        guard let store, store.isWritable, !tasks.isEmpty else { return }
        store.queue.sync {
            attempt(store) { (writer) throws(StoreError) in
                if !writer.isInSession { try writer.beginSession(.synced) }
                // That nobody observes them any more comes first.
                try writeRecords(writer)
                var payload = RecordWriter()
                payload.ascending(tasks.sorted())
                try writer.append(.forgotten, payload)
            }
        }
    }

    // MARK: Encoding

    private func write(_ draft: StoreDraft, _ writer: StoreWriter) throws(StoreError) {
        guard let store else { return }
        var payload = RecordWriter()
        for item in draft.tasks {
            payload.removeAll()
            payload.variable(item.id)
            if let table = item.table, table.isStorable, let task = item.task,
                let encoding = try? task.key(store)
            {
                try writer.define(table, versions: item.versions, self)
                payload.variable(table.type)
                payload.counted(try writer.value(encoding, self))
            } else {
                // Something has to have this id: a task that cannot come back, so that whoever requires it runs.
                payload.variable(UInt32(0))
                payload.counted([])
                writer.unstorable.insert(item.id)
                if let table = item.table { tell(.unencodable(type: table.typeIdentifier, .task)) }
            }
            try writer.append(.task, payload)
        }
        for item in draft.resources {
            payload.removeAll()
            payload.variable(item.id)
            if let file = item.file {
                payload.variable(UInt32(0))
                payload.text(file.path)
            } else if let table = item.table, let encoding = table.encoding(item.local, store) {
                try writer.define(table, self)
                payload.variable(table.type)
                payload.counted(try writer.value(encoding, self))
            } else {
                continue
            }
            try writer.append(.resource, payload)
        }
        let records = draft.records.dropLast(Mutation.isOn(.lastRecordLost) ? 1 : 0)
        for record in records where !writer.unstorable.contains(record.id) {
            try write(record, of: draft, &payload, writer, store)
        }
    }

    private func write(
        _ record: StoreDraft.Record,
        of draft: StoreDraft,
        _ payload: inout RecordWriter,
        _ writer: StoreWriter,
        _ store: EngineStore
    ) throws(StoreError) {
        if let table = record.table, table.isKnown { try writer.define(table, versions: record.versions, self) }
        var node = record.node
        var output: StoredValue?
        if let task = record.task {
            do {
                if let encoding = try task.output(store) { output = try writer.value(encoding, self) }
            } catch let error as StoreError {
                throw error
            } catch {}
            if output == nil {
                node.version = 0
                if let table = record.table { tell(.unencodable(type: table.typeIdentifier, .output)) }
            }
        }
        payload.removeAll()
        payload.variable(record.id)
        TaskRecord.writeHead(node, to: &payload)
        payload.byte(output == nil ? 0 : 1)
        let outputOffset = payload.count
        if let output { payload.counted(output) }
        var older: [(version: UInt32, references: UInt32, output: [UInt8])] = []
        for item in record.older {
            switch item.output {
            case .bytes(let bytes): older.append((item.version, item.references, bytes))
            case .value(let task):
                guard let encoding = try? task.output(store) else { continue }
                older.append((item.version, item.references, try writer.value(encoding, self).bytes))
            }
        }
        payload.variable(older.count)
        for item in older {
            payload.variable(item.version)
            payload.variable(item.references)
            payload.counted(item.output)
        }
        TaskRecord.write(record.reason, to: &payload)
        TaskRecord.write(attempt: record.attempt, to: &payload)
        try write(draft, record.dependencies, to: &payload, writer, store)
        let start = try writer.append(.record, payload)
        if let output {
            writer.note(output.count, of: record.id, version: node.version)
            let place = StoredPlace(journal: Int(writer.folder.generation), offset: start + outputOffset)
            state.withLock { $0.graph.storage?.tasks.address(Int(record.id)).pointee.output = place }
        }
    }

    private func write(
        _ draft: StoreDraft,
        _ range: Range<Int>,
        to payload: inout RecordWriter,
        _ writer: StoreWriter,
        _ store: EngineStore
    ) throws(StoreError) {
        payload.variable(range.count)
        var dependencies = TaskRecord.DependencyWriter()
        var stamp = RecordWriter()
        for index in range {
            var dependency = draft.dependencies[index]
            stamp.removeAll()
            switch draft.seen[index] {
            case .nothing:
                // Nothing is compared: a stamper need not be known for that.
                if dependency.never { dependency.stamper = 0 }
            case .file(let file):
                file.write(to: &stamp)
            case .resource(let value):
                if let bytes = value.storedBytes {
                    stamp.raw(bytes)
                } else if let encoding = value.encoding(in: store) {
                    stamp.value(try writer.value(encoding, self))
                } else {
                    dependency.never = true
                }
            case .output(let value):
                try define(dependency.stamper, value, writer, store)
                if let bytes = value.storedBytes {
                    stamp.raw(bytes)
                } else if writer.isDefined(dependency.stamper), let encoding = value.encoding(in: store) {
                    stamp.value(try writer.value(encoding, self))
                } else {
                    // Nothing says what was seen: the dependency does not hold any more.
                    dependency.never = true
                    dependency.stamper = 0
                }
            }
            dependencies.write(dependency, isProvider: draft.provides.contains(index), to: &payload) {
                $0.variable(UInt32(0))
                $0.counted(stamp.bytes)
            } stamp: {
                $0.counted(stamp.bytes)
            }
        }
    }

    private func define(
        _ id: StamperID,
        _ stamp: AnyOutputStamp,
        _ writer: StoreWriter,
        _ store: EngineStore
    ) throws(StoreError) {
        if writer.isDefined(id) { return }
        guard let (type, encoding) = stamp.reducer(in: store) else { return }
        try writer.define(id, StoreCatalog.Reducer(type: type, value: try writer.value(encoding, self).bytes), self)
    }

    // MARK: The queue

    /// Does something with the writer, on the queue of the store.
    func onQueue(_ store: EngineStore, _ body: @escaping @Sendable (StoreWriter) throws(StoreError) -> Void) async {
        if Scheduling.executor != nil { return store.queue.sync { attempt(store, body) } }
        await withTaskExecutorPreference(store.executor) { await self.attemptOnQueue(store, body) }
    }

    @concurrent
    private func attemptOnQueue(
        _ store: EngineStore,
        _ body: @Sendable (StoreWriter) throws(StoreError) -> Void
    ) async {
        attempt(store, body)
    }

    /// Does something with the writer; what cannot be written is told, and tried again with what comes next.
    private func attempt(_ store: EngineStore, _ body: (StoreWriter) throws(StoreError) -> Void) {
        guard let writer = store.writer, !writer.isAbandoned else { return }
        do throws(StoreError) {
            try body(writer)
            writer.lastFailure = nil
            countOutputs(writer.takeWrittenOutputs())
        } catch {
            if writer.lastFailure != error { tell(.notWritten(error.description)) }
            writer.lastFailure = error
            writer.markUnfinished()
        }
    }
}
