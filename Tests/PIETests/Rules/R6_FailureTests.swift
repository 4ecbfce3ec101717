// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// What is left of failures, sentence by sentence (R6).
@Suite(.timeLimit(.minutes(10))) struct R6_FailureTests {
    @Test(arguments: [1, 4]) func R6_withKeepGoingErrorsComeInTheOrderOfAskingWhicheverCameFirst(
        jobs: Int
    ) async throws {
        let world = try World(jobs: jobs, keepGoing: true)
        let gate = Gate.make()
        if jobs == 1 { gate.open() }
        let slow = Job("slow", .pass(gate.name), .fail("slow"))
        let quick = Opening(gate: gate.name)
        let root = Boxes(boxes: tasks(slow, quick))
        #expect(await objection { try await world.require(root) } == .failures(["slow", "quick"]))
        #expect(world.pie.lastOutput(of: root) == nil)
    }

    @Test(arguments: [1, 4]) func R6_withKeepGoingWhatSucceededBesideAFailureIsKept(jobs: Int) async throws {
        let world = try World(jobs: jobs, keepGoing: true, ["a": "fail a", "b": "say b", "c": "fail c", "d": "say d"])
        let main = Job("main", .attempt([.runAll(["a", "b"])]), .runAll(["c", "d"]))
        #expect(await objection { try await world.require(main) } == .failures(["c"]))
        #expect(world.pie.lastOutput(of: Script("b")) == "b")
        #expect(world.pie.lastOutput(of: Script("d")) == "d")
        try world.write("say a", to: "a")
        try world.write("say c", to: "c")
        #expect(try await world.require(main) == "a b c d")
        #expect(Set(world.executed) == Set(tasks(main, Script("a"), Script("c"))))
    }

    @Test func R6_withoutKeepGoingAnUpdateStartsNothingNewOnceARootHasFailed() async throws {
        let world = try World(["a": "say 1", "b": "say 1"])
        let (a, b) = (Script("a"), Script("b"))
        try await world.require(all: [a, b])
        try world.write("fail no", to: "a")
        try world.write("say 2", to: "b")
        #expect(await failure { try await world.update("a", "b") } == "no")
        #expect(world.executed == tasks(a))
        #expect(world.pie.lastOutput(of: b) == "1")

        try world.write("say 1", to: "a")
        try await world.update()
        #expect(world.executed == tasks(b), "the edit was undone")
        #expect(world.pie.lastOutput(of: a) == "1")
        #expect(world.pie.lastOutput(of: b) == "2")
    }

    @Test(arguments: [1, 4]) func R6_aTaskThatFailedInAPlainSessionIsTakenUpUnasked(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run child", "child": "say 1"])
        let main = Script("main")
        try await world.require(main)
        try world.write("fail no", to: "child")
        #expect(await failure { try await world.require(main) } == "no")
        try world.write("say 2", to: "child")
        // The change was found when the task failed: nobody has to name it.
        try await world.update()
        #expect(world.runs == [Run(Script("child"), .file("child")), Run(main, .output(of: Script("child")))])
        #expect(world.pie.lastOutput(of: main) == "2")
        #expect(try await world.update().executed == 0)
    }

    @Test(arguments: [1, 4]) func R6_whatAFailedAttemptRequiredIsObserved(jobs: Int) async throws {
        // `main` has never succeeded; all that is known of it is its attempt.
        let world = try World(
            jobs: jobs,
            ["main": "run child\nrun picky", "child": "read f", "f": "1", "picky": "fail no"]
        )
        let main = Script("main")
        #expect(await failure { try await world.require(main) } == "no")
        try world.write("2", to: "f")
        try world.write("say fine", to: "picky")
        try await world.update("f", "picky")
        #expect(world.pie.lastOutput(of: Script("child")) == "2")
        #expect(world.pie.lastOutput(of: main) == "2 fine")
        #expect(try await world.update().executed == 0)
        #expect(try await world.require(main) == "2 fine")
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R6_whatACaughtFailureWasHealedByElsewhereIsNoticedByAnUpdate(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "attempt child", "child": "fail no"])
        let main = Script("main")
        #expect(try await world.require(main) == "caught")
        try world.write("say yes", to: "child")
        #expect(try await world.require(Script("child")) == "yes")
        try await world.update()
        #expect(world.runs == [Run(main, .failure(of: Script("child")))])
        #expect(world.pie.lastOutput(of: main) == "yes")
        #expect(try await world.update().executed == 0)
    }

    @Test(arguments: [1, 4]) func R6_aCaughtFailureWithARecordIsHealedByAnUpdate(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "attempt child", "child": "say 1", "top": "run main"])
        let top = Script("top")
        try await world.require(top)
        try world.write("fail no", to: "child")
        try await world.update("child")
        #expect(world.pie.lastOutput(of: top) == "caught")
        // Back to what it was: `child` need not run, but who caught its failure must.
        try world.write("say 1", to: "child")
        try await world.update("child")
        #expect(world.executed == tasks(Script("main"), top))
        #expect(world.pie.lastOutput(of: top) == "1")
        #expect(try await world.require(top) == "1")
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R6_aFailureInAGroupLeavesNothingUnseen(jobs: Int) async throws {
        // The members behind the failure were asked for and never answered.
        let world = try World(jobs: jobs, ["a": "fail no", "b": "say 1", "main": "x"])
        let main = Job("main", .attempt([.runAll(["a", "b"])]), .say("went on"))
        #expect(try await world.require(main) == "caught went on")
        try world.write("say 1", to: "a")
        try world.write("say 2", to: "b")
        try await world.update("a", "b")
        #expect(world.pie.lastOutput(of: main) == "1 2 went on")
        #expect(try await world.fresh(main) == "1 2 went on")
    }

    @Test(arguments: [1, 4]) func R6_aTaskThatFailsInANewVersionKeepsTheOutputOfTheOld(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "fine"])
        let task = Careful(file: "f")
        #expect(try await world.require(task) == "fine")
        await Careful.$present.withValue(2) {
            #expect(await failure { try await world.require(task) } == "2")
            #expect(world.runs == [Run(task, .version)])
        }
        #expect(try await world.require(task) == "fine")
        #expect(world.runs == [], "the version is what it was")
        try await world.update()
        #expect(world.runs == [])
    }
}

/// Fails, and lets another task go on.
private struct Opening: IncrementalTask {
    var gate: Int

    func execute(in context: some Context) async throws -> String {
        let gate = Gate.named(gate)
        gate.open()
        throw Failure(text: "quick")
    }
}

/// Requires tasks of any types at once.
private struct Boxes: IncrementalTask {
    var boxes: [AnyTask]

    func execute(in context: some Context) async throws -> Int {
        try await context.require(all: boxes).count
    }
}

/// Fails in its second version.
private struct Careful: IncrementalTask {
    @TaskLocal static var present = 1

    static var version: Int { present }

    var file: File

    func execute(in context: some Context) async throws -> String {
        if Self.present == 2 { throw Failure(text: "2") }
        return try await context.readText(file) ?? ""
    }
}
