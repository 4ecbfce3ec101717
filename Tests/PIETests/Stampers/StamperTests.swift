// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// What a dependency sees of a file, a folder or an output.
@Suite struct StamperTests {
    /// Whether a reader by this stamper runs again after something was done to file `a`, which is empty before.
    private func runsAgain(
        _ stamper: FileStamper,
        jobs: Int,
        dependOnly: Bool = false,
        _ act: (World) throws -> Void
    ) async throws -> Bool {
        let world = try World(jobs: jobs, ["a": "1", "other": "1"])
        world.folder.setTime(of: "a", seconds: 1000, nanoseconds: 0)
        let reader = Job("reader", dependOnly ? .depend("a", stamper) : .read("a", stamper))
        try await world.require(reader)
        try await world.require(reader)
        #expect(world.runs == [])
        try act(world)
        try await world.require(reader)
        let ran = world.runs == [Run(reader, .file("a"))]
        #expect(ran || world.runs == [])
        let updating = try World(jobs: jobs, ["a": "1", "other": "1"])
        updating.folder.setTime(of: "a", seconds: 1000, nanoseconds: 0)
        try await updating.require(reader)
        try act(updating)
        #expect(try await updating.update("a").executed == (ran ? 1 : 0), "bottom-up it is the same")
        return ran
    }

    @Test(arguments: [1, 4], [false, true]) func existenceAlone(jobs: Int, dependOnly: Bool) async throws {
        func runs(_ act: (World) throws -> Void) async throws -> Bool {
            try await runsAgain(.exists, jobs: jobs, dependOnly: dependOnly, act)
        }
        #expect(try await !runs { _ in })
        #expect(try await !runs { try $0.write("2", to: "a") })
        #expect(try await !runs { $0.folder.setTime(of: "a", seconds: 2000, nanoseconds: 0) })
        #expect(try await runs { try $0.remove("a") })
        #expect(
            try await !runs {
                try $0.remove("a")
                try $0.write("3", to: "a")
            }
        )
    }

    @Test(arguments: [1, 4], [false, true]) func modification(jobs: Int, dependOnly: Bool) async throws {
        func runs(_ act: (World) throws -> Void) async throws -> Bool {
            try await runsAgain(.modified, jobs: jobs, dependOnly: dependOnly, act)
        }
        #expect(try await !runs { _ in })
        #expect(try await runs { try $0.write("2", to: "a") })
        #expect(try await runs { $0.folder.setTime(of: "a", seconds: 2000, nanoseconds: 0) }, "a touch")
        #expect(try await runs { $0.folder.setTime(of: "a", seconds: 500, nanoseconds: 0) }, "an earlier time")
        #expect(try await runs { try $0.remove("a") })
        #expect(
            try await runs {
                try $0.write("2", to: "a")
                $0.folder.setTime(of: "a", seconds: 1000, nanoseconds: 0)
            },
            "a restored time fools nobody"
        )
        #expect(
            try await runs {
                try $0.write("2", to: "b")
                $0.folder.setTime(of: "b", seconds: 1000, nanoseconds: 0)
                try $0.folder.move("b", to: "a")
            },
            "another file in its place"
        )
    }

    @Test(arguments: [1, 4], [false, true]) func contents(jobs: Int, dependOnly: Bool) async throws {
        func runs(_ act: (World) throws -> Void) async throws -> Bool {
            try await runsAgain(.content, jobs: jobs, dependOnly: dependOnly, act)
        }
        #expect(try await !runs { _ in })
        #expect(try await runs { try $0.write("2", to: "a") }, "of the same size")
        #expect(try await runs { try $0.write("12", to: "a") })
        #expect(try await !runs { try $0.write("1", to: "a") }, "the same again")
        #expect(try await !runs { $0.folder.setTime(of: "a", seconds: 2000, nanoseconds: 0) }, "a touch")
        #expect(try await runs { try $0.remove("a") })
        #expect(
            try await !runs {
                try $0.write("2", to: "a")
                try $0.write("1", to: "a")
            },
            "there and back"
        )
        #expect(
            try await runs {
                try $0.write("2", to: "a")
                $0.folder.setTime(of: "a", seconds: 1000, nanoseconds: 0)
            },
            "a restored time fools nobody"
        )
    }

    @Test(arguments: [1, 4]) func R15_manyEditsInOneClockTickAreAllSeen(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "0"])
        let byContent = Job("content", .read("a", .content))
        let byTime = Job("time", .read("a", .modified))
        for round in 0..<100 {
            try world.write("\(round % 10)", to: "a")
            #expect(try await world.require(all: [byContent, byTime]) == ["\(round % 10)", "\(round % 10)"])
        }
    }

    @Test(arguments: [1, 4]) func aDirectoryListingIsOfNames(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["folder/a": "1", "folder/b": "2"])
        let list = Job("list", .list("folder"))
        #expect(try await world.require(list) == "a b")
        try world.write("changed", to: "folder/a")
        try await world.require(list)
        #expect(world.runs == [], "the content of a file is no name")
        try world.folder.move("folder/a", to: "folder/x")
        try world.folder.move("folder/b", to: "folder/a")
        try world.folder.move("folder/x", to: "folder/b")
        try await world.require(list)
        #expect(world.runs == [], "the files were swapped, the names are the same")
        try world.write("3", to: "folder/c")
        #expect(try await world.require(list) == "a b c")
        try world.remove("folder/a")
        #expect(try await world.require(list) == "b c")
        try world.remove("folder")
        #expect(try await world.require(list) == "none")
        try world.write("1", to: "folder/a")
        #expect(try await world.require(list) == "a")
    }

    @Test(arguments: [1, 4]) func aListingIsCheckedAfterTheGeneratorOfItsFiles(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["count": "1", "folder/a": "1"])
        let maker = Maker()
        let lister = ListAfter(maker: maker)
        #expect(try await world.require(lister) == ["0", "a"])
        try world.write("3", to: "count")
        #expect(try await world.require(lister) == ["0", "1", "2", "a"])
        try world.write("4", to: "count")
        try await world.update("count")
        #expect(world.pie.lastOutput(of: lister) == ["0", "1", "2", "3", "a"])
        #expect(try await world.fresh(lister) == ["0", "1", "2", "3", "a"])
    }

    @Test(arguments: [1, 4]) func outputsMayBeReducedByAStamper(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "one two"])
        let words = Words(file: "a")
        let count = Counting(words: words)
        #expect(try await world.require(count) == 2)
        try world.write("three four", to: "a")
        #expect(try await world.require(count) == 2)
        #expect(world.runs == [Run(words, .file("a"))])
        try world.write("a b c", to: "a")
        try await world.update("a")
        #expect(world.runs == [Run(words, .file("a")), Run(count, .output(of: words))])
        try world.write("d e f", to: "a")
        try await world.update("a")
        #expect(world.runs == [Run(words, .file("a"))])
    }

    @Test(arguments: [1, 4]) func anInconsequentialRequirementOrdersAndNothingElse(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let read = Job("read", .read("a"))
        let task = Job("task", .ignore(read), .say("done"))
        try await world.require(task)
        try world.write("2", to: "a")
        try await world.require(task)
        #expect(world.runs == [Run(read, .file("a"))])
        try world.write("3", to: "a")
        try await world.update("a")
        #expect(world.runs == [Run(read, .file("a"))])
    }

    @Test(arguments: [1, 4]) func theEqualStamperIsARequirementWithoutOne(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let read = ReadText("a")
        let task = Equal(source: read)
        #expect(try await world.require(task) == "11")
        try world.write("2", to: "a")
        #expect(try await world.require(task) == "22")
        #expect(world.runs == [Run(read, .file("a")), Run(task, .output(of: read))])
    }

    @Test(arguments: [1, 4]) func R5_aStampThatIsThereAndBackIsNoChange(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "one two"])
        let words = Words(file: "a")
        let count = Counting(words: words)
        try await world.require(count)
        try world.write("one", to: "a")
        try await world.require(words)
        try world.write("three four", to: "a")
        #expect(try await world.require(count) == 2)
        #expect(world.runs == [Run(words, .file("a"))])
        try await world.update()
        #expect(world.runs == [])
    }
}

/// The number of words.
private struct CountStamper: OutputStamper {
    func stamp(_ output: [String]) -> Int { output.count }
}

private struct Counting: IncrementalTask {
    var words: Words

    func execute(in context: some Context) async throws -> Int {
        try await context.require(words, stamper: CountStamper()).count
    }
}

private struct Equal: IncrementalTask {
    var source: ReadText

    func execute(in context: some Context) async throws -> String {
        let first = try await context.require(source, stamper: .equal())
        return first + (try await context.require(source))
    }
}

/// Writes as many files into a folder as a file says.
private struct Maker: IncrementalTask {
    func execute(in context: some Context) async throws -> NoOutput {
        let count = Int(try await context.readText("count") ?? "") ?? 0
        for index in 0..<count { try await context.write("x", to: File("folder/\(index)")) }
        return NoOutput()
    }
}

private struct ListAfter: IncrementalTask {
    var maker: Maker

    func execute(in context: some Context) async throws -> [String] {
        try await context.require(maker)
        return try await context.read(DirectoryListing("folder")) ?? []
    }
}
