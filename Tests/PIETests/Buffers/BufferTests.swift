// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// Unsaved buffers (R17).
@Suite(.timeLimit(.minutes(10))) struct BufferTests {
    private func set(_ text: String?, _ file: File, in world: World) {
        world.pie.setContents(text.map { Array($0.utf8) }, of: file)
    }

    @Test(arguments: [1, 4], [true, false])
    func R17_tasksReadTheBufferAndTheDiskAgainWhenItIsTakenAway(jobs: Int, isUpdate: Bool) async throws {
        let world = try World(jobs: jobs, ["f": "disk"])
        let read = Job("read", .read("f"))
        func build() async throws -> String? {
            if isUpdate { try await world.update() } else { try await world.require(read) }
            return world.pie.lastOutput(of: read)
        }
        try await world.require(read)
        set("buffer", "f", in: world)
        #expect(try await build() == "buffer")
        #expect(world.runs == [Run(read, .file("f"))])
        #expect(try await world.fresh(read) == "buffer")
        set("more", "f", in: world)
        #expect(try await build() == "more")
        set(nil, "f", in: world)
        #expect(try await build() == "disk")
        #expect(try await world.fresh(read) == "disk")
        #expect(try await world.update().executed == 0)
    }

    @Test func R17_setContentsTakesEffectWithTheNextSession() async throws {
        let world = try World(["f": "disk"])
        try await world.session { session in
            set("buffer", "f", in: world)
            let output = try await session.require(Job("read", .read("f")))
            #expect(output == "disk")
        }
        #expect(try await world.require(Job("read", .read("f"))) == "buffer")
    }

    @Test(arguments: [FileStamper.content, .modified, .exists])
    func R17_equalContentsAreNoChangeWhicheverTheStamper(_ stamper: FileStamper) async throws {
        let world = try World(["f": "same"])
        let read = Job("read", .read("f", stamper))
        try await world.require(read)
        set("same", "f", in: world)
        #expect(try await world.update().executed == 0)
        try await world.require(read)
        #expect(world.runs == [])
        set(nil, "f", in: world)
        #expect(try await world.update().executed == 0)
        set("same", "f", in: world)
        set("same", "f", in: world)
        #expect(try await world.update().executed == 0)
    }

    @Test func R17_aBufferMakesAFileExist() async throws {
        let world = try World()
        let exists = Job("exists", .read("new", .exists))
        #expect(try await world.require(exists) == "none")
        set("text", "new", in: world)
        try await world.update()
        #expect(world.pie.lastOutput(of: exists) == "text")
        set("other text", "new", in: world)
        #expect(try await world.update().executed == 0, "it exists as before")
        set(nil, "new", in: world)
        try await world.update()
        #expect(world.pie.lastOutput(of: exists) == "none")
    }

    @Test func R17_saveTheBufferAndNothingRuns() async throws {
        let world = try World(["f": "1"])
        let read = Job("read", .read("f"))
        try await world.require(read)
        set("2", "f", in: world)
        try await world.update()
        try world.write("2", to: "f")
        set(nil, "f", in: world)
        #expect(try await world.update("f").executed == 0)
        #expect(world.pie.lastOutput(of: read) == "2")
    }

    @Test func R17_anEditOfTheDiskUnderABufferIsSeenWhenTheBufferGoes() async throws {
        let world = try World(["f": "1"])
        let read = Job("read", .read("f"))
        set("buffer", "f", in: world)
        try await world.require(read)
        try world.write("2", to: "f")
        #expect(try await world.update("f").executed == 0)
        set(nil, "f", in: world)
        try await world.update()
        #expect(world.pie.lastOutput(of: read) == "2")
    }

    @Test func R17_otherProgramsSeeTheDisk() async throws {
        let world = try World(["f": "1"])
        let both = Job("both", .depend("f"), .say("depended"))
        let read = Job("read", .read("f"))
        try await world.require(all: [both, read])
        set("buffer", "f", in: world)
        try await world.update()
        #expect(world.executed == tasks(read))
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(world.executed == tasks(both))
    }

    @Test(arguments: [1, 4]) func R17_aBufferOverAProvidedFileIsIgnoredWithAnEvent(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["make": "write out made"])
        let reader = Job("reader", .ignore(Job("indirect", .run("make"))), .read("out"))
        set("buffer", "out", in: world)
        #expect(try await world.require(reader) == "made")
        #expect(ignored(in: world) == ["out"])
        #expect(try world.text(of: "out") == "made")
        #expect(try await world.fresh(reader) == "made")
        set("other", "out", in: world)
        #expect(try await world.update().executed == 0)
        #expect(ignored(in: world) == ["out"])
        set(nil, "out", in: world)
        #expect(try await world.update().executed == 0)
        #expect(ignored(in: world) == [])
    }

    @Test(arguments: [1, 4], [true, false])
    func R17_aBufferIsReadOnceTheFileHasNoProviderAnyMore(jobs: Int, isUpdate: Bool) async throws {
        let world = try World(jobs: jobs, ["make": "write out made"])
        let reader = Job("reader", .run("make"), .read("out"))
        try await world.require(reader)
        set("buffer", "out", in: world)
        try world.write("say nothing", to: "make")
        if isUpdate { try await world.update("make") } else { try await world.require(reader) }
        #expect(world.pie.lastOutput(of: reader) == "nothing buffer")
        #expect(try await world.fresh(reader) == "nothing buffer")
        try world.write("write out made", to: "make")
        if isUpdate { try await world.update("make") } else { try await world.require(reader) }
        #expect(world.pie.lastOutput(of: reader) == " made")
        #expect(try await world.update().executed == 0)
    }

    @Test func R19_aReasonTellsThatABufferWasThere() async throws {
        let world = try World(["f": "disk"])
        let read = Job("read", .read("f"))
        try await world.require(read)
        set("buffer", "f", in: world)
        try await world.session { session in
            try await session.update(.files([]))
            #expect(session.explain(read)?.description.contains("buffer") ?? false)
        }
    }

    @Test func R15_aBufferOverAnAbsoluteNameUnderTheRootIsOverTheFile() async throws {
        let world = try World(["f": "disk"])
        set("buffer", File(world.folder.root + "/./f"), in: world)
        #expect(try await world.require(Job("read", .read("f"))) == "buffer")
    }

    private func ignored(in world: World) -> [File] {
        world.log.events.compactMap { event in
            guard case .bufferIgnored(let file, _) = event else { return nil }
            return file
        }
    }
}
