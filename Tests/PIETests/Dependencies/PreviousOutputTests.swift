// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// What a task's output was before this session.
@Suite struct PreviousOutputTests {
    @Test(arguments: [1, 4]) func thePreviousOutputIsThatOfTheLastSuccessBeforeTheSession(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "say 1"])
        let task = Remembering(file: "a")
        #expect(try await world.require(task) == ["say 1", "none"])
        try world.write("say 2", to: "a")
        #expect(try await world.require(task) == ["say 2", "say 1"])
        try world.write("fail", to: "a")
        #expect(await failure { try await world.require(task) } == "fail")
        try world.write("say 3", to: "a")
        #expect(try await world.require(task) == ["say 3", "say 2"])
    }

    @Test(arguments: [1, 4]) func thePreviousOutputIsNoDependency(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let read = ReadText("a")
        let watcher = Watcher(of: read)
        #expect(try await world.require(watcher) == "none")
        #expect(world.executed == tasks(watcher))
        try await world.require(read)
        #expect(try await world.require(watcher) == "none")
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func thePreviousOutputStaysTheSameInASession(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "flag": "1"])
        let read = ReadText("a")
        let watcher = Watcher(of: read, flag: "flag")
        try await world.require(read)
        try world.write("2", to: "a")
        try await world.session { session in
            try await session.require(read)
            let output = try await session.require(watcher)
            #expect(output == "1")
        }
        try world.write("2", to: "flag")
        #expect(try await world.require(watcher) == "2")
    }

    @Test(arguments: [1, 4]) func thePreviousOutputOfAnotherVersionIsNone(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["flag": "1"])
        let task = Versioned()
        let watcher = Watcher(of: task, flag: "flag")
        try await world.require(task)
        #expect(try await world.require(watcher) == "1 ")
        try world.write("2", to: "flag")
        try await Versioned.$present.withValue(2) {
            #expect(try await world.require(watcher) == "none")
            try await world.require(task)
            try world.write("3", to: "flag")
            #expect(try await world.require(watcher) == "2 ")
        }
    }

    @Test func thePreviousOutputOfAnotherVersionIsNoneAlthoughThisOneGivesTheSame() async throws {
        let world = try World(["flag": "1"])
        let watcher = Watcher(of: Steady(), flag: "flag")
        try await world.require(Steady())
        try await Steady.$present.withValue(2) {
            let before = try await world.session { session in
                _ = try await session.require(Steady())
                return try await session.require(watcher)
            }
            #expect(before == "none")
        }
    }

    @Test(arguments: [1, 4]) func thePreviousOutputIsThereInAnUpdateToo(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "say 1"])
        let task = Remembering(file: "a")
        try await world.require(task)
        try world.write("say 2", to: "a")
        try await world.update("a")
        #expect(world.pie.lastOutput(of: task) == ["say 2", "say 1"])
    }

    @Test func thereIsNoPreviousOutputFromScratch() async throws {
        let world = try World(["a": "say 1"])
        let task = Remembering(file: "a")
        try await world.require(task)
        #expect(try await world.fresh(task) == ["say 1", "none"])
    }
}

/// Gives the same in every version.
private struct Steady: IncrementalTask {
    @TaskLocal static var present = 1
    static let typeIdentifier = "Steady"
    static var version: Int { present }

    func execute(in context: some Context) async throws -> String { "the same" }
}

/// A file's text, and what it was before.
private struct Remembering: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> [String] {
        let text = try await context.readText(file) ?? ""
        if text == "fail" { throw Failure(text: text) }
        return [text, await context.previousOutput(of: self)?.first ?? "none"]
    }
}

/// What another task's output was before.
private struct Watcher<Source: IncrementalTask<String>>: IncrementalTask {
    var source: Source
    var flag: File?

    init(of source: Source, flag: File? = nil) {
        self.source = source
        self.flag = flag
    }

    func execute(in context: some Context) async throws -> String {
        if let flag { _ = try await context.read(flag) }
        return await context.previousOutput(of: source) ?? "none"
    }
}
