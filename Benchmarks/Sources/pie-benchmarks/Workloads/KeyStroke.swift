import PIE

/// A small compiler: files of functions are parsed, resolved and checked, and one key is struck in one of them.
enum KeyStroke: Workload {
    static let name = "keystroke"
    static let summary = "W5: files of 50 functions are parsed, resolved and checked; one body changes"

    /// The number of files.
    static func sizes(_ extent: Extent) -> [Int] { extent.sizes(quick: [1_000], usual: [7, 66, 1_000]) }

    static func run(_ bench: Bench) async throws {
        let program = Program(files: bench.size)
        let tasks = Count.tasks(program.tasks)
        try await memory(bench, program)
        try await bench.measure("scratch", per: tasks, executing: program.tasks) { _ in
            let build = try Build(bench, program, bottomUp: false)
            return try await build.all()
        }
        for bottomUp in [false, true] {
            let build = try Build(bench, program, bottomUp: bottomUp)
            _ = try await build.all()
            let suffix = bottomUp ? ", bottom-up" : ""
            try await bench.measure("no-op" + suffix, per: .edges(program.edges), executing: 0) { _ in
                try await build.all()
            }
            try await bench.measure("edit: that file" + suffix, per: .tasks(152), executing: bottomUp ? 153 : 152) {
                _ in
                try await build.diagnostics(editing: true)
            }
            _ = try await build.all()
            try await bench.measure("edit: all" + suffix, per: .tasks(153), executing: 153) { _ in
                try await build.all(editing: true)
            }
        }
    }

    /// What a build of the whole program leaves in memory.
    private static func memory(_ bench: Bench, _ program: Program) async throws {
        let before = Memory.resident
        let build = try Build(bench, program, bottomUp: false)
        _ = try await build.all()
        bench.report("resident", bytes: Memory.resident - before, per: .tasks(program.tasks))
        bench.report("resident at the peak, whole process", bytes: Memory.peak, per: .tasks(program.tasks))
    }

    /// A build of a program in which the function in the middle of one file is edited.
    private final class Build {
        let bench: Bench
        let pie: Pie
        let bottomUp: Bool
        var program: Program

        init(_ bench: Bench, _ program: Program, bottomUp: Bool) throws {
            self.bench = bench
            self.bottomUp = bottomUp
            self.program = program
            pie = try bench.pie()
            for file in program.sources.indices { pie.set(Source.input(file), to: program.sources[file]) }
        }

        var edited: Int { program.sources.count / 2 }

        /// Asks for the diagnostics of the whole program.
        func all(editing: Bool = false) async throws -> Cost {
            if editing { edit() }
            let task = AllDiagnostics(files: UInt32(program.sources.count))
            return try await session(task, expected: program.allDiagnostics, editing)
        }

        /// Asks for the diagnostics of the file that is edited.
        func diagnostics(editing: Bool = false) async throws -> Cost {
            if editing { edit() }
            let task = Diagnostics(file: UInt32(edited), files: UInt32(program.sources.count))
            return try await session(task, expected: program.diagnostics(edited), editing)
        }

        /// Strikes a key; the host hears of it in the session that follows.
        private func edit() { program.sources[edited].bodies[Program.functions / 2] &+= 1 }

        private func session<T: IncrementalTask>(
            _ task: T,
            expected: T.Output,
            _ editing: Bool
        ) async throws -> Cost {
            var output: T.Output?
            let (pie, bottomUp) = (pie, bottomUp)
            let (input, source) = (Source.input(edited), program.sources[edited])
            let time = try await timed {
                if editing { pie.set(input, to: source) }
                output = try await pie.session { session in
                    if bottomUp { try await session.update(.files([])) }
                    return try await session.require(task)
                }
            }
            try bench.check(output == expected, "a wrong output")
            return time
        }
    }
}
