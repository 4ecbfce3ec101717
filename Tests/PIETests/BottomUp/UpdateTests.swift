// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Tasks that are required in the course of an update, that are dropped in it, or that it has to remember.
@Suite struct UpdateTests {
    @Test(arguments: [1, 4]) func R8_aScheduledTaskThatARunningOneBeginsToRequireIsMadeConsistentFirst(
        jobs: Int
    ) async throws {
        let world = try World(
            jobs: jobs,
            ["a": "1", "flag": "say off", "root": "run flag\nrun reader", "reader": "read a"]
        )
        let flag = Script("flag")
        let reader = Script("reader")
        try await world.require(Script("root"))
        try world.write("2", to: "a")
        try world.write("run reader", to: "flag")
        try await world.update("a", "flag")
        #expect(world.pie.lastOutput(of: Script("root")) == "2 2")
        #expect(Set(world.log.completed.prefix(2)) == Set(tasks(reader, flag)))
        #expect(world.executed.count == 3)
    }

    @Test(arguments: [1, 4]) func R9_aNewlyRequiredTaskWhoseOwnDependencyIsScheduledIsNotUsedAsItIs(
        jobs: Int
    ) async throws {
        // Z is scheduled, Y above it is not yet; X begins to require Y.
        let files: [File: String] = ["x": "say x", "y": "run z", "z": "read a", "a": "1", "top": "all x y"]
        let world = try World(jobs: jobs, files)
        try await world.require(Script("top"))
        try world.write("run y", to: "x")
        try world.write("2", to: "a")
        try await world.update("x", "a")
        #expect(world.pie.lastOutput(of: Script("x")) == "2")
        #expect(world.executed.count == Set(world.executed).count, "no task is executed twice")
        #expect(Set(world.executed) == Set(tasks(Script("x"), Script("y"), Script("z"), Script("top"))))
    }

    @Test(arguments: [1, 4]) func R8_aTaskThatNobodyObservesIsCheckedWhenItIsRequired(jobs: Int) async throws {
        // The gate has required `a` once and dropped it; `a` was not kept up to date since.
        let world = try World(jobs: jobs, ["gate": "run a", "a": "read f", "f": "1"])
        let gate = Script("gate")
        #expect(try await world.require(gate) == "1")
        try world.write("say off", to: "gate")
        try await world.update("gate")
        try world.write("2", to: "f")
        #expect(try await world.update("f").executed == 0)

        try world.write("run a", to: "gate")
        try await world.session { session in
            try await session.update(.files(["gate"]))
            let output = try await session.require(gate)
            #expect(output == "2")
        }
        #expect(world.runs == [Run(gate, .file("gate")), Run(Script("a"), .file("f"))])
    }

    @Test(arguments: [1, 4]) func R8_aTaskThatWasChangedInAPlainSessionIsTakenUp(jobs: Int) async throws {
        // The session for `gate` alone neither runs nor forgets `a`.
        let world = try World(jobs: jobs, ["gate": "say off", "a": "read f", "f": "1"])
        let gate = Script("gate")
        let a = Script("a")
        try await world.require(all: [a, gate])
        try world.write("2", to: "f")
        try await world.require(gate)
        #expect(world.runs == [])
        try world.write("run a", to: "gate")
        try await world.update("gate", "f")
        #expect(world.pie.lastOutput(of: gate) == "2")
        #expect(Set(world.executed) == Set(tasks(gate, a)))
    }

    @Test(arguments: [1, 4]) func R8_requirersThatHaveNotSeenAChangedOutputArePending(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "A"])
        let read = ReadText("a")
        let lower = Lower(read)
        try await world.require(lower)
        try world.write("B", to: "a")
        try await world.require(read)
        #expect(world.executed == tasks(read))

        try await world.update()
        #expect(world.runs == [Run(lower, .output(of: read))])
        try await world.update()
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R8_readersThatHaveNotSeenAChangedProvidedFileArePending(jobs: Int) async throws {
        let world = try World(
            jobs: jobs,
            ["a": "1", "main": "run maker\nread out", "maker": "read a\nrun copy", "copy": ""]
        )
        let copy = Job("copy", .read("a"), .save("out"))
        let quiet = Job("quiet", .ignore(copy), .say("done"))
        let reader = Job("reader", .require(quiet), .read("out"))
        try await world.require(reader)
        try world.write("2", to: "a")
        try await world.require(copy)
        try await world.update()
        #expect(world.pie.lastOutput(of: reader) == "done 2")
        #expect(world.runs == [Run(reader, .file("out"))])
    }

    @Test(arguments: [1, 4]) func R9_aScheduledTaskThatItsOnlyRequirerDropsIsNotExecutedAheadOfIt(
        jobs: Int
    ) async throws {
        let world = try World(
            jobs: jobs,
            [
                "main": "run low\nrun child", "low": "read flag", "flag": "1", "child": "run deep", "deep": "read f",
                "f": "1",
            ]
        )
        let main = Script("main")
        try await world.require(main)
        // `main` is pending and scheduled by its own file; nothing below it is affected.
        try world.write("say alone", to: "main")
        try await world.update("main")
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(world.runs == [])
        #expect(world.pie.lastOutput(of: main) == "alone")
    }

    @Test(arguments: [1, 4]) func R9_nothingScheduledRunsAheadOfTheDependencyThatLeadsToIt(jobs: Int) async throws {
        // `main` requires `child` only as long as `low` says so; both change. From scratch `child` would not run: it would fail.
        let files: [File: String] = ["low": "1", "f": "1"]
        let world = try World(jobs: jobs, files)
        let main = Conditional()
        #expect(try await world.require(main) == "1 1")
        try world.write("0", to: "low")
        try world.write("bad", to: "f")
        #expect(try await world.require(main) == "0")
        #expect(!world.executed.contains(AnyTask(Picky(file: "f"))))
    }

    @Test(arguments: [1, 4]) func R9_anErrorOfATaskThatItsRequirersDropIsNobodys(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["low": "1", "f": "1"])
        let main = Conditional()
        try await world.require(main)
        try world.write("0", to: "low")
        try world.write("bad", to: "f")
        try await world.update("low", "f")
        #expect(world.pie.lastOutput(of: main) == "0")
        try await world.update()
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R6_anErrorInAnUpdateCountsWhenItReachesARoot(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run child", "child": "read f", "f": "1"])
        let main = Script("main")
        try await world.require(main)
        try world.write("fail broken", to: "child")
        #expect(await failure { try await world.update("child") } == "broken")
        #expect(world.log.failed == tasks(Script("child"), main))
        #expect(world.pie.lastOutput(of: main) == "1")
        // It is taken up again without being named, and once more when it is repaired.
        #expect(await failure { try await world.update() } == "broken")
        try world.write("say repaired", to: "child")
        try await world.update("child")
        #expect(world.pie.lastOutput(of: main) == "repaired")
        #expect(try await world.update().executed == 0)
    }

    @Test(arguments: [1, 4]) func R6_anErrorThatARequirerCatchesIsNobodysInAnUpdate(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "attempt child", "child": "read f", "f": "1"])
        let main = Script("main")
        try await world.require(main)
        try world.write("fail broken", to: "child")
        try await world.update("child")
        #expect(world.pie.lastOutput(of: main) == "caught")
        try world.write("read f", to: "child")
        try await world.update("child")
        #expect(world.pie.lastOutput(of: main) == "1")
    }

    @Test(arguments: [1, 4]) func R6_anUndoneEditBringsTheOldOutputBackWithoutARun(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run child", "child": "say fine"])
        let main = Script("main")
        try await world.require(main)
        try world.write("fail broken", to: "child")
        #expect(await failure { try await world.update("child") } == "broken")
        try world.write("say fine", to: "child")
        try await world.update("child")
        #expect(world.runs == [])
        #expect(world.pie.lastOutput(of: main) == "fine")
        #expect(try await world.require(main) == "fine")
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R14_changesThatAnUpdateDidNotComeToArePending(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "b": "1"])
        let gate = Gate.make()
        let a = Job("a", .read("a"), .pass(gate.name))
        let b = Job("b", .read("b"))
        gate.open()
        try await world.require(all: [a, b])
        gate.close()
        let before = gate.arrivals
        try world.write("2", to: "a")
        try world.write("2", to: "b")
        let update = Task { try await world.update("a", "b") }
        await gate.arrival(before + 1)
        update.cancel()
        await #expect(throws: CancellationError.self) { try await update.value }
        gate.open()
        try await world.update()
        #expect(world.pie.lastOutput(of: a) == "2")
        #expect(world.pie.lastOutput(of: b) == "2")
        #expect(world.executed.contains(AnyTask(a)))
        #expect(try await world.update("a", "b").executed == 0)
    }
}

/// Requires a task only if a file says so.
private struct Conditional: IncrementalTask {
    func execute(in context: some Context) async throws -> String {
        let low = try await context.require(ReadText("low"))
        if low == "0" { return low }
        return "\(low) \(try await context.require(Picky(file: "f")))"
    }
}

/// Reads a file, and fails on one that is bad.
private struct Picky: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> String {
        let text = try await context.require(ReadText(file))
        if text == "bad" { throw Failure(text: text) }
        return text
    }
}
