import Foundation
import PIE
import PIETesting

/// The number of words in a file.
struct WordCount: IncrementalTask, CustomStringConvertible {
    var file: File

    init(_ file: File) { self.file = file }

    var description: String { "WordCount(\(file))" }

    func execute(in context: some Context) async throws -> Int {
        let text = try await context.readText(file) ?? ""
        if text == "bad" { throw BadWord() }
        return text.split(whereSeparator: \.isWhitespace).count
    }
}

struct BadWord: Error {}

/// The words of several files together.
struct Total: IncrementalTask, CustomStringConvertible {
    var files: [File]

    init(_ files: File...) { self.files = files }

    var description: String { "Total" }

    func execute(in context: some Context) async throws -> Int {
        var total = 0
        for file in files { total += try await context.require(WordCount(file)) }
        return total
    }
}

/// Writes the total into a file.
struct Report: IncrementalTask, CustomStringConvertible {
    var total: Total
    var output: File

    var description: String { "Report" }

    func execute(in context: some Context) async throws -> NoOutput {
        try await context.write("\(try await context.require(total)) words\n", to: output)
        return NoOutput()
    }
}

/// A task that reads a file behind the context's back, so that no build notices an edit of it.
struct Careless: IncrementalTask, CustomStringConvertible {
    var path: String
    var output: File?

    var description: String { "Careless" }

    func execute(in context: some Context) async throws -> [String] {
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        if let output { try await context.write(text, to: output) }
        return text.split(separator: "\n").map(String.init)
    }
}

/// A workspace, a build in it with one job, and its log.
struct Build {
    let workspace: TemporaryWorkspace
    let log = EventLog()
    let pie: Pie

    init(_ files: [File: String]) throws {
        workspace = try TemporaryWorkspace(files)
        var options = PieOptions()
        options.jobs = 1
        pie = try Pie(root: workspace.root, options: options, trackers: [log])
    }

    /// Requires a task in a session whose events alone are in the log then.
    @discardableResult
    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        log.clear()
        return try await pie.session { try await $0.require(task) }
    }
}
