public import PIE

extension TemporaryWorkspace {
    /// Finds tasks whose outcome is not a function of what their contexts answer, and says what else it depends on.
    ///
    /// The tasks are executed from scratch, with all that they require. Then each is executed again with the answers that it
    /// had the first time. If its output or a file that it writes is another one, it is *not deterministic*. Then it is
    /// executed again while all files in the workspace that it has not asked for are others: they have other contents, are
    /// missing, or have company. What it is answered stays the same, so if the outcome is another one, the task looked at
    /// a file *behind its context's back*; which one is found by halving.
    ///
    /// What is found is so. A file is blamed only if each dependency of the task would hold with that file altered, by what a
    /// run from scratch says: an incremental build would keep an output that a build from scratch does not have. And of
    /// tasks that require each other, the lowest is blamed.
    ///
    /// What is not found: what lies outside of the workspace or behind links in it; contents that a task looks at without
    /// minding the alteration; files that the process keeps in memory once they were read; time that passes too slowly,
    /// environment variables and other settings of the process; what the task would do with other answers.
    ///
    /// Afterwards the files are as the run from scratch has left them.
    ///
    /// - Parameters:
    ///   - tasks: The tasks, such as ``/PIE/EventLog/executed`` of a build.
    ///   - pie: The build whose inputs and unsaved buffers tasks read; its root must be this workspace.
    /// - Returns: What was found, what is required before what requires it.
    /// - Throws: A ``TemporaryWorkspaceError`` if `pie` has another root; an error if a file cannot be read or altered;
    ///   `CancellationError`.
    /// - Complexity: Executes each task six times at least, alters each file three times, and what is found costs as many
    ///   executions more as there are halvings.
    @concurrent
    public func hiddenInputs(of tasks: [AnyTask], with pie: Pie? = nil) async throws -> [HiddenInput] {
        if let pie, pie.root != (try? FileSystem.absoluteRoot(root)) {
            throw TemporaryWorkspaceError(.outside, "alter the files of a build in", File(pie.root))
        }
        return try await Audit(self, pie).hiddenInputs(of: tasks)
    }
}
