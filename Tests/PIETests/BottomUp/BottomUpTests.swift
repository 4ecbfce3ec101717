// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// What an update executes, in which order and why (R8).
@Suite struct BottomUpTests {
    @Test(arguments: [1, 4]) func R8_anUpdateWithoutChangesExecutesNothing(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        try await world.require(ReadText("a"))
        let report = try await world.update()
        #expect(report.executed == 0)
        #expect(report.reused == 0)
        #expect(world.runs == [])
        #expect(world.log.checked == [])
    }

    @Test(arguments: [1, 4]) func R8_anUpdateOfABuildThatHasNoTasksDoesNothing(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        #expect(try await world.update("a", "b").executed == 0)
        #expect(try await world.detect().executed == 0)
    }

    @Test(arguments: [1, 4]) func R8_theReaderOfAChangedFileExecutes(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "b": "1"])
        let read = ReadText("a")
        try await world.require(all: [read, ReadText("b")])
        try world.write("2", to: "a")
        let report = try await world.update("a")
        #expect(report.executed == 1)
        #expect(report.types.mapValues(\.executed) == [ReadText.typeIdentifier: 1])
        #expect(world.runs == [Run(read, .file("a"))])
        #expect(world.pie.lastOutput(of: read) == "2")
        #expect(
            world.log.lines.filter { !$0.hasPrefix("update") } == [
                "session 2 began", "scheduled \(read)", "checking \(read)", world.log.lines[4],
                "\(read) read a", "executed \(read)", "session 2 ended",
            ]
        )
    }

    @Test(arguments: [1, 4]) func R8_aFileThatIsNamedButDidNotChangeAffectsNothing(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        try await world.require(ReadText("a"))
        #expect(try await world.update("a", "unknown", "./a").executed == 0)
        try world.write("1", to: "a")
        #expect(try await world.update("a").executed == 0)
        #expect(world.log.scheduled == [])
    }

    @Test(arguments: [1, 4]) func R8_requirersFollowInDependencyOrder(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "HI"])
        let lower = Lower(ReadText("a"))
        try await world.require(lower)
        try world.write("HO", to: "a")
        try await world.update("a")
        #expect(world.runs == [Run(lower.source, .file("a")), Run(lower, .output(of: lower.source))])
        #expect(world.pie.lastOutput(of: lower) == "ho")
    }

    @Test(arguments: [1, 4]) func R4_anEqualOutputEndsAnUpdateEarly(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "Hi"])
        let lower = Lower(ReadText("a"))
        let write = WriteText(lower, to: "out")
        try await world.require(write)
        try world.write("hI", to: "a")
        try await world.update("a")
        #expect(world.executed == tasks(lower.source, lower))
        #expect(world.log.scheduled == tasks(lower.source, lower))
    }

    @Test(arguments: [1, 4]) func R8_aChangeSpreadsOverSeveralBranches(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "Hi"])
        let read = ReadText("a")
        let lower = WriteText(Lower(read), to: "lower")
        let upper = WriteText(Upper(read), to: "upper")
        try await world.session { session in
            try await session.require(lower)
            try await session.require(upper)
        }

        try world.write("hI", to: "a")
        try await world.update("a")
        #expect(
            Set(world.runs) == [
                Run(read, .file("a")), Run(lower.source, .output(of: read)), Run(upper.source, .output(of: read)),
            ]
        )
        #expect(world.executed.first == AnyTask(read))

        try world.write("Ho", to: "a")
        try await world.update("a")
        #expect(world.executed.count == 5)
        #expect(world.executed.first == AnyTask(read))
        #expect(
            Set(world.runs.suffix(2)) == [
                Run(lower, .output(of: lower.source)), Run(upper, .output(of: upper.source)),
            ]
        )
        #expect(try world.text(of: "lower") == "ho")
        #expect(try world.text(of: "upper") == "HO")
    }

    @Test(arguments: [1, 4]) func R8_detectFindsWhatChanged(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "b": "1", "folder/c": "1"])
        let a = Job("a", .read("a"))
        let b = Job("b", .read("b"))
        let list = Job("list", .list("folder"))
        try await world.require(all: [a, b, list])
        #expect(try await world.detect().executed == 0)
        try world.write("2", to: "b")
        try world.write("2", to: "folder/d")
        try await world.detect()
        #expect(Set(world.runs) == [Run(b, .file("b")), Run(list, .resource("DirectoryListing folder/*"))])
        #expect(world.pie.lastOutput(of: list) == "c d")
    }

    @Test(arguments: [1, 4]) func R8_aNamedFileThatEntersOrLeavesAListingAffectsIt(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["folder/a": "1"])
        let list = Job("list", .list("folder"))
        try await world.require(list)
        try world.write("1", to: "folder/b")
        try await world.update("folder/b")
        #expect(world.pie.lastOutput(of: list) == "a b")
        try world.write("2", to: "folder/b")
        try await world.update("folder/b")
        #expect(world.runs == [], "the names are the same")
        try world.remove("folder/a")
        try await world.update("folder/a")
        #expect(world.pie.lastOutput(of: list) == "b")
    }

    @Test(arguments: [1, 4]) func R8_inputsThatWereSetAreTakenUpUnasked(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("task", .input("name"))
        world.pie.set(Input<String>("name"), to: "1")
        world.pie.set(Input<String>("other"), to: "1")
        try await world.require(task)
        world.pie.set(Input<String>("other"), to: "2")
        #expect(try await world.update().executed == 0)
        world.pie.set(Input<String>("name"), to: "2")
        try await world.update()
        #expect(world.runs == [Run(task, .resource("Input<String> name: String"))])
        #expect(world.pie.lastOutput(of: task) == "2")
        world.pie.set(Input<String>("name"), to: "3")
        world.pie.set(Input<String>("name"), to: "2")
        #expect(try await world.update().executed == 0)
    }

    @Test(arguments: [1, 4]) func R8_tasksOfAnotherVersionAreTakenUpUnasked(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Versioned()
        let upper = Upper(task)
        try await world.require(upper)
        try await Versioned.$present.withValue(2) {
            try await world.update()
            #expect(world.runs == [Run(task, .version), Run(upper, .output(of: task))])
        }
    }

    @Test(arguments: [1, 4]) func R8_theProviderOfAChangedFileRunsAndItsReadersFollowIfItDiffers(jobs: Int) async throws
    {
        let world = try World(jobs: jobs, ["main": "run maker\nread out", "maker": "write out 1"])
        let main = Script("main")
        try await world.require(main)
        try world.write("2", to: "out")
        try await world.update("out")
        #expect(world.runs == [Run(Script("maker"), .provided("out"))])
        try world.write("write out 3", to: "maker")
        try world.write("2", to: "out")
        try await world.update("maker", "out")
        #expect(world.runs == [Run(Script("maker"), .file("maker")), Run(main, .file("out"))])
        #expect(world.pie.lastOutput(of: main) == " 3")
    }

    @Test(arguments: [1, 4]) func R8_aFileMovesBetweenProvidersInAnUpdate(jobs: Int) async throws {
        let files: [File: String] = [
            "main": "all p q\nread out", "p": "write out P", "q": "say q", "other": "run p",
        ]
        let world = try World(jobs: jobs, files)
        let main = Script("main")
        try await world.require(main)
        try world.write("say p", to: "p")
        try world.write("write out Q", to: "q")
        try await world.update("p", "q")
        #expect(try world.text(of: "out") == "Q")
        #expect(world.pie.lastOutput(of: main) == "p  Q")
        #expect(try await world.fresh(main) == "p  Q")

        try world.write("say q", to: "q")
        try world.write("write out P", to: "p")
        try await world.update("p", "q")
        #expect(world.pie.lastOutput(of: main) == " q P")
        try await world.update("p", "q", "out")
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R5_thereAndBackIsNoChangeBottomUp(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "A"])
        let read = ReadText("a")
        let lower = Lower(read)
        try await world.require(lower)
        try world.write("B", to: "a")
        try await world.require(read)
        try world.write("A", to: "a")
        try await world.update("a")
        #expect(world.runs == [Run(read, .file("a"))])
        #expect(world.pie.lastOutput(of: lower) == "a")
    }

    @Test(arguments: [1, 4]) func R8_afterAnUpdateARequirementIsALookUp(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "HI", "b": "1"])
        let lower = Lower(ReadText("a"))
        let other = ReadText("b")
        try await world.require(lower)
        try await world.require(other)
        try world.write("HO", to: "a")
        try await world.session { session in
            try await session.update(.files(["a"]))
            let outputs = try await (session.require(lower), session.require(other))
            #expect(outputs == ("ho", "1"))
        }
        #expect(world.executed == tasks(lower.source, lower))
        #expect(!world.log.checked.contains(AnyTask(other)), "it was kept up to date")
    }
}
