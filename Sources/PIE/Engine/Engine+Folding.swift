internal import Dispatch

/// Folding: from time to time what happened becomes part of the snapshot.
extension Engine {
    /// How much may have happened before it is folded: opening reads all of it.
    private static var foldingSize: Int { 1 << 20 }
    private static var smallFoldingSize: Int { 1 << 18 }

    /// Folds the store, beside whatever else goes on, if much has happened since the last time.
    func foldIfNeeded(_ writer: StoreWriter, _ store: EngineStore) {
        if writer.isFolding { return }
        let limit = min(Self.foldingSize, max(Self.smallFoldingSize, writer.snapshotSize / 2))
        guard writer.journalSize >= limit || isStoreDamaged, let work = beginFold(writer) else { return }
        store.foldQueue.async {
            let result = work.run()
            store.queue.async { self.endFold(store, work, result) }
        }
    }

    private var isStoreDamaged: Bool { state.withLock { $0.graph.storage?.isDamaged ?? false } }

    /// Goes on in a new journal.
    private func beginFold(_ writer: StoreWriter) -> StoreFolding? {
        do throws(StoreError) {
            let folding = try writer.beginFold()
            store?.setJournals(writer.folder.journals)
            return folding
        } catch {
            tell(.notWritten(error.description))
            return nil
        }
    }

    private func endFold(_ store: EngineStore, _ work: StoreFolding, _ result: StoreFolding.Result) {
        guard let writer = store.writer else { return }
        switch result {
        case .folded(let snapshot, let notices):
            writer.endFold(snapshot)
            for notice in notices { tell(notice) }
        case .failed(let reason):
            writer.endFold(nil)
            tell(.notWritten(reason))
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
        await withTaskExecutorPreference(store.foldExecutor) { await Self.waitForFold() }
        await withTaskExecutorPreference(store.executor) { await self.foldAndReleaseOnQueue(store) }
    }

    @concurrent
    private static func waitForFold() async {}

    @concurrent
    private func foldAndReleaseOnQueue(_ store: EngineStore) async {
        foldAndRelease(store)
    }

    private func foldAndRelease(_ store: EngineStore) {
        if let writer = store.writer, writer.journalSize >= store.closingSize || isStoreDamaged,
            let work = beginFold(writer)
        {
            endFold(store, work, work.run())
        }
        store.writer = nil
    }
}
