import PIE

/// A compiler of 40 files whose back end writes a file for each function, as in the benchmark of PIE in Java for its
/// bottom-up builds: every fourth file changes, and every hundredth output is deleted.
enum FrontBack: Workload {
    static let name = "frontback"
    static let summary =
        "40 files of n functions, a generated file for each; 10 of 40 change, 1 output of 100 is deleted"

    /// The number of functions in each file.
    static func sizes(_ extent: Extent) -> [Int] { extent.sizes(quick: [250], usual: [25, 250, 2_000]) }

    /// Each build from scratch makes as many files again.
    static func runs(_ extent: Extent, size: Int) -> Int { 3 }

    static func run(_ bench: Bench) async throws {
        var project = try Project(functions: bench.size)
        let all = Project.files * bench.size
        // For each function a file, for each file its functions; resolve, check, generate.
        let tasks = all + Project.files + 3
        func fresh() throws -> Pie { try bench.pie(root: project.folder.path) }
        try await bench.resident(per: .tasks(tasks)) {
            let pie = try fresh()
            _ = try await session(bench, pie, project)
            return pie
        }
        try await bench.measure("scratch", per: .tasks(tasks), executing: tasks) { _ in
            try project.clean()
            return try await session(bench, fresh(), project)
        }
        let pie = try fresh()
        _ = try await session(bench, pie, project)
        try await bench.measure("no-op", per: .tasks(tasks), executing: 0) { _ in
            try await session(bench, pie, project)
        }
        try await bench.measure("no-op, detected", per: .tasks(tasks), executing: 0) { _ in
            try await session(bench, pie, project, .detect)
        }
        let above = project.affected(bottomUp: false)
        try await bench.measure("change", per: .tasks(above), executing: above) { _ in
            _ = try project.edit()
            return try await session(bench, pie, project)
        }
        let affected = project.affected(bottomUp: true)
        try await bench.measure("change named", per: .tasks(affected), executing: affected) { _ in
            let changes = try project.edit()
            return try await session(bench, pie, project, .files(changes))
        }
        try await bench.measure("change detected", per: .tasks(affected), executing: affected) { _ in
            _ = try project.edit()
            return try await session(bench, pie, project, .detect)
        }
    }

    /// Requires everything, after an update if there are changes to tell of.
    private static func session(
        _ bench: Bench,
        _ pie: Pie,
        _ project: Project,
        _ changes: ChangeSet? = nil
    ) async throws -> Cost {
        let cost = try await bench.session(
            pie,
            Generate(),
            gives: project.outputs,
            bottomUp: changes != nil,
            told: changes ?? .detect
        )
        try bench.check(project.isGenerated(), "a generated file is not what it should be")
        return cost
    }
}
