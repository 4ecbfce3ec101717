// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// What is executed, in which order and why, when tasks are required.
@Suite struct TopDownTests {
    @Test(arguments: [1, 4]) func R7_aNewTaskIsExecutedAndNothingElseHappens(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("constant", .say("one"))

        #expect(try await world.require(task) == "one")
        #expect(
            world.log.lines == [
                "session 1 began", "the host requires constant", "executing constant: new", "executed constant",
                "the host got constant", "session 1 ended",
            ]
        )
    }

    @Test(arguments: [1, 4]) func R7_aConsistentTaskIsReused(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("constant", .say("one"))
        try await world.require(task)

        #expect(try await world.require(task) == "one")
        #expect(
            world.log.lines == [
                "session 2 began", "the host requires constant", "checking constant", "reused constant",
                "the host got constant", "session 2 ended",
            ]
        )
    }

    @Test(arguments: [1, 4]) func R7_onlyWhatTheRequiredTaskReachesIsVisited(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "A", "b": "B"])
        let a = Lower(ReadText("a"))
        let b = Lower(ReadText("b"))
        try await world.require(all: [a, b])
        try world.write("A2", to: "a")
        try world.write("B2", to: "b")

        #expect(try await world.require(a) == "a2")
        #expect(world.executed == tasks(a.source, a))
        #expect(world.log.checked == tasks(a, a.source))
        #expect(try await world.require(b) == "b2")
        #expect(world.executed == tasks(b.source, b))
    }

    @Test(arguments: [1, 4]) func twoValuesOfOneTypeAreTwoTasks(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "b": "2"])
        #expect(try await world.require(ReadText("a")) == "1")
        #expect(try await world.require(ReadText("b")) == "2")
        #expect(world.runs == [Run(ReadText("b"), .new)])
        #expect(try await world.require(ReadText("./x/../a")) == "1")
        #expect(world.runs == [], "the name of a file is normalised")
    }

    @Test(arguments: [1, 4]) func equalTasksOfTwoTypesAreTwoTasks(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "Ab"])
        let lower = Lower(ReadText("a"))
        let upper = Upper(ReadText("a"))
        #expect(try await world.require(lower) == "ab")
        #expect(try await world.require(upper) == "AB")
        #expect(world.runs == [Run(upper, .new)])
    }

    @Test(arguments: [1, 4]) func aTaskRunsAgainWhenItsFileHasChanged(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let task = ReadText("a")
        #expect(try await world.require(task) == "1")
        #expect(try await world.require(task) == "1")
        #expect(world.runs == [])

        try world.write("2", to: "a")
        #expect(try await world.require(task) == "2")
        #expect(world.runs == [Run(task, .file("a"))])
        #expect(try await world.require(task) == "2")
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func aTaskRunsAgainWhenItsMissingFileAppearsOrGoes(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("reader", .read("a"))
        #expect(try await world.require(task) == "none")
        #expect(try await world.require(task) == "none")
        #expect(world.runs == [])

        try world.write("1", to: "a")
        #expect(try await world.require(task) == "1")
        #expect(world.runs == [Run(task, .file("a"))])
        try world.remove("a")
        #expect(try await world.require(task) == "none")
        #expect(world.runs == [Run(task, .file("a"))])
    }

    @Test(arguments: [1, 4]) func aChangeSpreadsUpwardsInOrder(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "HELLO"])
        let read = ReadText("a")
        let lower = Lower(read)
        #expect(try await world.require(lower) == "hello")
        #expect(world.runs == [Run(lower, .new), Run(read, .new)])
        #expect(world.log.completed == tasks(read, lower))
        #expect(try await world.require(lower) == "hello")
        #expect(world.runs == [])

        try world.write("WORLD", to: "a")
        #expect(try await world.require(lower) == "world")
        #expect(world.runs == [Run(read, .file("a")), Run(lower, .output(of: read))])
        #expect(world.log.completed == tasks(read, lower))
    }

    @Test(arguments: [1, 4]) func R4_aTaskWhoseOutputStaysEqualDoesNotMakeItsRequirerRun(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "Hello"])
        let lower = Lower(ReadText("a"))
        let upper = Upper(lower)
        #expect(try await world.require(upper) == "HELLO")

        try world.write("hELLO", to: "a")
        #expect(try await world.require(upper) == "HELLO")
        #expect(world.runs == [Run(lower.source, .file("a")), Run(lower, .output(of: lower.source))])
        #expect(world.log.reused == tasks(upper))
    }

    @Test(arguments: [1, 4]) func aTaskDependsOnlyOnWhatItRequiredItself(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "Hello"])
        let lower = Lower(ReadText("a"))
        let upper = Upper(lower)
        #expect(try await world.require(lower) == "hello")
        #expect(try await world.require(upper) == "HELLO")
        #expect(world.runs == [Run(upper, .new)])

        // A dependency of `upper` on the reader itself would make it run.
        try world.write("HELLo", to: "a")
        #expect(try await world.require(upper) == "HELLO")
        #expect(world.executed == tasks(lower.source, lower))
    }

    @Test(arguments: [1, 4]) func aChangedOutputIsTheInputOfAnotherTask(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "say A"])
        let combine = Combine(file: "main")
        let read = ReadText("main")
        #expect(try await world.require(combine) == "say a")
        #expect(world.executed == tasks(combine, read, LowerCase(text: "say A")))

        try world.write("say B", to: "main")
        #expect(try await world.require(combine) == "say b")
        #expect(
            world.runs == [
                Run(read, .file("main")), Run(combine, .output(of: read)), Run(LowerCase(text: "say B"), .new),
            ]
        )
    }

    @Test(arguments: [1, 4]) func R11_aTaskMayProvideItsFileAgain(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let write = WriteText(ReadText("a"), to: "out")
        let parent = Job("parent", .require(Job("write", .read("a"), .save("out2"))))
        try await world.require(write)
        try await world.require(parent)
        try world.write("2", to: "a")
        try await world.require(write)
        #expect(world.executed == tasks(write.source, write))
        #expect(try await world.require(parent) == "2")
        #expect(try world.text(of: "out") == "2")
        #expect(try world.text(of: "out2") == "2")
    }

    @Test(arguments: [1, 4]) func aProvidedFileThatWasTamperedWithIsMadeAgain(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let write = WriteText(ReadText("a"), to: "out")
        try await world.require(write)
        #expect(try world.text(of: "out") == "1")

        try world.write("tampered", to: "out")
        try await world.require(write)
        #expect(world.runs == [Run(write, .provided("out"))])
        #expect(try world.text(of: "out") == "1")

        try world.remove("out")
        try await world.require(write)
        #expect(world.runs == [Run(write, .provided("out"))])
        #expect(try world.text(of: "out") == "1")
        try await world.require(write)
        #expect(world.runs == [])
    }
}

/// Reads a file, and has its text put into lower case by a task of which the text is the input.
struct Combine: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> String {
        try await context.require(LowerCase(text: try await context.require(ReadText(file))))
    }
}

/// A text in lower case.
struct LowerCase: IncrementalTask {
    var text: String

    func execute(in context: some Context) async throws -> String { text.lowercased() }
}
