// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// How builds see files (R15).
@Suite(.timeLimit(.minutes(10))) struct R15_FileTests {
    @Test(arguments: [1, 4]) func R15_aToolWhoseInputChangedWhileItRanIsTakenUpUnasked(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1"])
        let gate = Gate.make()
        let tool = Job("tool", .depend("source"), .pass(gate.name), .say("ran"))
        let requirer = Job("requirer", .require(tool))
        async let result = world.require(requirer)
        await gate.arrival()
        try world.write("2", to: "source")
        gate.open()
        #expect(try await result == "ran")
        // The change lies before the end of the session: nobody has to name it.
        try await world.update()
        #expect(world.executed == tasks(tool))
        #expect(try await world.update().executed == 0)
        try await world.require(requirer)
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R15_aToolWhoseInputChangedInAnUpdateIsTakenUpByTheNext(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1"])
        let gate = Gate.make()
        gate.open()
        let tool = Job("tool", .depend("source", .modified), .pass(gate.name), .say("ran"))
        try await world.require(tool)
        gate.close()
        let arrivals = gate.arrivals
        try world.write("22", to: "source")
        async let report = world.update("source")
        await gate.arrival(arrivals + 1)
        try world.write("333", to: "source")
        gate.open()
        #expect(try await report.executed == 1)
        try await world.update()
        #expect(world.executed == tasks(tool))
        #expect(try await world.update().executed == 0)
    }

    @Test(arguments: [1, 4]) func R15_oneFileUnderSeveralNamesIsOne(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "sub/b": "1"])
        let names: [File] = ["a", "./a", "sub/../a", File(world.folder.root + "/a"), "sub//./../a"]
        let readers = names.map { Job("\($0)", .read($0)) }
        #expect(try await world.require(all: readers) == ["1", "1", "1", "1", "1"])
        try world.write("2", to: "a")
        try await world.update(File(world.folder.root + "/sub/../a"))
        #expect(world.executed.count == Set(readers).count)
        #expect(try await world.require(all: readers) == ["2", "2", "2", "2", "2"])
    }

    @Test(arguments: [1, 4]) func R15_aFileOutsideTheRootKeepsItsAbsoluteName(jobs: Int) async throws {
        let outside = try TemporaryFolder()
        let world = try World(jobs: jobs)
        let file = File(outside.root + "/f")
        let name = String(outside.root.split(separator: "/").last ?? "")
        let roundabout = File(world.folder.root + "/../" + name + "/f")
        let read = Job("read", .read(file))
        let other = Job("other", .read(roundabout))
        #expect(try await world.require(all: [read, other]) == ["none", "none"])
        try outside.write("1", to: "f")
        try await world.update(file)
        #expect(Set(world.runs) == [Run(read, .file(file)), Run(other, .file(file))])
        #expect(world.pie.lastOutput(of: read) == "1")
        let writer = Job("writer", .write("2", file))
        let error = await objection { try await world.require(writer) }
        #expect([read, other].contains { error == .hidden(reader: $0, provider: writer, file) })
    }

    @Test(arguments: [1, 4]) func R15_nothingFoolsABuild(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "1"])
        let read = ReadText("f")
        try await world.require(read)

        // The same size, in the same tick, as often as the clock allows.
        for round in 0..<20 {
            try world.write("\(round % 10)", to: "f")
            #expect(try await world.require(read) == "\(round % 10)")
        }
        // A restored time.
        world.folder.setTime(of: "f", seconds: 1_000_000, nanoseconds: 0)
        try await world.require(read)
        #expect(world.runs == [], "the content is the same")
        try world.write("a", to: "f")
        world.folder.setTime(of: "f", seconds: 1_000_000, nanoseconds: 0)
        #expect(try await world.require(read) == "a")
        // A file with an older time in its place.
        try world.write("b", to: "g")
        world.folder.setTime(of: "g", seconds: 500_000, nanoseconds: 0)
        try world.folder.move("g", to: "f")
        try await world.update("f")
        #expect(world.pie.lastOutput(of: read) == "b")
        // One of the same contents.
        try world.write("b", to: "g")
        try world.folder.move("g", to: "f")
        try await world.update("f")
        #expect(world.runs == [])
        // Gone and back.
        try world.remove("f")
        try await world.update()
        #expect(world.runs == [], "nobody named it")
        try world.write("b", to: "f")
        try await world.update("f")
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R15_existenceIsNotContent(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "1"])
        let exists = Job("exists", .depend("f", .exists))
        let modified = Job("modified", .depend("f", .modified))
        let content = Job("content", .depend("f", .content))
        let all = [exists, modified, content]
        try await world.require(all: all)
        world.folder.setTime(of: "f", seconds: 1_000_000, nanoseconds: 0)
        try await world.update("f")
        #expect(world.executed == tasks(modified))
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(Set(world.executed) == Set(tasks(modified, content)))
        try world.remove("f")
        try await world.update("f")
        #expect(Set(world.executed) == Set(tasks(exists, modified, content)))
        try await world.require(all: all)
        #expect(world.runs == [])
    }
}
