import SourceFiles

/// Files in folders, one task each, and a store: every figure is that of a process from its start to its end.
enum Files: Workload {
    static let name = "files"
    static let summary = "W1: a task for each file, and a store; fresh processes, beside stat and ninja"

    static func sizes(quick: Bool) -> [Int] { quick ? [1_000, 10_000] : [1_000, 10_000, 100_000] }

    static func jobs(cores: Int) -> [Int] { [cores] }

    static func run(_ bench: Bench) async throws {
        var project = try SourceProject(count: bench.size)
        defer { project.remove() }
        let steps = try FilesSteps(bench: bench)
        try steps.measureLooks(&project)
        let tree = try steps.measureTree(&project)
        try steps.measureFlat(&project)
        try steps.measureLeaves(&project)
        guard let ninja = try Ninja.measure(bench, &project) else { return }
        bench.report("tree: no-op, to ninja's", ratio: tree.noop, to: ninja.noop)
        bench.report("tree: no-op, detected, to ninja's", ratio: tree.detected, to: ninja.noop)
        bench.report("tree: change 1 named, to ninja's", ratio: tree.change, to: ninja.change)
    }
}

extension FilesSteps {
    /// What a process costs that does nothing, and what the calls cost that look at all files.
    fileprivate func measureLooks(_ project: inout SourceProject) throws {
        let start = FilesPhase("a process that does nothing", "start", .tree, executed: 0, expected: .nothing)
        try measure(start, &project) { _, _ in 0 }
        for threads in Set([1, 2, bench.jobs]).sorted() {
            let name = threads == 1 ? "stat, 1 thread" : "stat, \(threads) threads"
            var phase = FilesPhase(name, "stat", .tree, executed: 0, expected: .count)
            phase.jobs = threads
            phase.parts = ["", "inside", ""]
            try measure(phase, &project) { _, _ in 0 }
        }
    }

    /// The build with one task for each folder.
    ///
    /// - Returns: What it takes when nothing has changed, required or detected, and when a file has that the caller names.
    fileprivate func measureTree(
        _ project: inout SourceProject
    ) throws -> (noop: Duration, detected: Duration, change: Duration) {
        let parts = ["opening", "session", "closing"]
        let tasks = BuildShape.tree.tasks(bench.size)
        try measure(
            FilesPhase("clean", "require", .tree, executed: tasks, expected: .result, parts: parts),
            &project
        ) { _, project in
            project.removeStore(.tree)
            return 0
        }
        bench.report("tree: on disk", bytes: project.storeSize(.tree), per: .files(bench.size))
        var quiet = FilesPhase("no-op", "require", .tree, executed: 0, expected: .result, parts: parts)
        quiet.isQuiet = true
        let noop = try measure(quiet, &project) { _, _ in 0 }
        quiet.name = "no-op, detected"
        quiet.step = "detect"
        let detected = try measure(quiet, &project) { _, _ in 0 }
        let open = FilesPhase("open", "open", .tree, executed: 0, expected: .file, parts: ["opening", "look-up", ""])
        try measure(open, &project) { run, project in project.file(run) }
        var change = FilesPhase("change 1 named", "named", .tree, executed: 3, expected: .result, parts: parts)
        let named = try measure(change, &project) { _, project in try project.edit() }
        change.name = "change 1 detected"
        change.step = "detect"
        try measure(change, &project) { _, project in try project.edit() }
        bench.report("tree: on disk after changes", bytes: project.storeSize(.tree), per: .files(bench.size))
        return (noop, detected, named)
    }

    /// The build with one task that requires those of all files: it has to run whichever of them changes.
    fileprivate func measureFlat(_ project: inout SourceProject) throws {
        let tasks = BuildShape.flat.tasks(bench.size)
        try measure(FilesPhase("clean", "require", .flat, executed: tasks, expected: .result), &project) { _, project in
            project.removeStore(.flat)
            return 0
        }
        bench.report("flat: on disk", bytes: project.storeSize(.flat), per: .files(bench.size))
        var quiet = FilesPhase("no-op", "require", .flat, executed: 0, expected: .result)
        quiet.isQuiet = true
        try measure(quiet, &project) { _, _ in 0 }
        try measureChanges(.flat, .result, &project)
    }

    /// The same, but updates leave the one task alone.
    fileprivate func measureLeaves(_ project: inout SourceProject) throws {
        _ = try step(FilesPhase("clean", "require", .leaves, executed: 0, expected: .nothing), project, file: 0)
        try measureChanges(.leaves, .file, &project)
    }

    private func measureChanges(
        _ shape: BuildShape,
        _ expected: FilesPhase.Expected,
        _ project: inout SourceProject
    ) throws {
        for (name, step) in [("change 1 named", "named"), ("change 1 detected", "detect")] {
            let phase = FilesPhase(name, step, shape, executed: shape.height, expected: expected)
            try measure(phase, &project) { _, project in try project.edit() }
        }
    }
}
