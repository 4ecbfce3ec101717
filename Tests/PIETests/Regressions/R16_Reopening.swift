// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Testing

@testable import PIE

/// What a process finds that goes on from a store, where one that goes on in memory does not look again.
@Suite struct R16_Reopening {
    /// Replaying counted as session 0, in which every task of a snapshot seemed to have been verified.
    @Test(arguments: World.Life.toTest)
    func R16_what_is_observed_while_a_store_is_opened_was_not_verified(life: World.Life) async throws {
        let world = try World(life: life, ["a": "one"])
        let low = Job("low", .read("a"))
        let top = Job("top", .require(low))
        try await world.session { _ = try await $0.require(top, observing: false, forcing: false) }
        // Nobody is told of the edit: nobody observes what reads the file.
        try world.write("two", to: "a")
        try await world.reopen()
        world.pie.observe(top)
        try await world.pie.session { _ in }
        try await world.update()
        #expect(world.executed == [AnyTask(low), AnyTask(top)])
        #expect(world.pie.lastOutput(of: top) == "two")
    }

    /// A task that is kept up to date is answered without a look; its output may still be bytes.
    @Test(arguments: World.Life.toTest)
    func R16_a_group_gets_outputs_that_nobody_has_decoded(life: World.Life) async throws {
        let world = try World(life: life, ["flag": "1"])
        let top = Job("top", .read("flag"), .all([Job("a", .say("x")), Job("b", .say("y"))]))
        try await world.require(top)
        try world.write("2", to: "flag")
        try await world.update("flag")
        #expect(world.executed == [AnyTask(top)])
        #expect(world.pie.lastOutput(of: top) == "2 x y")
    }

    /// Who has seen an older output was counted only where the record of its task was in memory.
    @Test(arguments: World.Life.toTest)
    func R16_an_older_output_that_nobody_has_seen_any_more_is_let_go_of(life: World.Life) async throws {
        let world = try World(life: life, ["low": "say 1", "one": "run low", "two": "run low"])
        try await world.require(all: [Script("one"), Script("two")])
        try world.write("say 2", to: "low")
        // One has seen the older output from now on.
        try await world.require(Script("two"))
        try world.write("say nothing", to: "one")
        // Low itself is not looked at.
        try await world.require(Script("one"))
        #expect(world.executed == [AnyTask(Script("one"))])
        #expect(world.pie.engine.state.withLock { $0.invariantViolations() } == [])
        try await world.reopen()
        #expect(world.pie.engine.state.withLock { $0.invariantViolations() } == [])
    }

    /// The journals before the last one were not counted, so that nobody ever folded them.
    @Test func R16_journals_that_could_not_be_folded_are_folded_by_the_next_process() async throws {
        let folder = try TemporaryFolder()
        let store = StoreLocation.directory(folder.root + ".store", .waiting(atMost: .seconds(10)))
        let text = String(repeating: "a long text ", count: 3_000)
        let job = Job("long", .say(text))
        var system = StoreSystem.live
        system.renameFile = { path, newPath throws(SystemFailure) in
            if newPath.contains("/snapshot-") { throw SystemFailure(EIO) }
            try StoreSystem.live.renameFile(path, newPath)
        }
        let first = try Pie(store: store, root: folder.root, tasks: [Job.self], system: system)
        try await first.session { _ = try await $0.require(job) }
        try await first.close()
        func names() throws -> [String] {
            try StoreSystem.live.listFolder(folder.root + ".store").filter { $0 != "lock" }.sorted()
        }
        #expect(try names() == ["journal-0", "journal-1"])
        let second = try Pie(store: store, root: folder.root, tasks: [Job.self])
        #expect(second.lastOutput(of: job) == text)
        try await second.close()
        #expect(try names() == ["journal-2", "snapshot-2"])
    }
}
