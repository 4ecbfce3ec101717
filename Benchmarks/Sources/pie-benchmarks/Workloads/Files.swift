import SourceFiles

/// Files in folders, one task each, and a store: every figure is that of a process from its start to its end.
enum Files: Workload {
    static let name = "files"
    static let summary = "W1: a task for each file, and a store; fresh processes, beside stat and other tools"

    static func sizes(_ extent: Extent) -> [Int] {
        extent.sizes(quick: [1_000, 10_000], usual: [1_000, 10_000, 100_000], beyond: [1_000_000])
    }

    static func jobs(_ extent: Extent, cores: Int) -> [Int] { [cores] }

    /// A million files take minutes to make, and again for each clean build.
    static func runs(_ extent: Extent, size: Int) -> Int { size < 1_000_000 ? extent.runs : 2 }

    static func run(_ bench: Bench) async throws {
        var project = try SourceProject(count: bench.size)
        let steps = try FilesSteps(bench: bench)
        try steps.measureLooks(&project)
        let tree = try steps.measureTree(&project)
        let flat = try steps.measureFlat(&project)
        try steps.measureLeaves(&project)
        guard bench.withPeers else { return }
        for (peer, others) in try Peers.measure(bench, &project) {
            for (shape, ours) in [("tree", tree), ("flat", flat)] {
                bench.report("\(shape): no-op, to \(peer.title)'s", ratio: ours.noop, to: others.noop)
                bench.report("\(shape): no-op, detected, to \(peer.title)'s", ratio: ours.detected, to: others.noop)
                bench.report("\(shape): change 1 named, to \(peer.title)'s", ratio: ours.named, to: others.change)
                bench.report("\(shape): change 1 detected, to \(peer.title)'s", ratio: ours.found, to: others.change)
            }
        }
    }
}

extension FilesSteps {
    /// What a build takes in a fresh process.
    fileprivate struct Figures {
        /// Nothing has changed: required, or found out by an update.
        let noop: Duration
        let detected: Duration

        /// A file has changed that the caller names, or that an update has to find.
        let named: Duration
        let found: Duration
    }

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

    /// The build with one task for each folder, with the parts of each step.
    fileprivate func measureTree(_ project: inout SourceProject) throws -> Figures {
        let parts = ["opening", "session", "closing"]
        try measureClean(.tree, &project, parts: parts)
        let (noop, detected) = try measureNoops(.tree, &project, parts: parts)
        let open = FilesPhase("open", "open", .tree, executed: 0, expected: .file, parts: ["opening", "look-up", ""])
        try measure(open, &project) { run, project in project.file(run) }
        let (named, found) = try measureChanges(.tree, .result, &project, parts: parts)
        bench.report("tree: on disk after changes", bytes: project.storeSize(.tree), per: .files(bench.size))
        return Figures(noop: noop, detected: detected, named: named, found: found)
    }

    /// The build with one task that requires those of all files: it has to run whichever of them changes.
    fileprivate func measureFlat(_ project: inout SourceProject) throws -> Figures {
        try measureClean(.flat, &project)
        let (noop, detected) = try measureNoops(.flat, &project)
        let (named, found) = try measureChanges(.flat, .result, &project)
        return Figures(noop: noop, detected: detected, named: named, found: found)
    }

    /// The same, but updates leave the one task alone.
    fileprivate func measureLeaves(_ project: inout SourceProject) throws {
        _ = try step(FilesPhase("clean", "require", .leaves, executed: 0, expected: .nothing), project, file: 0)
        _ = try measureChanges(.leaves, .file, &project)
    }

    private func measureClean(_ shape: BuildShape, _ project: inout SourceProject, parts: [String] = []) throws {
        let tasks = shape.tasks(bench.size)
        let clean = FilesPhase("clean", "require", shape, executed: tasks, expected: .result, parts: parts)
        try measure(clean, &project) { _, project in
            project.removeStore(shape)
            return 0
        }
        bench.report("\(shape.rawValue): on disk", bytes: project.storeSize(shape), per: .files(bench.size))
    }

    private func measureNoops(
        _ shape: BuildShape,
        _ project: inout SourceProject,
        parts: [String] = []
    ) throws -> (noop: Duration, detected: Duration) {
        var quiet = FilesPhase("no-op", "require", shape, executed: 0, expected: .result, parts: parts)
        quiet.isQuiet = true
        let noop = try measure(quiet, &project) { _, _ in 0 }
        quiet.name = "no-op, detected"
        quiet.step = "detect"
        return (noop, try measure(quiet, &project) { _, _ in 0 })
    }

    private func measureChanges(
        _ shape: BuildShape,
        _ expected: FilesPhase.Expected,
        _ project: inout SourceProject,
        parts: [String] = []
    ) throws -> (named: Duration, detected: Duration) {
        var change = FilesPhase("change 1 named", "named", shape, executed: shape.height, expected: expected)
        change.parts = parts
        let named = try measure(change, &project) { _, project in try project.edit() }
        change.name = "change 1 detected"
        change.step = "detect"
        return (named, try measure(change, &project) { _, project in try project.edit() })
    }
}
