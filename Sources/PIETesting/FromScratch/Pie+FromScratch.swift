public import PIE

extension Pie {
    /// Requires a task incrementally and from scratch, and compares what comes of it.
    ///
    /// The same as ``comparisonWithScratch(session:scratch:)`` with the task required in both.
    ///
    /// - Parameter task: The task.
    /// - Returns: Both outputs or errors, and the files that differ.
    /// - Throws: As ``comparisonWithScratch(session:scratch:)``.
    public func comparisonWithScratch<T: IncrementalTask>(
        of task: T
    ) async throws -> FromScratchComparison<T.Output> {
        try await comparisonWithScratch { session in
            try await session.require(task)
        } scratch: { context in
            try await context.require(task)
        }
    }

    /// Does something in a session and does the same from scratch, and compares what comes of it (R9).
    ///
    /// The session comes first. Then the same is asked of a ``/PIE/NonIncrementalContext`` with the root, buffers and inputs
    /// of this `Pie`, over the very directory that the session has left: it writes each file that its tasks write, unless
    /// the file has these contents already. All files below the root are read before and after; those that differ then
    /// are what the incremental build had left wrong, and are put back to what the session had left. So the comparison
    /// changes nothing that a later session could see, unless tasks have other programs write files anew, or write outside
    /// of the root: such files are not compared. Where both runs end with an error no file is: which ones were written by
    /// then is a matter of order.
    ///
    /// A run over the directory as it stands does not show that a file is missing which no task writes any more, and reads
    /// what generated files held before. Who wants to know that too gives a fresh workspace to a `Pie` of its own.
    ///
    /// - Parameters:
    ///   - body: What to do in a session: requirements, or an update and then requirements.
    ///   - scratch: The same from scratch.
    /// - Returns: Both results or errors, and the files that differ. Errors are the same if they print alike.
    /// - Throws: A ``/PIE/BuildError`` about a hidden dependency, an overlap, a write after a read or misuse, which a run from
    ///   scratch does not judge; `CancellationError`; and an error if a file below the root cannot be read.
    /// - Complexity: A run from scratch, and two times the bytes of all files below the root: it should be a workspace of
    ///   the test's own, and not a folder with a whole project.
    public func comparisonWithScratch<R: Equatable & Sendable>(
        session body: (Session) async throws -> R,
        scratch: (NonIncrementalContext) async throws -> R
    ) async throws -> FromScratchComparison<R> {
        let incremental: Result<R, any Error>
        do {
            incremental = .success(try await session(body))
        } catch let error as BuildError where error.isJudgedIncrementallyAlone {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            incremental = .failure(error)
        }
        let before = try FolderPicture(of: root)
        let fromScratch: Result<R, any Error>
        do {
            fromScratch = .success(try await scratch(NonIncrementalContext(of: self)))
        } catch {
            fromScratch = .failure(error)
        }
        let differences = before.differences(to: try FolderPicture(of: root))
        for difference in differences { try before.restore(difference.file) }
        if case .failure(let error as CancellationError) = fromScratch { throw error }
        var files = differences.map { difference in
            FromScratchComparison<R>.FileDifference(
                file: difference.file,
                incremental: difference.before,
                fromScratch: difference.after
            )
        }
        if case (.failure, .failure) = (incremental, fromScratch) { files = [] }
        return FromScratchComparison(incremental: incremental, fromScratch: fromScratch, files: files)
    }
}

extension BuildError {
    fileprivate var isJudgedIncrementallyAlone: Bool {
        switch kind {
        case .hiddenDependency, .overlap, .writeAfterRead, .misuse: true
        default: false
        }
    }
}
