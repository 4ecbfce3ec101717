internal import Dispatch

/// Folding: from time to time what happened becomes part of the snapshot.
extension Engine {
    /// How much may have happened before it is folded: opening reads all of it.
    private static var foldingSize: Int { 1 << 20 }
    private static var smallFoldingSize: Int { 1 << 18 }

    /// Folds the store, beside whatever else goes on, if much has happened since the last time.
    func foldIfNeeded(_ writer: StoreWriter, _ store: EngineStore) {
        if writer.isFolding || writer.isAbandoned { return }
        if let damage = storeDamage { return abandon(writer, because: damage) }
        let limit = store.foldingSize ?? min(Self.foldingSize, max(Self.smallFoldingSize, writer.snapshotSize / 2))
        guard writer.journalSize >= limit, let work = beginFold(writer, goesOn: true) else { return }
        store.foldQueue.async {
            let result = work.run()
            store.queue.async { self.endFold(store, work, result) }
        }
    }

    private var storeDamage: String? { state.withLock { $0.graph.storage?.damage } }

    /// Keeps the files of a store aside of which something cannot be read.
    ///
    /// This process knows all that it needs, or makes it anew; but what it would write refers to what is lost. So it
    /// stores nothing more, and the next one begins with an empty store.
    private func abandon(_ writer: StoreWriter, because damage: String) {
        do throws(StoreError) {
            let why = "is of a store that is damaged in part (\(damage))"
            for notice in try writer.abandon(because: why) { tell(notice) }
        } catch {
            tell(.notWritten(error.description))
            writer.markUnfinished()
        }
    }

    /// Tells what of a store cannot be read that this process only reads.
    func tellOfDamage(_ store: EngineStore) {
        if store.isWritable { return }
        guard let damage = storeDamage, store.isFirstToTellOfDamage() else { return }
        tell(.damaged(damage))
    }

    /// Goes on in a new journal.
    private func beginFold(_ writer: StoreWriter, goesOn: Bool) -> StoreFolding? {
        do throws(StoreError) {
            let folding = try writer.beginFold(goesOn: goesOn)
            store?.setJournals(writer.journals)
            return folding
        } catch {
            tell(.notWritten(error.description))
            return nil
        }
    }

    private func endFold(_ store: EngineStore, _ work: StoreFolding, _ result: StoreFolding.Result) {
        guard let writer = store.writer else { return }
        switch result {
        case .folded(let snapshot):
            writer.endFold(snapshot)
            store.setLatest(snapshot)
        case .failed(let reason):
            writer.endFold(nil)
            tell(.notWritten(reason))
        case .damaged(let damage):
            writer.endFold(nil)
            abandon(writer, because: damage)
        }
    }

    /// Writes what is left, folds it if it is worth it, and gives the store back.
    func closeStore() async {
        guard let store, store.isWritable else { return }
        await onQueue(store) { writer throws(StoreError) in try self.writeRest(writer) }
        if Scheduling.executor != nil {
            store.foldQueue.sync {}
            return store.queue.sync { foldAndRelease(store) }
        }
        // A fold that goes on is waited for.
        await withCheckedContinuation { done in store.foldQueue.async { done.resume() } }
        await withTaskExecutorPreference(store.executor) { await self.foldAndReleaseOnQueue(store) }
    }

    @concurrent
    private func foldAndReleaseOnQueue(_ store: EngineStore) async {
        foldAndRelease(store)
    }

    private func foldAndRelease(_ store: EngineStore) {
        if let writer = store.writer, !writer.isAbandoned {
            if let damage = storeDamage {
                abandon(writer, because: damage)
            } else if writer.journalSize >= store.closingSize, let work = beginFold(writer, goesOn: false) {
                endFold(store, work, work.run())
            }
        }
        store.writer = nil
    }
}
