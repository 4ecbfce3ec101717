import PIE

/// The tasks that the tests of trackers watch.
enum EventTasks {
    /// Counts the lines of a file, and refuses a file that says `bad`.
    struct Lines: IncrementalTask {
        var file: File

        func execute(in context: some Context) async throws -> Int {
            let text = try await context.readText(file) ?? ""
            if text == "bad" { throw Refusal() }
            return text.split(separator: "\n").count
        }
    }

    /// Adds the lines of several files up, in parallel.
    struct Total: IncrementalTask {
        var files: [File]

        func execute(in context: some Context) async throws -> Int {
            try await context.require(all: files.map(Lines.init)).reduce(0, +)
        }
    }

    /// Writes a total to a file.
    struct Report: IncrementalTask {
        var files: [File]
        var output: File

        func execute(in context: some Context) async throws -> NoOutput {
            let total = try await context.require(Total(files: files))
            let first = try await context.require(Lines(file: files[0]))
            try await context.write("\(first) of \(total)", to: output)
            return NoOutput()
        }
    }

    struct Refusal: Error {}
}
