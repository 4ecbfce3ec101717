import PIE
internal import Synchronization

/// Executes tasks from scratch, and then again with the same answers while the files of a workspace are others.
final class Audit: Sendable {
    /// The audit whose first executions are under way.
    @TaskLocal static var current: Audit?

    /// Where resources are looked up meanwhile.
    static var scope: ResourceScope { current?.makeScope() ?? ResourceScope(root: "/") }

    private let workspace: TemporaryWorkspace
    private let pie: Pie?
    private let executions = Mutex<[AuditedExecution]>([])

    init(_ workspace: TemporaryWorkspace, _ pie: Pie?) {
        self.workspace = workspace
        self.pie = pie
    }

    func add(_ execution: AuditedExecution) { executions.withLock { $0.append(execution) } }

    private func makeScope() -> ResourceScope { pie?.presentScope ?? ResourceScope(root: workspace.root) }

    private func makeContext() -> NonIncrementalContext {
        pie.map { NonIncrementalContext(of: $0) } ?? NonIncrementalContext(root: workspace.root)
    }

    /// Finds what outcomes depend on in secret.
    func hiddenInputs(of tasks: [AnyTask]) async throws -> [HiddenInput] {
        let context = makeContext()
        try await Self.$current.withValue(self) {
            for task in tasks {
                do {
                    try await context.require(task.audited)
                } catch {
                    try Task.checkCancellation()
                }
            }
        }
        // In the order of their ends: what is required comes before who requires it.
        let executions = executions.withLock { $0 }
        let files = try AlteredFiles(in: workspace)
        defer { files.restoreAll() }
        var found: [HiddenInput] = []
        var suspects: [AuditedExecution] = []
        for execution in executions {
            if let hidden = try await unsteadiness(of: execution, files) {
                found.append(hidden)
            } else {
                suspects.append(execution)
            }
        }
        for alteration in AlteredFiles.Alteration.allCases {
            for execution in suspects {
                let open = Set(execution.files.map { $0.relative(to: workspace.root) })
                let candidates = files.all.filter { alteration == .companion || !open.contains($0) }
                let culprits = try await culprits(among: candidates, alteration, execution, files)
                for culprit in culprits where !found.contains(where: { $0.isAlready(culprit, of: execution.task) }) {
                    guard let hidden = try await evidence(culprit, alteration, execution, files) else { continue }
                    found.append(hidden)
                }
            }
        }
        return found
    }

    /// Whether a task is the same when it is executed two more times with the same answers.
    private func unsteadiness(of execution: AuditedExecution, _ files: AlteredFiles) async throws -> HiddenInput? {
        for _ in 0..<2 {
            guard let difference = try await difference(execution, files) else { continue }
            return HiddenInput(task: execution.task, source: .unknown, difference: difference)
        }
        return nil
    }

    /// Executes a task again with the files as they now are, and compares what comes of it.
    private func difference(_ execution: AuditedExecution, _ files: AlteredFiles) async throws -> [String]? {
        let outcome = try await execution.replay(root: workspace.fileSystem)
        try files.restoreContents(of: execution.outcome.files.keys.map { $0.relative(to: workspace.root) })
        return execution.outcome.difference(to: outcome)
    }

    /// The least sets of files that make a difference when they are altered.
    private func culprits(
        among candidates: [File],
        _ alteration: AlteredFiles.Alteration,
        _ execution: AuditedExecution,
        _ files: AlteredFiles
    ) async throws -> [[File]] {
        try files.alter(candidates, alteration)
        if candidates.isEmpty { return [] }
        if try await difference(execution, files) == nil { return [] }
        if candidates.count == 1 { return [candidates] }
        let middle = candidates.count / 2
        let lower = try await culprits(among: Array(candidates[..<middle]), alteration, execution, files)
        let upper = try await culprits(among: Array(candidates[middle...]), alteration, execution, files)
        // Neither half alone: the task falls back from one to the other.
        return lower.isEmpty && upper.isEmpty ? [candidates] : lower + upper
    }

    /// Makes sure that a difference comes of some files, and that no dependency of the task would tell.
    private func evidence(
        _ culprit: [File],
        _ alteration: AlteredFiles.Alteration,
        _ execution: AuditedExecution,
        _ files: AlteredFiles
    ) async throws -> HiddenInput? {
        try files.alter([], alteration)
        if try await difference(execution, files) != nil { return nil }
        try files.alter(culprit, alteration)
        guard let difference = try await difference(execution, files) else { return nil }
        let surroundings = AuditedExecution.Surroundings(context: makeContext(), scope: makeScope())
        let holds = await execution.dependenciesHold(in: surroundings)
        try Task.checkCancellation()
        // What was required may have written files.
        try files.restoreEverything()
        guard holds else { return nil }
        return HiddenInput(task: execution.task, source: .files(culprit), difference: difference)
    }
}

extension HiddenInput {
    fileprivate func isAlready(_ files: [File], of task: AnyTask) -> Bool {
        guard case .files(let known) = source else { return false }
        return self.task == task && !Set(known).isDisjoint(with: files)
    }
}
