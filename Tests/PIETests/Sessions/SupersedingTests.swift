// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// A session that takes another one's place (R14).
@Suite(.timeLimit(.minutes(10))) struct SupersedingTests {
    @Test(arguments: [1, 4]) func R14_aSupersededSessionThrowsAndItsPlaceIsTaken(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let gate = Gate.make()
        let read = Job("read", .read("a"))
        let slow = Job("slow", .require(read), .pass(gate.name))
        let old = Task { try await world.pie.session { try await $0.require(slow) } }
        await gate.arrival()
        let output = try await world.pie.session(superseding: true) { try await $0.require(read) }
        #expect(output == "1")
        await #expect(throws: CancellationError.self) { try await old.value }
        #expect(world.log.completed == tasks(read), "what had finished is kept, and nothing else")
        #expect(world.pie.lastOutput(of: slow) == nil)
    }

    @Test(arguments: [1, 4]) func R14_nothingMoreOfASupersededSessionIsCommitted(jobs: Int) async throws {
        // The old task heeds no cancellation: it goes on in the midst of the new session.
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let stubborn = Job(
            "stubborn",
            .hold(gate.name),
            .attempt([.write("old", "out")]),
            .attempt([.require(Job("child", .say("c")))])
        )
        let old = Task { try await world.pie.session { try await $0.require(stubborn) } }
        await gate.arrival()
        let writer = Job("writer", .write("new", "out"))
        try await world.pie.session(superseding: true) { session in
            try await session.require(writer)
            gate.open()
            await #expect(throws: CancellationError.self) { try await old.value }
        }
        #expect(try world.text(of: "out") == "new")
        #expect(world.pie.lastOutput(of: stubborn) == nil)
        #expect(world.log.completed == tasks(writer))
    }

    @Test(arguments: [1, 4]) func R14_sessionsThatWaitForTheirTurnAreSupersededToo(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let slow = Job("slow", .pass(gate.name))
        let started = Gate.make()
        let old = Task { try await world.pie.session { try await $0.require(slow) } }
        await gate.arrival()
        let waiting = Task {
            started.open()
            await started.pass()
            return try await world.pie.session { try await $0.require(Job("waiting", .say("w"))) }
        }
        await started.arrival()
        let output = try await world.pie.session(superseding: true) { try await $0.require(Job("new", .say("n"))) }
        #expect(output == "n")
        await #expect(throws: CancellationError.self) { try await old.value }
        // It came before or after the one that supersedes; either way it does not hang.
        _ = await waiting.result
    }

    @Test(arguments: [1, 4]) func R14_aSupersededUpdateForgetsNoChange(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "b": "1"])
        let gate = Gate.make()
        gate.open()
        let a = Job("a", .read("a"), .pass(gate.name))
        let above = Job("above", .require(a))
        let b = Job("b", .read("b"))
        try await world.require(all: [above, b])
        gate.close()
        let before = gate.arrivals
        try world.write("2", to: "a")
        try world.write("2", to: "b")
        let old = Task { try await world.pie.session { try await $0.update(.files(["a", "b"])) } }
        await gate.arrival(before + 1)
        gate.open()
        try await world.pie.session(superseding: true) { _ in }
        _ = await old.result
        try await world.update()
        #expect(world.pie.lastOutput(of: above) == "2")
        #expect(world.pie.lastOutput(of: b) == "2")
        #expect(try await world.update("a", "b").executed == 0)
    }

    @Test(arguments: [1, 4]) func R14_cancellingWhoWaitsForItsTurnHarmsNobody(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let slow = Job("slow", .pass(gate.name), .say("done"))
        let old = Task { try await world.pie.session { try await $0.require(slow) } }
        await gate.arrival()
        let waiting = Task { try await world.pie.session { _ in } }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        gate.open()
        #expect(try await old.value == "done")
    }

    @Test(arguments: [1, 4]) func R14_whatASupersededUpdateWasToldOfIsTakenUpByTheNextOneNotInTheMidst(
        jobs: Int
    ) async throws {
        let world = try World(jobs: jobs, ["f": "1", "g": "1"])
        let (late, gate) = (Gate.make(), Gate.make())
        gate.open()
        let (f, g) = (Job("f", .read("f")), Job("g", .read("g"), .pass(gate.name)))
        let top = Job("top", .all([f, g]))
        try await world.require(top)
        try world.write("2", to: "f")
        try world.write("2", to: "g")
        gate.close()
        let before = gate.arrivals
        let old = Task {
            try await world.pie.session { session in
                await late.pass(heedsCancellation: false)
                try await session.update(.files(["f"]))
            }
        }
        await late.arrival()
        let new = Task { try await world.pie.session(superseding: true) { try await $0.update(.files(["g"])) } }
        await gate.arrival(before + 1)
        // Only now the old session tells what it was to tell, and hears that it is over.
        late.open()
        await #expect(throws: CancellationError.self) { try await old.value }
        gate.open()
        _ = try await new.value
        try await world.update()
        #expect(world.pie.lastOutput(of: top) == "2 2")
    }
}
