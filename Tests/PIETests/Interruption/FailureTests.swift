// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Tasks that fail, and what is left of it (R6).
@Suite struct FailureTests {
    @Test(arguments: [1, 4]) func R6_aTaskThatFailedAtFirstRunsWhenItIsNextRequired(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "fail no"])
        let task = Script("a")
        #expect(await failure { try await world.require(task) } == "no")
        #expect(world.runs == [Run(task, .new)])
        #expect(world.pie.lastOutput(of: task) == nil, "an error is no output")
        #expect(await failure { try await world.require(task) } == "no")
        #expect(world.runs == [Run(task, .lastRunFailed)])
        try world.write("say yes", to: "a")
        #expect(try await world.require(task) == "yes")
        #expect(world.runs == [Run(task, .lastRunFailed)])
        try await world.require(task)
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R6_aTaskThatFailsKeepsItsEarlierRecord(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "say yes"])
        let task = Script("a")
        try await world.require(task)
        try world.write("fail no", to: "a")
        #expect(await failure { try await world.require(task) } == "no")
        #expect(world.pie.lastOutput(of: task) == "yes")
        #expect(await failure { try await world.require(task) } == "no")
        #expect(world.runs == [Run(task, .file("a"))])
        try world.write("say again", to: "a")
        #expect(try await world.require(task) == "again")
        #expect(world.runs == [Run(task, .file("a"))])
    }

    @Test(arguments: [1, 4]) func R6_anUndoneEditBringsTheOldOutputBackWithoutARun(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run a", "a": "say yes"])
        let main = Script("main")
        try await world.require(main)
        try world.write("fail no", to: "a")
        #expect(await failure { try await world.require(main) } == "no")
        try world.write("say yes", to: "a")
        #expect(try await world.require(main) == "yes")
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R6_aFailingTaskPoisonsNothing(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run child\nrun other", "child": "fail no", "other": "say other"])
        let main = Script("main")
        #expect(await failure { try await world.require(main) } == "no")
        #expect(try await world.require(Script("other")) == "other")
        try world.write("say child", to: "child")
        #expect(try await world.require(main) == "child other")
        #expect(world.runs == [Run(main, .lastRunFailed), Run(Script("child"), .lastRunFailed)])
    }

    @Test(arguments: [1, 4]) func R6_anErrorReachesEveryRequirerWithoutAnotherRun(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["child": "fail no"])
        let child = Script("child")
        let requirers = (0..<5).map { Job("requirer \($0)", .attempt([.run("child")])) }
        try await world.session { session in
            let outputs = try await session.require(all: requirers)
            #expect(outputs == Array(repeating: "caught", count: 5))
            #expect(await failure { try await session.require(child) } == "no")
            #expect(await failure { try await session.require(all: [child]) } == "no")
        }
        #expect(world.executed.filter { $0 == AnyTask(child) }.count == 1)
    }

    @Test(arguments: [1, 4]) func R3_aCaughtErrorIsADependencyThatNeverHolds(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["child": "fail no"])
        let child = Script("child")
        let main = Job("main", .attempt([.run("child")]), .say("went on"))
        #expect(try await world.require(main) == "caught went on")
        #expect(try await world.require(main) == "caught went on")
        #expect(world.runs == [Run(main, .failure(of: child)), Run(child, .lastRunFailed)])
        try world.write("say yes", to: "child")
        #expect(try await world.require(main) == "yes went on")
        try await world.require(main)
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R3_aDependencyThatThrowsNowDoesNotHold(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["child": "say yes", "flag": "1"])
        let child = Script("child")
        let main = Job("main", .read("flag"), .attempt([.run("child")]))
        #expect(try await world.require(main) == "1 yes")
        try world.write("fail no", to: "child")
        #expect(try await world.require(main) == "1 caught")
        #expect(world.runs == [Run(child, .file("child")), Run(main, .failure(of: child))])
    }

    @Test(arguments: [1, 4]) func R6_aRequirerFailsBecauseWhatItRequiresFails(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "fail no"])
        let upper = Upper(Lower(Script("a")))
        #expect(await failure { try await world.require(upper) } == "no")
        #expect(world.log.failed == tasks(upper.source.source, upper.source, upper))
        try world.write("say Yes", to: "a")
        #expect(try await world.require(upper) == "YES")
    }

    @Test(arguments: [1, 4]) func R6_aWriteOfAFailedAttemptIsNotTheTasks(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["flag": "1"])
        let task = Job("task", .read("flag"), .write("old", "out"))
        try await world.require(task)
        #expect(try world.text(of: "out") == "old")
        let failing = FailingWriter(file: "out2")
        #expect(await failure { try await world.require(failing) } == "after the write")
        #expect(try world.text(of: "out2") == "half")
        // Nobody provides the file now: another task may.
        try await world.require(Job("other", .write("other", "out2")))
        #expect(try world.text(of: "out2") == "other")
    }

    @Test(arguments: [1, 4]) func R6_aFailedAttemptLeavesTheDependenciesAsTheyWere(jobs: Int) async throws {
        // The attempt reads other files than the record: only the record counts afterwards.
        let world = try World(jobs: jobs, ["main": "read a", "a": "1", "b": "1"])
        let main = Script("main")
        try await world.require(main)
        try world.write("read b\nfail no", to: "main")
        #expect(await failure { try await world.require(main) } == "no")
        try world.write("read a", to: "main")
        try world.write("2", to: "b")
        #expect(try await world.require(main) == "1")
        #expect(world.runs == [])
    }

    @Test func R6_withoutKeepGoingNothingNewIsStarted() async throws {
        let world = try World()
        let jobs = [
            Job("first", .say("1")), Job("second", .fail("no")), Job("third", .say("3")), Job("fourth", .fail("late")),
        ]
        #expect(await failure { try await world.require(all: jobs) } == "no")
        #expect(world.executed == tasks(jobs[0], jobs[1]))
        #expect(world.pie.lastOutput(of: jobs[0]) == "1")
    }

    @Test(.timeLimit(.minutes(10))) func R6_theFirstErrorInTheOrderOfAskingIsThrownWhicheverCameFirst() async throws {
        let world = try World(jobs: 4)
        let gate = Gate.make()
        let first = Job("first", .pass(gate.name), .fail("first"))
        let second = SignalAndFail(gate: gate.name)
        let pair = AnyTaskPair(first: AnyTask(first), second: AnyTask(second))
        #expect(await failure { try await world.require(pair) } == "first")
        #expect(world.log.failed.first == AnyTask(second))
    }

    @Test(arguments: [1, 4]) func R6_withKeepGoingAllErrorsComeTogether(jobs: Int) async throws {
        let world = try World(jobs: jobs, keepGoing: true)
        let all = [Job("1", .fail("one")), Job("2", .say("2")), Job("3", .fail("three")), Job("4", .say("4"))]
        #expect(await objection { try await world.require(all: all) } == .failures(["one", "three"]))
        #expect(Set(world.executed) == Set(all.map { AnyTask($0) }))
        #expect(world.pie.lastOutput(of: all[3]) == "4")

        let nested = Job("root", .all([Job("left", .all([all[0], all[2]])), Job("right", .fail("right"))]))
        #expect(await objection { try await world.require(nested) } == .failures(["one", "three", "right"]))
    }

    @Test(arguments: [1, 4]) func R6_withKeepGoingAnErrorReachedTwiceIsOneError(jobs: Int) async throws {
        let world = try World(jobs: jobs, keepGoing: true)
        let bad = Job("bad", .fail("bad"))
        let equal = Job("equal", .fail("bad"))
        let sides = [Job("left", .all([bad])), Job("right", .require(bad)), bad, Job("again", .all([equal, bad]))]
        #expect(await objection { try await world.require(all: sides) } == .failures(["bad", "bad"]))
    }

    @Test(arguments: [1, 4]) func R6_withKeepGoingAnUpdateGoesOnToo(jobs: Int) async throws {
        let world = try World(jobs: jobs, keepGoing: true, ["a": "say a", "b": "say b", "c": "say c"])
        let all = [Script("a"), Script("b"), Script("c")]
        try await world.require(all: all)
        try world.write("fail a", to: "a")
        try world.write("fail b", to: "b")
        try world.write("say new", to: "c")
        #expect(await objection { try await world.update("a", "b", "c") } == .failures(["a", "b"]))
        #expect(world.pie.lastOutput(of: all[2]) == "new")
        #expect(await objection { try await world.update() } == .failures(["a", "b"]))
        #expect(Set(world.executed) == Set(tasks(all[0], all[1])))
    }

    @Test(arguments: [1, 4]) func aMissingInputIsAnErrorThatSettingItMends(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("task", .input("name"))
        #expect(await objection { try await world.require(task) } == .missingInput("name"))
        world.pie.set(Input<String>("name"), to: "1")
        #expect(try await world.require(task) == "1")
    }

    @Test(arguments: [1, 4]) func R15_textThatIsNotUTF8IsAnError(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        try world.folder.fileSystem.writeUnlessEqual([0x61, 0xFF], at: "a")
        let task = ReadText("a")
        #expect(await objection { try await world.require(task) } == .notText("a"))
        try world.write("mended", to: "a")
        #expect(try await world.require(task) == "mended")
    }

    @Test(arguments: [1, 4]) func aFileThatCannotBeReadIsAnErrorUntilItCan(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let task = ReadText("a")
        let upper = Upper(task)
        try await world.require(upper)
        try world.remove("a")
        try world.folder.createFolder("a")
        guard case .other? = await objection({ try await world.require(upper) }) else {
            Issue.record("a folder is no file")
            return
        }
        #expect(world.runs.first == Run(task, .file("a")))
        try world.remove("a")
        try world.write("1", to: "a")
        #expect(try await world.require(upper) == "1")
        #expect(world.runs == [])
    }
}

/// Fails after it has written a file.
private struct FailingWriter: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> NoOutput {
        try await context.write("half", to: file)
        throw Failure(text: "after the write")
    }
}

/// Fails, and lets another task go on.
private struct SignalAndFail: IncrementalTask {
    var gate: Int

    func execute(in context: some Context) async throws -> String {
        await Gate.named(gate).arrival()
        defer { Gate.named(gate).open() }
        throw Failure(text: "second")
    }
}

/// Requires two tasks at once.
struct AnyTaskPair: IncrementalTask {
    var first: AnyTask
    var second: AnyTask

    func execute(in context: some Context) async throws -> String {
        try await context.require(all: [first, second]).map { "\($0)" }.joined(separator: " ")
    }
}
