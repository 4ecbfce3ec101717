import PIE

/// Reads a file as text; an empty text if there is none.
struct ReadText: IncrementalTask {
    var file: File
    var stamper: FileStamper

    init(_ file: File, _ stamper: FileStamper = .content) {
        self.file = file
        self.stamper = stamper
    }

    func execute(in context: some Context) async throws -> String {
        try await context.readText(file, stamper: stamper) ?? ""
    }
}

/// Another task's output in lower case.
struct Lower<Source: IncrementalTask<String>>: IncrementalTask {
    var source: Source

    init(_ source: Source) {
        self.source = source
    }

    func execute(in context: some Context) async throws -> String {
        try await context.require(source).lowercased()
    }
}

/// Another task's output in upper case.
struct Upper<Source: IncrementalTask<String>>: IncrementalTask {
    var source: Source

    init(_ source: Source) {
        self.source = source
    }

    func execute(in context: some Context) async throws -> String {
        try await context.require(source).uppercased()
    }
}

/// Writes another task's output into a file.
struct WriteText<Source: IncrementalTask<String>>: IncrementalTask {
    var source: Source
    var file: File

    init(_ source: Source, to file: File) {
        self.source = source
        self.file = file
    }

    func execute(in context: some Context) async throws -> NoOutput {
        try await context.write(try await context.require(source), to: file)
        return NoOutput()
    }
}

/// Does one thing after the other.
struct Job: IncrementalTask, CustomStringConvertible {
    var name: String
    var acts: [Act]

    init(_ name: String, _ acts: Act...) {
        self.name = name
        self.acts = acts
    }

    var description: String { name }

    func execute(in context: some Context) async throws -> String {
        try await context.perform(acts, of: self)
    }
}

/// Does what a file says, one act a line, so that an edit changes what it requires, reads and writes.
///
/// Lines are a word and what belongs to it: `say text`, `read file`, `exists file`, `list folder`, `input name`,
/// `write file text`, `run script`, `all script script`, `attempt script`, `fail text`.
struct Script: IncrementalTask, CustomStringConvertible {
    var file: File

    init(_ file: File) {
        self.file = file
    }

    var description: String { file.path }

    func execute(in context: some Context) async throws -> String {
        let text = try await context.readText(file) ?? ""
        return try await context.perform(try text.split(separator: "\n").map(Self.act), of: self)
    }

    private static func act(_ line: Substring) throws -> Act {
        let words = line.split(separator: " ", maxSplits: 1)
        guard let verb = words.first else { return .say("") }
        let rest = words.count > 1 ? String(words[1]) : ""
        let parts = rest.split(separator: " ").map(String.init)
        switch verb {
        case "say": return .say(rest)
        case "read": return .read(File(rest))
        case "exists": return .read(File(rest), .exists)
        case "list": return .list(rest)
        case "input": return .input(rest)
        case "write": return .write(parts.dropFirst().joined(separator: " "), File(parts[0]))
        case "run": return .run(File(rest))
        case "all": return .runAll(parts.map { File($0) })
        case "attempt": return .attempt([.run(File(rest))])
        case "fail": return .fail(rest)
        default: throw Failure(text: "no such act: \(line)")
        }
    }
}

/// A task type whose version a test chooses; it finds the version.
struct Versioned: IncrementalTask {
    @TaskLocal static var present = 1

    static var version: Int { present }

    var file: File = "none"

    func execute(in context: some Context) async throws -> String {
        "\(Self.present) \(try await context.readText(file) ?? "")"
    }
}
