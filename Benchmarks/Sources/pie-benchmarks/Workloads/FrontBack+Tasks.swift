import PIE

extension FrontBack {
    /// The functions of one file.
    struct Front: IncrementalTask {
        var file: String

        func execute(in context: some Context) async throws -> [String] {
            Executions.note()
            let text = try await context.readText(File("front/" + file)) ?? ""
            return text.split(separator: "\n").map { String($0) }
        }
    }

    /// The functions of all files.
    struct Resolve: IncrementalTask {
        func execute(in context: some Context) async throws -> [String] {
            Executions.note()
            guard let files = try await context.read(DirectoryListing("front")) else { return [] }
            return try await context.require(all: files.map { Front(file: $0) }).flatMap { $0 }
        }
    }

    /// How long the names of all functions are together.
    struct Check: IncrementalTask {
        func execute(in context: some Context) async throws -> Int {
            Executions.note()
            return try await context.require(Resolve()).reduce(0) { $0 + $1.utf8.count }
        }
    }

    /// Whether there is anything to generate; all that the tasks behind the check want to know of it.
    struct IsPositive: Projection {
        func project(_ output: Int) -> Bool { output > 0 }
    }

    /// The file generated for one function.
    struct Back: IncrementalTask {
        var function: String

        func execute(in context: some Context) async throws -> String? {
            Executions.note()
            guard try await context.require(Check(), projecting: IsPositive()) else { return nil }
            let path = FrontBack.output(function)
            try await context.write(function.uppercased(), to: File(path))
            return path
        }
    }

    /// The files generated for all functions.
    struct Generate: IncrementalTask {
        func execute(in context: some Context) async throws -> [String] {
            Executions.note()
            guard try await context.require(Check(), projecting: IsPositive()) else { return [] }
            let functions = try await context.require(Resolve())
            return try await context.require(all: functions.map { Back(function: $0) }).compactMap { $0 }
        }
    }

    /// Where the file of a function is.
    static func output(_ function: String) -> String { "back/\(function).back" }
}
