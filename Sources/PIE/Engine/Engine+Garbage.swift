extension Engine {
    /// Forgets every task that is not observed, and deletes what nobody provides any more.
    ///
    /// The deletion counts as a write: a session that supersedes begins when it is over.
    ///
    /// - Parameter deletingFiles: Whether to delete orphans.
    /// - Returns: What was done.
    /// - Throws: `CancellationError` if the calling task is cancelled, or a superseding session has begun.
    func collectGarbage(deletingFiles: Bool) throws -> GarbageReport {
        let (tasks, outputs) = try locked { state in
            // Sessions take turns, and this is nobody's; only a superseding one does not wait for it.
            if state.isSessionOpen { throw CancellationError() }
            let tasks = state.forgetUnobserved()
            let outputs = tasks.compactMap { task -> AnyObject? in
                let node = state.graph.nodes.address(Int(task))
                if node.pointee.local == Node.unnamed { return nil }
                state.graph.storage?.uncount(task)
                return tables.table(node.pointee.type).takeOutput(node.pointee.local)
            }
            state.writes += 1
            return (tasks, outputs)
        }
        defer { locked { $0.writeEnded() } }
        withExtendedLifetime(outputs) {}
        noteForgotten(tasks)
        let forgotten = tasks.map(box)
        guard deletingFiles else {
            return GarbageReport(forgottenTasks: forgotten, deletedFiles: [], retainedFiles: [])
        }
        var deleted: [File] = []
        var retained: [GarbageReport.RetainedFile] = []
        for (resource, file, stamp) in state.withLock({ $0.orphansByName() }) {
            try Task.checkCancellation()
            if let found = try? fileSystem.metadata(at: file), !found.exists {
                state.withLock { $0.forgetOrphan(resource) }
                continue
            }
            if let reason = reasonToRetain(resource, file, stamp) {
                if reason == .edited { state.withLock { $0.forgetOrphan(resource) } }
                retained.append(GarbageReport.RetainedFile(file: file, reason: reason))
                continue
            }
            do {
                if try fileSystem.remove(file) { deleted.append(file) }
                state.withLock { $0.forgetOrphan(resource) }
            } catch {
                retained.append(GarbageReport.RetainedFile(file: file, reason: .undeletable(error.reason)))
            }
        }
        return GarbageReport(forgottenTasks: forgotten, deletedFiles: deleted, retainedFiles: retained)
    }

    private func reasonToRetain(
        _ resource: ResourceID,
        _ file: File,
        _ stamp: FileStamp
    ) -> GarbageReport.RetainedFile.Reason? {
        if !fileSystem.isUnderRoot(file) { return .outsideRoot }
        if state.withLock({ $0.isInUse(resource) }) { return .inUse }
        if Mutation.isOn(.editedFilesDeleted) { return nil }
        do {
            return try fileSystem.check(stamp, of: file, by: .content).holds ? nil : .edited
        } catch {
            return .undeletable(error.reason)
        }
    }
}
