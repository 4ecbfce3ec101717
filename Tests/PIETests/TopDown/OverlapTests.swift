// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Two tasks that provide one file, and files that move from one provider to another (R11).
@Suite struct OverlapTests {
    private let first = Job("first", .write("1", "out"))
    private let second = Job("second", .write("2", "out"))

    @Test(arguments: [1, 4]) func R11_twoProvidersOfOneFileAreAnErrorBeforeAByteIsWritten(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let error = await objection {
            try await world.session { session in
                try await session.require(first)
                try await session.require(second)
            }
        }
        #expect(error == .overlap(first, second, "out"))
        #expect(try world.text(of: "out") == "1")
        #expect(world.log.failed == tasks(second))
    }

    @Test(arguments: [1, 4]) func R11_alsoWhenTheyWriteTheSame(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let same = Job("same", .write("1", "out"))
        let root = Job("root", .require(first), .require(same))
        #expect(await objection { try await world.require(root) } == .overlap(first, same, "out"))
    }

    @Test(arguments: [1, 4]) func R11_alsoWhenTheOtherIsTheHostsAndOfAnEarlierSession(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        try await world.require(first)
        #expect(await objection { try await world.require(second) } == .overlap(first, second, "out"))
        #expect(world.executed == tasks(second), "no task is executed only to be judged")
        #expect(try world.text(of: "out") == "1")
    }

    @Test(arguments: [1, 4]) func R11_providingWhatAnotherProgramWroteIsJudgedToo(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["out": "1"])
        let provider = Job("provider", .provide("out"))
        let root = Job("root", .require(provider), .require(second))
        #expect(await objection { try await world.require(root) } == .overlap(provider, second, "out"))
        #expect(try world.text(of: "out") == "1")
    }

    @Test(arguments: [1, 4]) func R11_tasksWithFilesOfTheirOwnDoNotOverlap(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let source = ReadText("a")
        let one = WriteText(source, to: "out/1")
        let two = WriteText(source, to: "out/2")
        try await world.require(all: [one, two])
        #expect(try world.text(of: "out/1") == "1")
        #expect(try world.text(of: "out/2") == "1")
    }

    @Test(arguments: [1, 4]) func R11_ofTwoThatWriteAtOnceOneFails(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let root = Job("root", .all([first, second]))
        let error = await objection { try await world.require(root) }
        #expect(error == .overlap(first, second, "out") || error == .overlap(second, first, "out"))
    }

    @Test(arguments: [1, 4]) func R11_aFileMovesFromOneProviderToAnother(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run p\nrun q", "p": "write out P", "q": "say q"])
        let main = Script("main")
        try await world.require(main)
        #expect(try world.text(of: "out") == "P")

        // `p` gives the file up in the session in which `q` takes it.
        try world.write("say p", to: "p")
        try world.write("write out Q", to: "q")
        try await world.require(main)
        #expect(try world.text(of: "out") == "Q")
        #expect(world.runs.prefix(2) == [Run(Script("p"), .file("p")), Run(main, .output(of: Script("p")))])

        try world.write("write out P", to: "p")
        try world.write("say q", to: "q")
        try await world.require(main)
        #expect(try world.text(of: "out") == "P")
        try await world.require(main)
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R11_twoTasksSwapTheirFiles(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["flag": "x"])
        let p = Swapping(isFirst: true)
        let q = Swapping(isFirst: false)
        try await world.require(all: [p, q])
        #expect(try world.text(of: "x") == "first")
        #expect(try world.text(of: "y") == "second")
        try world.write("y", to: "flag")
        try await world.require(all: [p, q])
        #expect(try world.text(of: "x") == "second")
        #expect(try world.text(of: "y") == "first")
        try await world.require(all: [p, q])
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R11_theClaimOfATaskThatIsNoLongerRequiredLapses(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run p", "p": "write out P", "q": "write out Q"])
        let main = Script("main")
        try await world.require(main)
        try world.write("run q", to: "main")
        try await world.require(main)
        #expect(try world.text(of: "out") == "Q")
        #expect(world.runs == [Run(main, .file("main")), Run(Script("q"), .new)])

        try world.write("run p", to: "main")
        try await world.require(main)
        #expect(try world.text(of: "out") == "P")
        #expect(world.runs == [Run(main, .file("main")), Run(Script("p"), .provided("out"))])
    }

    @Test(arguments: [1, 4]) func R11_ALapsedProviderThatIsRequiredInTheSameSessionIsJudged(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run p", "p": "write out P", "q": "write out Q"])
        let main = Script("main")
        try await world.require(main)
        try world.write("run q\nrun p", to: "main")
        #expect(await objection { try await world.require(main) } == .overlap(Script("q"), Script("p"), "out"))
    }

    @Test(arguments: [1, 4]) func aFileThatItsProviderGivesUpIsAnOrphanAndASource(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["p": "write out P"])
        try await world.require(Script("p"))
        try world.write("say p", to: "p")
        try await world.require(Script("p"))
        #expect(world.log.orphaned == ["out"])
        #expect(try world.text(of: "out") == "P")
        #expect(try await world.require(ReadText("out")) == "P")
    }

    @Test(arguments: [1, 4]) func aFileThatOnlyAFailedAttemptWroteIsAnOrphan(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("task", .write("1", "out"), .fail("no"))
        #expect(await failure { try await world.require(task) } == "no")
        #expect(world.log.orphaned == ["out"])
        #expect(try await world.require(ReadText("out")) == "1")
    }

    @Test(arguments: [1, 4]) func readingAFileAndThenWritingItIsAnErrorOfItsOwn(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["out": "0"])
        let task = Job("task", .read("out"), .write("1", "out"))
        #expect(await objection { try await world.require(task) } == .writeAfterRead(task, "out"))
        #expect(try world.text(of: "out") == "0")
        let dependent = Job("dependent", .depend("out", .exists), .provide("out"))
        #expect(await objection { try await world.require(dependent) } == .writeAfterRead(dependent, "out"))
        let caught = Job("caught", .read("out"), .attempt([.write("1", "out")]))
        #expect(await objection { try await world.require(caught) } == .writeAfterRead(caught, "out"))
    }

    @Test(arguments: [1, 4]) func afterAnOverlapTheBuildWorksOnAsBefore(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run p\nrun q", "p": "write out P", "q": "write out Q"])
        let main = Script("main")
        #expect(await objection { try await world.require(main) } == .overlap(Script("p"), Script("q"), "out"))
        try world.write("write out2 Q", to: "q")
        try await world.require(main)
        #expect(try world.text(of: "out") == "P")
        #expect(try world.text(of: "out2") == "Q")
        try await world.require(main)
        #expect(world.runs == [])
    }
}

/// Writes `x` or `y`: the first of two tasks the one that a file names, the second the other.
private struct Swapping: IncrementalTask {
    var isFirst: Bool

    func execute(in context: some Context) async throws -> NoOutput {
        let flag = try await context.readText("flag")
        try await context.write(isFirst ? "first" : "second", to: (flag == "x") == isFirst ? "x" : "y")
        return NoOutput()
    }
}
