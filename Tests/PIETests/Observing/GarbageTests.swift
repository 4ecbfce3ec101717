// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// What is forgotten, and which files go with it (R16).
@Suite(.timeLimit(.minutes(10))) struct GarbageTests {
    private static let files: [File: String] = [
        "a": "run generate\nread out\nrun shared", "b": "run shared", "generate": "read in\nwrite out made",
        "shared": "read in", "in": "1",
    ]

    private func collect(_ world: World, deleting: Bool = true) async throws -> GarbageReport {
        try await world.pie.collectGarbage(deletingProvidedFiles: deleting)
    }

    @Test func R16_whatNobodyObservesIsForgottenAndItsFilesAreDeleted() async throws {
        let world = try World(Self.files)
        try await world.require(all: [Script("a"), Script("b")])
        world.pie.unobserve(Script("a"))
        let report = try await collect(world)
        #expect(Set(report.forgottenTasks) == Set(tasks(Script("a"), Script("generate"))))
        #expect(report.deletedFiles == ["out"])
        #expect(report.retainedFiles == [])
        #expect(try world.text(of: "out") == nil)
        #expect(world.pie.lastOutput(of: Script("a")) == nil)
        #expect(world.pie.lastOutput(of: Script("shared")) == "1", "b requires it")
        try await world.require(Script("b"))
        #expect(world.runs == [])
    }

    @Test func R16_aForgottenTaskIsAsNewWhenItIsRequiredAgain() async throws {
        let world = try World(Self.files)
        try await world.require(Script("a"))
        world.pie.unobserve(Script("a"))
        _ = try await collect(world)
        #expect(try await world.require(Script("a")) == "1 made 1")
        #expect(Set(world.runs) == Set(["a", "generate", "shared"].map { Run(Script(File($0)), .new) }))
        #expect(try world.text(of: "out") == "made")
        #expect(try await world.update().executed == 0)
    }

    @Test func R16_aSecondCollectionHasNothingToDo() async throws {
        let world = try World(Self.files)
        try await world.require(Script("a"))
        world.pie.unobserve(Script("a"))
        _ = try await collect(world)
        try world.write("made", to: "out")
        let report = try await collect(world)
        #expect(report.forgottenTasks == [] && report.deletedFiles == [] && report.retainedFiles == [])
        #expect(try world.text(of: "out") == "made", "it is the user's now")
    }

    @Test func R16_observedTasksAreKeptAndExecuteAsWithoutACollection() async throws {
        let (world, other) = (try World(Self.files), try World(Self.files))
        for world in [world, other] { try await world.require(all: [Script("a"), Script("b")]) }
        #expect(try await collect(world).forgottenTasks == [])
        for world in [world, other] { try world.write("2", to: "in") }
        try await world.update("in")
        try await other.update("in")
        #expect(Set(world.runs) == Set(other.runs) && !world.runs.isEmpty)
    }

    @Test func R16_withoutDeletionFilesBecomeOrphansThatALaterCollectionDeletes() async throws {
        let world = try World(Self.files)
        try await world.require(Script("a"))
        world.pie.unobserve(Script("a"))
        let first = try await collect(world, deleting: false)
        #expect(first.forgottenTasks.count == 3 && first.deletedFiles == [])
        #expect(try world.text(of: "out") == "made")
        #expect(world.log.orphaned == ["out"])
        #expect(try await collect(world).deletedFiles == ["out"])
    }

    @Test func R16_aFileThatTheUserHasEditedIsTheUsers() async throws {
        let world = try World(Self.files)
        try await world.require(Script("a"))
        world.pie.unobserve(Script("a"))
        try world.write("edited", to: "out")
        let report = try await collect(world)
        #expect(report.retainedFiles == [GarbageReport.RetainedFile(file: "out", reason: .edited)])
        #expect(try world.text(of: "out") == "edited")
        try world.write("made", to: "out")
        #expect(try await collect(world).deletedFiles == [], "and stays so")
    }

    @Test func R16_aFileThatHasMovedToAnotherProviderIsKept() async throws {
        let world = try World(["one": "write out text", "two": "say idle"])
        try await world.require(all: [Script("one"), Script("two")])
        try world.write("say idle", to: "one")
        try world.write("write out text", to: "two")
        try await world.require(all: [Script("one"), Script("two")])
        world.pie.unobserve(Script("one"))
        let report = try await collect(world)
        #expect(report.forgottenTasks == tasks(Script("one")) && report.deletedFiles == [])
        #expect(try world.text(of: "out") == "text")
    }

    @Test func R16_aFileTakenOverFromATaskThatWasNotVisitedIsKept() async throws {
        let world = try World(["one": "write out text", "two": "write out text"])
        _ = try await world.session { try await $0.require(Script("one"), observing: false, forcing: false) }
        try await world.require(Script("two"))
        #expect(try await collect(world).deletedFiles == [])
        #expect(try world.text(of: "out") == "text")
    }

    @Test func R16_aFileThatAKeptTaskReadsOrListsIsKept() async throws {
        let world = try World(["make": "write out text\nwrite folder/new text"])
        try await world.require(Script("make"))
        world.pie.unobserve(Script("make"))
        _ = try await collect(world, deleting: false)
        try await world.require(Job("reader", .read("out")))
        try await world.require(Job("lister", .list("folder")))
        let report = try await collect(world)
        #expect(report.retainedFiles.map(\.reason) == [.inUse, .inUse])
        world.pie.unobserve(Job("reader", .read("out")))
        world.pie.unobserve(Job("lister", .list("folder")))
        #expect(try await collect(world).deletedFiles == ["folder/new", "out"])
    }

    @Test func R16_whatATaskNoLongerProvidesIsDeletedUnlessEdited() async throws {
        let world = try World(["make": "write one text\nwrite two text"])
        try await world.require(Script("make"))
        try world.write("write two text", to: "make")
        try world.write("edited", to: "two")
        try await world.update("make", "two")
        #expect(try world.text(of: "two") == "text", "provided files are the provider's")
        let report = try await collect(world)
        #expect(report.deletedFiles == ["one"] && report.forgottenTasks == [])
    }

    @Test func R16_anEditOfAFileThatIsDroppedInTheSameUpdateIsKept() async throws {
        let world = try World(["make": "write one text"])
        try await world.require(Script("make"))
        try world.write("say idle", to: "make")
        try world.write("edited", to: "one")
        try await world.update("make", "one")
        #expect(try await collect(world).retainedFiles.map(\.reason) == [.edited])
        #expect(try world.text(of: "one") == "edited")
    }

    @Test func R16_whatOnlyAFailedAttemptWroteIsDeleted() async throws {
        let world = try World(["make": "write out text\nfail no"])
        await #expect(throws: Failure.self) { try await world.require(Script("make")) }
        #expect(try await collect(world).deletedFiles == ["out"])
    }

    @Test func R16_filesOutsideOfTheRootAreLeft() async throws {
        let outside = try TemporaryFolder()
        let world = try World()
        let (absolute, linked) = (File(outside.root + "/absolute"), File("link/through"))
        try world.folder.link("link", to: outside.root)
        try await world.require(Job("make", .write("text", absolute), .write("text", linked)))
        world.pie.unobserve(Job("make", .write("text", absolute), .write("text", linked)))
        let report = try await collect(world)
        #expect(Set(report.retainedFiles.map(\.reason)) == [.outsideRoot] && report.retainedFiles.count == 2)
        #expect(try outside.text(of: "absolute") == "text")
        #expect(try outside.text(of: "through") == "text")
    }

    @Test func R16_aTaskWithTwoDependenciesOnOneTaskIsForgottenOnce() async throws {
        let world = try World(["f": "one two"])
        let low = Job("low", .read("f"))
        let top = Job("top", .require(low), .first(low), .ignore(low))
        try await world.require(top)
        world.pie.unobserve(top)
        #expect(Set(try await collect(world).forgottenTasks) == Set(tasks(top, low)))
        #expect(try await world.require(top) == "one two one")
    }

    @Test func R16_afterAFailureACollectionForgetsWhatWasTried() async throws {
        let world = try World(["a": "run b\nfail no", "b": "say b"])
        await #expect(throws: Failure.self) { try await world.require(Script("a")) }
        world.pie.unobserve(Script("a"))
        #expect(Set(try await collect(world).forgottenTasks) == Set(tasks(Script("a"), Script("b"))))
        try world.write("run b", to: "a")
        #expect(try await world.require(Script("a")) == "b")
    }

    @Test func R16_insideASessionACollectionIsRefused() async throws {
        let world = try World()
        try await world.session { _ in
            #expect(await objection { _ = try await self.collect(world) } == .misuse)
        }
    }

    @Test(arguments: [1, 4]) func R16_aCollectionWaitsForItsTurn(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let slow = Job("slow", .pass(gate.name), .say("done"))
        let session = Task { try await world.pie.session { try await $0.require(slow) } }
        await gate.arrival()
        let collection = Task { try await world.pie.collectGarbage(deletingProvidedFiles: true) }
        gate.open()
        #expect(try await session.value == "done")
        #expect(try await collection.value.forgottenTasks == [])
    }
}
