// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What an update takes up, and what it leaves alone (R8).
@Suite(.timeLimit(.minutes(10))) struct R8_UpdateTests {
    @Test(arguments: [1, 4]) func R8_namedFilesEnterAndLeaveRecursiveListings(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["src/a.swift": "", "src/deep/b.swift": "", "src/deep/c.txt": ""])
        let all = Listing(folder: "src", pattern: nil, isRecursive: true)
        let swift = Listing(folder: "src", pattern: "*.swift", isRecursive: true)
        let top = Listing(folder: "src", pattern: "*.swift", isRecursive: false)
        try await world.require(all: [all, swift, top])
        #expect(world.pie.lastOutput(of: swift) == ["a.swift", "deep/b.swift"])

        try world.write("", to: "src/deep/er/d.swift")
        try await world.update("src/deep/er/d.swift")
        #expect(Set(world.executed) == Set(tasks(all, swift)))
        #expect(world.pie.lastOutput(of: swift) == ["a.swift", "deep/b.swift", "deep/er/d.swift"])

        try world.write("", to: "src/e.txt")
        try await world.update("src/e.txt")
        #expect(world.executed == tasks(all))

        try world.remove("src/a.swift")
        try await world.update("src/a.swift")
        #expect(Set(world.executed) == Set(tasks(all, swift, top)))

        try world.write("edited", to: "src/deep/b.swift")
        #expect(try await world.update("src/deep/b.swift").executed == 0)

        try world.folder.move("src/deep", to: "src/moved")
        try await world.update("src/deep", "src/moved")
        #expect(Set(world.executed) == Set(tasks(all, swift)))
        #expect(world.pie.lastOutput(of: swift) == ["moved/b.swift", "moved/er/d.swift"])
    }

    @Test(arguments: [1, 4]) func R8_aListedFolderThatDoesNotExistYetIsWatched(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let listing = Listing(folder: "new/folder", pattern: nil, isRecursive: true)
        #expect(try await world.require(listing) == ["none"])
        try world.write("", to: "new/folder/a")
        try await world.update("new/folder/a")
        #expect(world.pie.lastOutput(of: listing) == ["a"])
        try world.remove("new")
        try await world.update("new/folder/a")
        #expect(world.pie.lastOutput(of: listing) == ["none"])
    }

    @Test(arguments: [1, 4]) func R8_theEnvironmentIsTakenUpOncePerProcess(jobs: Int) async throws {
        let name = "PIE_TEST_R8"
        let world = try World(jobs: jobs)
        world.setVariable(name, to: "1")
        let task = Environment(name: name)
        #expect(try await world.require(task) == "1")
        world.setVariable(name, to: "2")
        try await world.update()
        #expect(world.runs.map(\.task) == tasks(task))
        #expect(world.pie.lastOutput(of: task) == "2")
        world.setVariable(name, to: "3")
        #expect(try await world.update().executed == 0, "once is enough: a process changes its environment itself")
        try await world.detect()
        #expect(world.pie.lastOutput(of: task) == "3")
        world.setVariable(name, to: "4")
        #expect(try await world.require(task) == "4", "a plain session checks what it reaches")
    }

    @Test(arguments: [1, 4]) func R8_aVersionThatWasRaisedAndLoweredAgainIsNoChange(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["none": "x"])
        let upper = Upper(Versioned())
        try await world.require(upper)
        let unrelated = Job("unrelated", .say("x"))
        try await Versioned.$present.withValue(2) {
            try await world.require(unrelated)
        }
        try await world.update()
        #expect(world.runs == [])
        try await Versioned.$present.withValue(2) {
            try await world.update()
            #expect(world.executed == tasks(upper.source, upper))
        }
        try await world.update()
        #expect(world.runs.map(\.why) == [.version, .output(of: upper.source)])
        #expect(world.pie.lastOutput(of: upper) == "1 X")
        #expect(try await world.update().executed == 0)
    }

    @Test(arguments: [1, 4]) func R8_aVersionRaisedInAPlainSessionIsTakenUpLater(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["none": "x"])
        let upper = Upper(Versioned())
        try await world.require(upper)
        try await Versioned.$present.withValue(2) {
            try await world.require(Job("unrelated", .say("x")))
            try await world.require(upper.source)
            #expect(world.executed == tasks(upper.source))
            try await world.update()
            #expect(world.executed == tasks(upper))
            #expect(world.pie.lastOutput(of: upper) == "2 X")
        }
    }

    @Test(arguments: [1, 4]) func R8_aProvidedFileThatWasEditedIsMadeAgainByItsProviderAlone(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "1"])
        let make = Job("make", .read("f"), .save("gen/out"))
        let read = Job("read", .ignore(make), .read("gen/out"))
        let list = Job("list", .ignore(make), .list("gen"))
        try await world.require(all: [read, list])
        try world.write("edited", to: "gen/out")
        try await world.update("gen/out")
        #expect(world.runs == [Run(make, .provided("gen/out"))])
        try world.remove("gen/out")
        try await world.update("gen/out")
        #expect(world.runs == [Run(make, .provided("gen/out"))], "the listing is as it was")
        #expect(try world.text(of: "gen/out") == "1")
        try await world.require(all: [read, list])
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R8_whatAProviderDropsIsReadAsASource(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["make": "write out 1"])
        let read = Job("read", .ignore(Job("made", .run("make"))), .read("out"))
        try await world.require(read)
        try world.write("say none", to: "make")
        try await world.update("make")
        #expect(world.log.orphaned == ["out"])
        #expect(world.pie.lastOutput(of: read) == "1")
        // Now it is a source: an edit of it makes its reader run.
        try world.write("2", to: "out")
        try await world.update("out")
        #expect(world.runs == [Run(read, .file("out"))])
        #expect(world.pie.lastOutput(of: read) == "2")
        #expect(try await world.fresh(read) == "2")
    }

    @Test(arguments: [1, 4]) func R8_readersFollowAFileThatAnotherTaskTakesOver(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["p": "write out P", "q": "say q"])
        let read = Job("read", .ignore(Job("both", .runAll(["p", "q"]))), .read("out"))
        try await world.require(read)
        try world.write("say p", to: "p")
        try world.write("write out Q", to: "q")
        try await world.update("q", "p")
        #expect(world.pie.lastOutput(of: read) == "Q")
        try await world.update("out")
        #expect(world.runs == [])
        try world.write("edited", to: "out")
        try await world.update("out")
        #expect(world.runs == [Run(Script("q"), .provided("out"))])
    }

    @Test(arguments: [1, 4]) func R8_aTaskThatIsNoLongerRequiredIsNotKeptUpToDate(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run a", "a": "run b", "b": "read f", "f": "1"])
        try await world.require(Script("main"))
        try world.write("say alone", to: "main")
        try await world.update("main")
        try world.write("2", to: "f")
        #expect(try await world.update("f").executed == 0)
        try world.write("run a", to: "main")
        try await world.update("main")
        #expect(world.executed == tasks(Script("main"), Script("b"), Script("a")))
        #expect(world.pie.lastOutput(of: Script("main")) == "2")
    }

    @Test(arguments: [1, 4]) func R8_afterAnUpdateARequirementOfWhatWasNotKeptIsChecked(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "run a", "a": "read f", "f": "1"])
        try await world.require(Script("main"))
        try world.write("say alone", to: "main")
        try await world.update("main")
        try world.write("2", to: "f")
        let output = try await world.session { session in
            try await session.update(.files(["f"]))
            return try await session.require(Script("a"))
        }
        #expect(output == "2")
        #expect(world.executed == tasks(Script("a")))
    }
}

/// The names that a listing shows.
private struct Listing: IncrementalTask {
    var folder: String
    var pattern: String?
    var isRecursive: Bool

    func execute(in context: some Context) async throws -> [String] {
        try await context.read(DirectoryListing(folder, matching: pattern, recursive: isRecursive)) ?? ["none"]
    }
}

/// The value of a variable.
private struct Environment: IncrementalTask {
    var name: String

    func execute(in context: some Context) async throws -> String {
        try await context.read(EnvironmentVariable(name)) ?? "none"
    }
}
