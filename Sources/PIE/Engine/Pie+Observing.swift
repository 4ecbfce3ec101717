extension Pie {
    /// Keeps a task up to date: updates make it consistent whenever a change affects it.
    ///
    /// What a session requires is observed anyway. A task that was not kept up to date is checked by the next update.
    /// Takes effect with the next session.
    ///
    /// - Parameter task: The task.
    /// - Complexity: In the number of tasks below it that were not observed.
    public func observe(_ task: some IncrementalTask) {
        setObserved(engine.intern(task), true)
    }

    /// Stops keeping a task up to date for the host's sake.
    ///
    /// It is still kept up to date if an observed task requires it. Otherwise updates leave it, and what only it requires,
    /// alone; when somebody requires it again it is checked. What nobody needs any more is forgotten by
    /// ``collectGarbage(deletingProvidedFiles:)``. Takes effect with the next session.
    ///
    /// - Parameter task: The task.
    /// - Complexity: In the number of tasks below it that nobody else observes.
    public func unobserve(_ task: some IncrementalTask) {
        setObserved(engine.intern(task), false)
    }

    /// Follows the outputs of a task, for an editor.
    ///
    /// Each time a session commits an output that differs from the one before, the stream gives it. Who is slow gets the
    /// newest: outputs in between are left out, and none ever comes after a newer one. An output that was there before is
    /// not given; ``lastOutput(of:)`` has it. To follow a task does not observe it.
    ///
    /// ```swift
    /// let pie = try Pie(root: "project")
    /// let count = WordCount(file: "notes.txt")
    /// pie.observe(count)
    /// for await words in pie.outputs(of: count) { print("\(words) words") }
    /// ```
    ///
    /// - Parameter task: The task.
    /// - Returns: A stream for one consumer. It ends when the consumer is cancelled, or the `Pie` is gone.
    public func outputs<T: IncrementalTask>(of task: T) -> AsyncStream<T.Output> {
        let subscription = OutputSubscription(task, in: engine)
        return AsyncStream { await subscription.next() }
    }

    /// Forgets the tasks that are not observed, and with them their outputs and dependencies.
    ///
    /// Files that a forgotten task provided become orphans. With `deletingProvidedFiles`, orphans are deleted: files whose
    /// last provider is forgotten, or does not provide them any more, or that only a failed attempt wrote. A file is
    /// deleted only if it still is what the task left there, no kept task provides, reads or lists it, and it lies under
    /// the root, links followed. Folders stay.
    ///
    /// Waits for its turn among the sessions.
    ///
    /// - Parameter deletingProvidedFiles: Whether to delete orphans.
    /// - Returns: What was forgotten, deleted and left.
    /// - Throws: A ``BuildError`` of kind `misuse` inside a session of the same `Pie`; `CancellationError` if the calling
    ///   task is cancelled, or a superseding session begins: orphans that were not deleted yet are left for next time.
    /// - Complexity: O(*n*) for *n* tasks, and a look at each orphan.
    @discardableResult
    public func collectGarbage(deletingProvidedFiles: Bool) async throws -> GarbageReport {
        try refuseInsideSession("garbage is collected inside a session of the same Pie")
        let ticket = try await turns.take()
        defer { turns.pass(ticket) }
        await engine.waitForWrites()
        try Task.checkCancellation()
        let report: GarbageReport
        do {
            report = try await collect(deletingProvidedFiles)
        } catch {
            await engine.endStoredSession()
            throw error
        }
        await engine.endStoredSession()
        await engine.waitForDelivery()
        return report
    }

    /// Off the caller's actor, since files are looked at.
    @concurrent
    private func collect(_ deletingFiles: Bool) async throws -> GarbageReport {
        applyObservations()
        return try engine.collectGarbage(deletingFiles: deletingFiles)
    }
}
