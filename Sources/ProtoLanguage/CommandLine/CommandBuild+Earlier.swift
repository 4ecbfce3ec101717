import PIE

/// What earlier runs have left in the store: what they have required is observed still.
extension CommandBuild {
    /// Stops keeping up to date what this run has not required; it stays in the store.
    func unobserveEarlier(besides roots: RootRecorder.Roots) {
        if store.isNew { return }
        unobserve(besides: roots) { _ in true }
    }

    /// Forgets what is of no use any more after files have come or gone: tasks about files that are not there, and tasks
    /// about some of the files of this run, which most likely were all that there were.
    ///
    /// Checks of other files stay: another command line may be about them.
    ///
    /// - Parameters:
    ///   - required: What this run has required.
    ///   - files: The files that it was about.
    /// - Throws: `CancellationError` if the calling Swift task is cancelled.
    func forgetWhatIsGone(besides required: RootRecorder.Roots, files: MapImports) async throws {
        guard !store.isNew, store.isWritable else { return }
        let disk = FileSystem(root: pie.root)
        var known: [File: Bool] = [:]
        func isGone(_ source: SourceLocation) -> Bool {
            guard case .file(let file) = source else { return false }
            if let answer = known[file] { return answer }
            // What cannot be looked at may be there.
            let answer = (try? disk.metadata(at: file))?.exists == false
            known[file] = answer
            return answer
        }
        let present = Set(files.files)
        func isSuperseded(_ earlier: [SourceFile], _ roots: ImportRoots) -> Bool {
            earlier.contains { isGone($0.location) } || roots == files.roots && present.isSuperset(of: earlier)
        }
        let areAny = unobserve(besides: required) { task in
            if let task = task.as(MapImports.self) { return isSuperseded(task.files, task.roots) }
            if let task = task.as(FindConflicts.self) { return isSuperseded(task.files, task.roots) }
            return task.as(ParseFile.self).map { isGone($0.source) }
                ?? task.as(CheckFile.self).map { isGone($0.file.location) } ?? false
        }
        if areAny { try await pie.collectGarbage(deletingProvidedFiles: false) }
    }

    /// Stops keeping tasks up to date that this run has not required.
    ///
    /// - Returns: Whether there were any.
    @discardableResult
    private func unobserve(besides roots: RootRecorder.Roots, where isMeant: (AnyTask) -> Bool) -> Bool {
        var areAny = false
        for node in pie.graph().nodes where node.isObserved {
            guard case .task(let task) = node.subject, !roots.contains(task), isMeant(task),
                Self.unobserve(task.base, in: pie)
            else { continue }
            areAny = true
        }
        return areAny
    }

    /// - Returns: Whether the task is one that commands require themselves.
    private static func unobserve(_ task: some IncrementalTask, in pie: Pie) -> Bool {
        let isRequired =
            task is CheckFile || task is FindConflicts || task is FindSources || task is MapImports || task is ParseFile
        guard isRequired else { return false }
        pie.unobserve(task)
        return true
    }
}
