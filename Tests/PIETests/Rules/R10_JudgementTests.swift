// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Who may read and write which file, in all orders (R10, R11).
@Suite(.timeLimit(.minutes(10))) struct R10_JudgementTests {
    // MARK: Listings

    @Test(arguments: [1, 4]) func R10_listingBeforeRequiringWhoProvidesAListedFileIsAnError(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["folder/a": "1"])
        let writer = Job("writer", .write("w", "folder/out"))
        let lister = Job("lister", .list("folder"), .ignore(writer))
        let expected = Objection.hidden(reader: lister, provider: writer, "folder/out")
        #expect(await objection { try await world.require(lister) } == expected)
        #expect(await objection { try await world.require(lister) } == expected, "the file is there now")
        let after = Job("after", .ignore(writer), .list("folder"))
        #expect(try await world.require(after) == "a out")
    }

    @Test(arguments: [1, 4]) func R10_aListingOfOtherNamesReadsNothingOfAGeneratedFile(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["folder/a.txt": "1"])
        let writer = Job("writer", .write("w", "folder/out"))
        let texts = Texts(folder: "folder")
        try await world.session { session in
            try await session.require(writer)
            try await session.require(texts)
        }
        #expect(world.pie.lastOutput(of: texts) == ["a.txt"])
    }

    @Test(arguments: [1, 4]) func R10_aGeneratedFileThatDisappearsFromAListingIsNoticed(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["make": "write folder/a 1\nwrite folder/b 1"])
        let list = Job("list", .ignore(Job("made", .run("make"))), .list("folder"))
        #expect(try await world.require(list) == "a b")
        try world.write("write folder/a 1", to: "make")
        // The orphan stays where it is until garbage is collected: the listing is the same.
        try await world.update("make")
        #expect(world.log.orphaned == ["folder/b"])
        #expect(world.pie.lastOutput(of: list) == "a b")
        try world.remove("folder/b")
        try await world.update("folder/b")
        #expect(world.pie.lastOutput(of: list) == "a")
        try world.write("write folder/a 1\nwrite folder/c 1", to: "make")
        try await world.update("make")
        #expect(world.pie.lastOutput(of: list) == "a c")
    }

    // MARK: Hidden dependencies

    @Test(arguments: [1, 4]) func R10_readingBeforeRequiringTheProviderIsAnErrorEachTime(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let writer = Job("writer", .write("w", "out"))
        let reader = Job("reader", .read("out"), .ignore(writer))
        let expected = Objection.hidden(reader: reader, provider: writer, "out")
        #expect(await objection { try await world.require(reader) } == expected)
        #expect(await objection { try await world.require(reader) } == expected)
        let after = Job("after", .ignore(writer), .read("out"))
        #expect(try await world.require(after) == "w")
    }

    @Test(arguments: [1, 4]) func R10_aPathThatAnIntermediateDropsIsNoPath(jobs: Int) async throws {
        // The output of `via` stays equal while it stops requiring the provider, which the host requires as well.
        let world = try World(jobs: jobs, ["via": "run make", "make": "write out 1"])
        let reader = Job("reader", .require(Job("middle", .run("via"))), .read("out"))
        try await world.require(reader)
        try world.write("say ", to: "via")
        let error = await objection {
            try await world.session { session in
                try await session.require(Script("make"))
                try await session.require(reader)
            }
        }
        #expect(error == .hidden(reader: reader, provider: Script("make"), "out"))
        // Without the provider in the session, and not the host's, the file is a source.
        try world.write("say x", to: "make")
        try await world.require(Script("make"))
        #expect(try await world.require(reader) == " 1")
    }

    @Test(arguments: [1, 4]) func R10_aReaderOfAFileWhoseProviderIsGoneReadsASource(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run make\nread out", "make": "write out 1"])
        let main = Script("main")
        try await world.require(main)
        try world.write("read out", to: "main")
        #expect(try await world.require(main) == "1")
        try world.write("2", to: "out")
        #expect(try await world.require(main) == "2")
        #expect(world.executed == tasks(main))
        try await world.require(main)
        #expect(world.runs == [])
    }

    // MARK: Overlaps

    @Test(arguments: [1, 4]) func R11_aHostsTaskWhoseRecordHoldsKeepsItsFile(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["p": "write out P", "q": "write out Q"])
        try await world.require(Script("p"))
        let error = await objection { try await world.require(Script("q")) }
        #expect(error == .overlap(Script("p"), Script("q"), "out"))
        #expect(world.executed == tasks(Script("q")), "nothing is executed only to be judged")
        #expect(try world.text(of: "out") == "P")
        try await world.require(Script("p"))
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R11_aHostsTaskWhoseRecordDoesNotHoldLosesItsFile(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["p": "write out P", "q": "write out Q"])
        try await world.require(Script("p"))
        try world.write("write other P", to: "p")
        try await world.require(Script("q"))
        #expect(world.executed == tasks(Script("q")))
        #expect(try world.text(of: "out") == "Q")
        // It is unverified, and as the host observes it the next update takes it up.
        try await world.update()
        #expect(world.executed == tasks(Script("p")))
        #expect(try world.text(of: "other") == "P")
        #expect(try await world.update().executed == 0)
    }

    @Test(arguments: [1, 4]) func R11_aTaskThatLostItsFileIsJudgedWhenItIsMadeConsistent(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["p": "write out P", "q": "write out Q", "f": "1"])
        let p = Job("p", .read("f"), .write("P", "out"))
        try await world.require(p)
        try world.write("2", to: "f")
        let error = await objection {
            try await world.session { session in
                try await session.require(Script("q"))
                try await session.require(p)
            }
        }
        #expect(error == .overlap(Script("q"), p, "out"))
        #expect(try world.text(of: "out") == "Q")
    }

    @Test(arguments: [1, 4]) func R11_inAnUpdateTwoProvidersAreAnErrorToo(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run p\nrun q", "p": "write out P", "q": "say q"])
        try await world.require(Script("main"))
        try world.write("write out Q", to: "q")
        let error = await objection { try await world.update("q") }
        #expect(error == .overlap(Script("p"), Script("q"), "out"))
        #expect(try world.text(of: "out") == "P")
        try world.write("say q", to: "q")
        try await world.update("q")
        #expect(world.runs == [])
        #expect(try world.text(of: "out") == "P")
    }

    @Test(arguments: [1, 4]) func R11_oneFileUnderTwoNamesIsOneFile(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let first = Job("first", .write("1", "sub/../out"))
        let second = Job("second", .write("2", File(world.folder.root + "/out")))
        let error = await objection {
            try await world.session { session in
                try await session.require(first)
                try await session.require(second)
            }
        }
        #expect(error == .overlap(first, second, "out"))
    }

    @Test(arguments: [1, 4]) func R11_aTaskMayWriteItsFileTwiceAndReadItInBetween(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("task", .write("1", "out"), .read("out"), .write("2", "out"), .read("out"), .depend("out"))
        #expect(try await world.require(task) == "1 2")
        try await world.require(task)
        #expect(world.runs == [])
        try world.write("1", to: "out")
        #expect(try await world.require(task) == "1 2")
        #expect(world.runs == [Run(task, .provided("out"))])
        #expect(try world.text(of: "out") == "2")
    }

    @Test(arguments: [1, 4]) func R11_writingAfterAReadFailsInAnUpdateToo(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["out": "0", "main": "read out"])
        try await world.require(Script("main"))
        try world.write("read out\nwrite out 1", to: "main")
        #expect(await objection { try await world.update("main") } == .writeAfterRead(Script("main"), "out"))
        #expect(try world.text(of: "out") == "0")
        try world.write("read out", to: "main")
        try await world.update("main")
        #expect(world.runs == [])
    }
}

/// The text files in a folder.
private struct Texts: IncrementalTask {
    var folder: String

    func execute(in context: some Context) async throws -> [String] {
        try await context.read(DirectoryListing(folder, matching: "*.txt")) ?? []
    }
}
