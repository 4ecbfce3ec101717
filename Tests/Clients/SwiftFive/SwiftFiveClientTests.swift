import PIE
import Testing

/// A client in Swift 5 mode, written as its author would who has never heard of isolation.
struct Parse: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> [String] {
        guard let text = try await context.readText(file) else { throw Missing(file: file) }
        return text.split(separator: "\n").map(String.init)
    }
}

struct Missing: Error, Equatable {
    var file: File
}

struct LineCount: Projection {
    func project(_ lines: [String]) -> Int { lines.count }
}

struct Longest: IncrementalTask {
    var files: [File]
    static let limit = Input<Int>("limit", default: 80)

    func execute(in context: some Context) async throws -> Int {
        let limit = try await context.read(Longest.limit)
        async let first = context.require(Parse(file: files[0]), projecting: LineCount())
        async let second = context.require(Parse(file: files[1]), projecting: LineCount())
        return min(limit, max(try await first, try await second))
    }
}

struct Everything: IncrementalTask {
    var tasks: [AnyTask]

    func execute(in context: some Context) async throws -> Int {
        try await context.require(all: tasks).count
    }
}

/// A tracker with state that only its author knows to be safe.
final class Counter: Tracker, @unchecked Sendable {
    var executed = 0

    func handle(_ event: BuildEvent) {
        if case .executed = event { executed += 1 }
    }
}

@Suite struct SwiftFiveClientTests {
    @Test func aClientInSwiftFiveModeBuilds() async throws {
        let workspace = try Workspace(["a": "1\n2\n3\n", "b": "1\n"])
        let counter = Counter()
        let pie = try Pie(root: workspace.root, tasks: [Parse.self, Longest.self], trackers: [counter])
        let longest = Longest(files: ["a", "b"])
        var outputs: [Int] = []
        try await pie.session { session in
            outputs.append(try await session.require(longest))
        }
        pie.set(Longest.limit, to: 2)
        try await pie.session { session in
            let report = try await session.update(.files([]))
            #expect(report.executed == 1)
            outputs.append(try await session.require(longest))
        }
        #expect(outputs == [3, 2])
        #expect(counter.executed == 4)

        let all = Everything(tasks: [AnyTask(longest), AnyTask(Parse(file: "a"))])
        #expect(try await pie.session { try await $0.require(all) } == 2)
    }

    @Test func anErrorOfATaskComesThroughUntouched() async throws {
        let workspace = try Workspace([:])
        let pie = try Pie(root: workspace.root)
        await #expect(throws: Missing(file: "a")) {
            try await pie.session { try await $0.require(Longest(files: ["a", "b"])) }
        }
    }
}
