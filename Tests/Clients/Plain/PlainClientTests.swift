import PIE
import Testing

/// A client in Swift 6 mode with the compiler's own defaults, none of the features that PIE itself is built with.
struct Words: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> Set<String> {
        let text = try await context.readText(file) ?? ""
        return Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}

/// What a requirer that only needs to know how many there are depends on.
struct CountStamper: OutputStamper {
    func stamp(_ output: Set<String>) -> Int { output.count }
}

struct Index: IncrementalTask {
    var folder: String
    var output: File

    func execute(in context: some Context) async throws -> NoOutput {
        let names = try await context.read(DirectoryListing(folder, matching: "*.txt")) ?? []
        let words = try await context.require(all: names.map { Words(file: File("\(folder)/\($0)")) })
        let common = words.reduce(into: words.first ?? []) { $0.formIntersection($1) }
        try await context.write(common.sorted().joined(separator: "\n"), to: output)
        return NoOutput()
    }
}

/// A resource of the client's own.
struct Moon: Resource {
    func load(in scope: ResourceScope) async throws -> (String, String) { ("full", "full") }
    func stamp(in scope: ResourceScope) async throws -> String { "full" }
}

struct Mixed: IncrementalTask {
    func execute(in context: some Context) async throws -> String {
        let (words, _, none) = try await context.require(
            Words(file: "a.txt"),
            Index(folder: ".", output: "index"),
            Words(file: "missing")
        )
        let count = try await context.require(Words(file: "b.txt"), stamper: CountStamper()).count
        let moon = try await context.read(Moon())
        let before = await context.previousOutput(of: self) ?? "nothing"
        return "\(words.count) \(none.count) \(count) \(moon) after \(before.prefix(7))"
    }
}

@Suite struct PlainClientTests {
    @Test func aClientWithDefaultSettingsBuilds() async throws {
        let workspace = try Workspace(["a.txt": "x y z", "b.txt": "z x"])
        let log = EventLog()
        let pie = try Pie(root: workspace.root, trackers: [log])
        #expect(try await pie.session { try await $0.require(Mixed()) } == "3 0 2 full after nothing")
        log.clear()
        try workspace.write("x q", to: "b.txt")
        let report = try await pie.session { try await $0.update(.files(["b.txt"])) }
        #expect(report.types[Words.typeIdentifier]?.executed == 1)
        #expect(log.executed(Index.self).count == 1)
        #expect(log.executions(of: Mixed()) == 0)
        #expect(pie.lastOutput(of: Words(file: "b.txt")) == ["x", "q"])
    }

    @Test func anActorMayHoldASession() async throws {
        let workspace = try Workspace(["a.txt": "x y z"])
        let editor = Editor(pie: try Pie(root: workspace.root))
        #expect(try await editor.check("a.txt") == ["x", "y", "z"])
        #expect(await editor.checks == 1)
    }
}

private actor Editor {
    let pie: Pie
    var checks = 0

    init(pie: Pie) {
        self.pie = pie
    }

    func check(_ file: File) async throws -> Set<String> {
        try await pie.session { session in
            // The body runs on this actor: its state is at hand.
            checks += 1
            return try await session.require(Words(file: file))
        }
    }
}
