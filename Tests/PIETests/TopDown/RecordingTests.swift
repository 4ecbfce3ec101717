// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Recording, checking and flips, as seen from tasks that are required.
@Suite struct RecordingTests {
    @Test(arguments: [1, 4]) func R2_ofTwoStampersOnOneFileBothCount(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let task = Job("task", .read("a", .exists), .read("a", .content))
        #expect(try await world.require(task) == "1 1")
        try world.write("2", to: "a")
        #expect(try await world.require(task) == "2 2")
        #expect(world.runs == [Run(task, .file("a"))])

        try world.remove("a")
        #expect(try await world.require(task) == "none none")
        #expect(world.runs == [Run(task, .file("a"))])
    }

    @Test(arguments: [1, 4]) func R2_ofTwoStampersOnOneTaskBothCount(jobs: Int) async throws {
        for acts in [[Act.ignore, Act.require], [Act.require, Act.ignore]] {
            let world = try World(jobs: jobs, ["a": "1"])
            let source = Job("source", .read("a"))
            var task = Job("task")
            task.acts = acts.map { $0(source) }
            #expect(try await world.require(task) == "1")
            try world.write("2", to: "a")
            #expect(try await world.require(task) == "2")
            #expect(world.runs == [Run(source, .file("a")), Run(task, .output(of: source))])
        }
    }

    @Test(arguments: [1, 4]) func R2_requiringAgainNeverMovesADependency(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1"])
        let generator = Job("generator", .read("source"), .save("out"))
        let consumer = Job("consumer", .require(generator), .read("out"), .require(generator), .read("out"))
        #expect(try await world.require(consumer) == "1 1 1 1")
        try world.write("2", to: "source")
        #expect(try await world.require(consumer) == "2 2 2 2")
        #expect(world.runs == [Run(generator, .file("source")), Run(consumer, .output(of: generator))])
    }

    @Test(arguments: [1, 4]) func R2_readingAFileThatOneHasWrittenRecordsNothing(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("task", .write("1", "out"), .read("out"), .read("out", .exists))
        #expect(try await world.require(task) == "1 1")
        try await world.require(task)
        #expect(world.runs == [])

        // What it does depend on is the file as it left it.
        try world.write("2", to: "out")
        #expect(try await world.require(task) == "1 1")
        #expect(world.runs == [Run(task, .provided("out"))])
    }

    @Test(arguments: [1, 4]) func R2_ofSeveralWritesTheLastCounts(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("task", .write("1", "out"), .write("2", "out"), .write("3", "out"))
        try await world.require(task)
        #expect(try world.text(of: "out") == "3")
        try await world.require(task)
        #expect(world.runs == [])
        try world.write("1", to: "out")
        try await world.require(task)
        #expect(world.runs == [Run(task, .provided("out"))])
        #expect(try world.text(of: "out") == "3")
    }

    @Test(arguments: [1, 4]) func R3_theCheckStopsAtTheFirstDependencyThatDoesNotHold(jobs: Int) async throws {
        let world = try World(
            jobs: jobs,
            ["main": "read flag\nrun other", "flag": "on", "other": "read deep", "deep": "1"]
        )
        let main = Script("main")
        let other = Script("other")
        #expect(try await world.require(main) == "on 1")

        // A fresh run of `main` no longer requires `other`: it must not be executed, though a file of it changed.
        try world.write("read flag", to: "main")
        try world.write("2", to: "deep")
        #expect(try await world.require(main) == "on")
        #expect(world.runs == [Run(main, .file("main"))])
        #expect(world.log.checked == tasks(main))
        #expect(!world.executed.contains(AnyTask(other)))
    }

    @Test(arguments: [1, 4]) func R3_filesAndTasksAreCheckedInOneOrder(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "b": "1", "c": "1"])
        let first = Job("first", .read("b"))
        let second = Job("second", .read("c"))
        let task = Job("task", .require(first), .read("a"), .require(second))
        #expect(try await world.require(task) == "1 1 1")
        try world.write("2", to: "a")
        try world.write("2", to: "c")

        #expect(try await world.require(task) == "1 2 2")
        #expect(world.runs == [Run(task, .file("a")), Run(second, .file("c"))])
        #expect(world.log.checked == tasks(task, first, second))
    }

    @Test(arguments: [1, 4]) func R3_anOutputOfAnotherVersionIsNotUsed(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Versioned()
        #expect(try await world.require(task) == "1 ")
        try await Versioned.$present.withValue(2) {
            #expect(try await world.require(task) == "2 ")
            #expect(world.runs == [Run(task, .version)])
            #expect(world.log.lines.contains("executing \(task): version 1 became 2"))
            try await world.require(task)
            #expect(world.runs == [])
        }
        #expect(try await world.require(task) == "1 ")
        #expect(world.runs == [Run(task, .version)])
    }

    @Test(arguments: [1, 4]) func R5_thereAndBackIsNoChangeForARequirerThatDidNotRun(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "A"])
        let read = ReadText("a")
        let lower = Lower(read)
        #expect(try await world.require(lower) == "a")
        try world.write("B", to: "a")
        #expect(try await world.require(read) == "B")
        try world.write("A", to: "a")

        #expect(try await world.require(lower) == "a")
        #expect(world.runs == [Run(read, .file("a"))])
        #expect(world.log.reused == tasks(lower))
    }

    @Test(arguments: [1, 4]) func R5_aFileThatIsThereAndBackIsNoChange(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "A", "b": "1"])
        let task = Job("task", .read("a"))
        let other = Job("other", .read("a"))
        try await world.require(task)
        try world.write("B", to: "a")
        #expect(try await world.require(other) == "B")
        try world.write("A", to: "a")
        #expect(try await world.require(task) == "A")
        #expect(world.runs == [])
        #expect(try await world.require(other) == "A")
        #expect(world.runs == [Run(other, .file("a"))])
    }

    @Test(arguments: [1, 4]) func R5_severalRequirersRememberSeveralOutputs(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "A"])
        let read = Job("read", .read("a"))
        let requirers = ["A", "B", "C"].map { Job("requirer \($0)", .require(read)) }
        for (requirer, text) in zip(requirers, ["A", "B", "C"]) {
            try world.write(text, to: "a")
            #expect(try await world.require(requirer) == text)
        }
        for (requirer, text) in zip(requirers, ["A", "B", "C"]) {
            try world.write(text, to: "a")
            #expect(try await world.require(requirer) == text)
            #expect(world.executed == tasks(read), "\(requirer) has seen this output before")
        }
    }

    @Test(arguments: [1, 4]) func R4_theOldValueIsKeptWhenTheNewOneIsEqual(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "Ab"])
        let task = Boxed(file: "a")
        let first = try await world.require(task)
        try world.write("aB", to: "a")
        let second = try await world.require(task)
        #expect(world.runs == [Run(task, .file("a"))])
        #expect(first === second)
        try world.write("other", to: "a")
        #expect(try await world.require(task) !== first)
    }
}

/// An object, compared by its text.
final class TextObject: Equatable, Codable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: TextObject, right: TextObject) -> Bool { left.text == right.text }
}

/// A file's text in lower case, as an object.
struct Boxed: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> TextObject {
        TextObject((try await context.readText(file) ?? "").lowercased())
    }
}
