// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Files that one task provides and another reads.
@Suite struct GeneratedFileTests {
    /// Its own output never changes, only the file does.
    private let generator = Job("generator", .ignore(Job("source", .read("source"))), .ignore(copy), .say("done"))
    private static let copy = Job("copy", .read("source"), .save("out"))

    @Test(arguments: [1, 4]) func R3_aGeneratedFileIsCheckedAfterItsGenerator(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1"])
        let consumer = Job("consumer", .require(generator), .read("out"))
        #expect(try await world.require(consumer) == "done 1")

        try world.write("2", to: "source")
        #expect(try await world.require(consumer) == "done 2", "and not first in the session after")
        #expect(world.runs.contains(Run(consumer, .file("out"))), "the generator's output has not changed")
        #expect(world.executed.last == AnyTask(consumer))
        #expect(!world.executed.contains(AnyTask(generator)))
        try await world.require(consumer)
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R3_alsoWhenTheGeneratorIsRequiredTwice(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1"])
        let consumer = Job("consumer", .require(generator), .read("out"), .require(generator))
        #expect(try await world.require(consumer) == "done 1 done")
        try world.write("2", to: "source")
        #expect(try await world.require(consumer) == "done 2 done")
        #expect(world.runs.last == Run(consumer, .file("out")))
    }

    @Test(arguments: [1, 4]) func R3_alsoBottomUp(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1"])
        let consumer = Job("consumer", .require(generator), .read("out"))
        try await world.require(consumer)
        try world.write("2", to: "source")
        try await world.update("source")
        #expect(world.pie.lastOutput(of: consumer) == "done 2")
        #expect(world.runs.last == Run(consumer, .file("out")))
        #expect(try await world.fresh(consumer) == "done 2")
    }

    @Test(arguments: [1, 4]) func aDeletedGeneratedFileIsMadeAgainAndNothingElseRuns(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1"])
        let read = ReadText("source")
        let write = WriteText(read, to: "out")
        let consumer = ReadAfter(write, "out")
        #expect(try await world.require(consumer) == "1")

        try world.remove("out")
        #expect(try await world.require(consumer) == "1")
        #expect(world.runs == [Run(write, .provided("out"))])
        #expect(try world.text(of: "out") == "1")

        try world.write("2", to: "source")
        #expect(try await world.require(consumer) == "2")
        #expect(
            world.runs == [Run(read, .file("source")), Run(write, .output(of: read)), Run(consumer, .file("out"))]
        )
    }

    @Test(arguments: [1, 4]) func aTamperedGeneratedFileIsMadeAgainAndItsReadersDoNotRunBottomUp(jobs: Int) async throws
    {
        let world = try World(jobs: jobs, ["source": "1"])
        let write = WriteText(ReadText("source"), to: "out")
        let consumer = ReadAfter(write, "out")
        try await world.require(consumer)
        try world.write("tampered", to: "out")
        try await world.update("out")
        #expect(world.runs == [Run(write, .provided("out"))])
        #expect(try world.text(of: "out") == "1")
    }

    @Test(arguments: [1, 4]) func R15_whatAnotherProgramReadAndWroteIsDependedOnAndProvided(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1"])
        let tool = Tool(root: world.folder.root, input: "source", output: "out")
        let consumer = ReadAfter(tool, "out")
        #expect(try await world.require(consumer) == "1")
        try await world.require(consumer)
        #expect(world.runs == [])
        try world.write("2", to: "source")
        #expect(try await world.require(consumer) == "2")
        #expect(world.runs == [Run(tool, .file("source")), Run(consumer, .file("out"))])
        try world.write("tampered", to: "out")
        #expect(try await world.require(consumer) == "2")
        #expect(world.runs == [Run(tool, .provided("out"))])
    }

    @Test(arguments: [1, 4]) func R15_anInputThatIsEditedWhileItsTaskRunsIsNeverRecordedAsFresh(jobs: Int) async throws
    {
        let world = try World(jobs: jobs, ["source": "1"])
        let gate = Gate.make()
        let task = Job("task", .read("source"), .pass(gate.name))
        let tool = Job("tool", .depend("source"), .pass(gate.name), .say("ran"))
        for job in [task, tool] {
            try world.write("1", to: "source")
            gate.close()
            let before = gate.arrivals
            async let result = world.require(job)
            await gate.arrival(before + 1)
            try world.write("2", to: "source")
            gate.open()
            _ = try await result

            try await world.require(job)
            #expect(world.runs == [Run(job, .file("source"))], "\(job)")
            try await world.require(job)
            #expect(world.runs == [], "\(job)")
        }
    }

    @Test(arguments: [1, 4]) func R15_anInputThatIsEditedAndRestoredWhileAToolRunsIsNoChange(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1"])
        let gate = Gate.make()
        let tool = Job("tool", .depend("source"), .pass(gate.name), .say("ran"))
        async let result = world.require(tool)
        await gate.arrival()
        try world.write("2", to: "source")
        try world.write("1", to: "source")
        gate.open()
        _ = try await result
        try await world.require(tool)
        #expect(world.runs == [])
    }
}

/// Reads a file after a task that provides it.
struct ReadAfter<Generator: IncrementalTask>: IncrementalTask {
    var generator: Generator
    var file: File

    init(_ generator: Generator, _ file: File) {
        self.generator = generator
        self.file = file
    }

    func execute(in context: some Context) async throws -> String {
        try await context.require(generator)
        return try await context.readText(file) ?? "none"
    }
}

/// Stands for another program that copies a file.
private struct Tool: IncrementalTask {
    var root: String
    var input: File
    var output: File

    func execute(in context: some Context) async throws -> NoOutput {
        try await context.depend(on: input)
        let folder = FileSystemOutside(root: root)
        try folder.copy(input, to: output)
        try await context.provide(output)
        return NoOutput()
    }
}
