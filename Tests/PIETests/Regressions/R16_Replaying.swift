// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// What dependencies have seen of files and folders is found again when records are replayed.
@Suite struct R16_Replaying {
    private static func trustTimes() async throws {
        // A file is as old then as it has to be for its metadata to be trusted.
        try await Task.sleep(for: .milliseconds(50))
    }

    /// What the first dependency had seen was freed when the second, on the same file, had seen something newer.
    @Test(arguments: World.Life.toTest)
    func R16_two_dependencies_of_a_task_may_have_seen_two_states_of_a_file(life: World.Life) async throws {
        let world = try World(life: life, ["a": "first"])
        let play = Play([
            "both": { [folder = world.folder] context, _ in
                _ = try await context.read("a", stamper: .exists)
                try folder.write("second", to: "a")
                _ = try await context.read("a")
                // What is seen of another file takes the place of what was freed.
                return try await context.read("none") == nil ? 0 : 1
            }
        ])
        try await world.require(play["both"])
        try await world.require(play["both"])
        #expect(world.executed == [])
        #expect(world.pie.engine.state.withLock { $0.invariantViolations() } == [])
    }

    /// The same folder as before was stored once more, so that it seemed to be another to those who had seen it first.
    @Test(arguments: World.Life.toTest)
    func R16_who_saw_the_same_of_a_resource_shares_it_again(life: World.Life) async throws {
        let world = try World(life: life, ["in/x": ""])
        let one = Job("one", .list("in"))
        let two = Job("two", .list("in"))
        let three = Job("three", .list("in"))
        try await world.require(all: [one, two])
        try world.write("", to: "in/y")
        try await world.require(three)
        // The record of one is written again, behind that of three.
        world.pie.unobserve(one)
        try await world.pie.session { _ in }
        try world.remove("in/y")
        try await world.require(all: [one, two])
        #expect(world.executed == [])
    }

    /// A look without a hash took the place of the hash, and the next edit that changed nothing was taken for a change.
    @Test(arguments: World.Life.toTest)
    func R16_a_hash_is_kept_where_only_the_metadata_are_newer(life: World.Life) async throws {
        let world = try World(life: life, ["a": "text"])
        let reader = Job("reader", .read("a"))
        let other = Job("other", .read("a", .exists))
        try await Self.trustTimes()
        try await world.require(all: [reader, other])
        try world.write("text", to: "a")
        try await Self.trustTimes()
        // The reader has seen the newer metadata with the hash, the other one has not.
        try await world.require(all: [reader, other])
        // The record of the other is written again, behind that of the reader.
        world.pie.unobserve(other)
        try await world.pie.session { _ in }
        try await world.require(reader)
        try world.write("text", to: "a")
        try await world.require(reader)
        #expect(world.executed == [])
    }

    /// Found by the oracle: seed 500000118.
    ///
    /// A record was not trusted, although the one that it formed a ring with was
    /// replaced by the next.
    @Test(arguments: World.Life.toTest)
    func R16_a_ring_of_records_that_a_later_one_breaks_is_none(life: World.Life) async throws {
        let world = try World(life: life, ["switch": "0", "other": "0"])
        let play = Play([
            "first": { context, script in
                try await context.number(in: "switch") == 0
                    ? context.need("second", of: script) : context.number(in: "other") * 0
            },
            "long": { _, _ in
                try await Task.sleep(for: .seconds(600))
                return 0
            },
            "second": { context, script in
                try await context.number(in: "switch") == 0 ? 1 : context.need("first", of: script)
            },
        ])
        try await world.require(play["first"])
        try world.write("1", to: "switch")
        let hasRequired = Signal()
        let superseded = Task { [pie = world.pie] in
            try await pie.session { session in
                _ = try await session.require(play["second"])
                hasRequired.set()
                // Until it is superseded: what it has recorded is not written meanwhile.
                _ = try await session.require(play["long"])
            }
        }
        await hasRequired.wait()
        // The record of the first is written behind that of the second.
        try world.write("1", to: "other")
        try await world.pie.session(superseding: true) { _ = try await $0.require(play["second"]) }
        _ = await superseded.result
        try await world.require(play["second"])
        #expect(world.executed == [])
        #expect(world.pie.engine.state.withLock { $0.invariantViolations() } == [])
    }
}
