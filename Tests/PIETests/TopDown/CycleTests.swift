// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Tasks that require each other (R12).
@Suite(.timeLimit(.minutes(10))) struct CycleTests {
    @Test(arguments: [1, 4]) func R12_aTaskThatRequiresItselfIsACycle(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "run a"])
        #expect(await objection { try await world.require(Script("a")) } == .cycle(Script("a")))
        #expect(await objection { try await world.fresh(Script("a")) } == .cycle(Script("a")))
    }

    @Test(arguments: [1, 4]) func R12_thePathOfACycleBeginsWithItsLeastTask(jobs: Int) async throws {
        let files: [File: String] = ["a": "run b", "b": "run c", "c": "run a", "outside": "run c"]
        for start in ["a", "b", "c", "outside"] as [File] {
            let world = try World(jobs: jobs, files)
            let expected = Objection.cycle(Script("a"), Script("b"), Script("c"))
            #expect(await objection { try await world.require(Script(start)) } == expected)
            #expect(await objection { try await world.fresh(Script(start)) } == expected)
            #expect(await objection { try await world.update() } == expected, "bottom-up, from \(start)")
        }
    }

    @Test(arguments: [1, 4]) func R12_theErrorListsThePath(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "run b", "b": "run a"])
        let error = await #expect(throws: BuildError.self) { try await world.require(Script("b")) }
        #expect(error?.details.map(\.value) == ["a", "b", "a"])
    }

    @Test(arguments: [1, 4]) func R12_anExecutionThatMetACycleFailsEvenIfItCatchesIt(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "run b", "b": "attempt a\nsay went on"])
        #expect(await objection { try await world.require(Script("a")) } == .cycle(Script("a"), Script("b")))
        #expect(world.pie.lastOutput(of: Script("b")) == nil)
    }

    @Test(arguments: [1, 4]) func R12_afterACycleThePieWorksOnAsBefore(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "run b", "b": "run a", "c": "say c"])
        #expect(await objection { try await world.require(Script("a")) } == .cycle(Script("a"), Script("b")))
        try await world.session { session in
            await #expect(throws: BuildError.self) { try await session.require(Script("a")) }
            let other = try await session.require(Script("c"))
            #expect(other == "c")
        }
        try world.write("say b", to: "b")
        #expect(try await world.require(Script("a")) == "b")
        #expect(world.runs == [Run(Script("a"), .lastRunFailed), Run(Script("b"), .lastRunFailed)])
    }

    @Test(arguments: [1, 4]) func R12_edgesOfEarlierBuildsNeverCauseACycle(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "run b", "b": "say end"])
        #expect(try await world.require(Script("a")) == "end")
        // The edge turns round: a stale edge from `a` to `b` would close a cycle with the new one.
        try world.write("say end", to: "a")
        try world.write("run a", to: "b")
        #expect(try await world.require(Script("b")) == "end")
        #expect(Set(world.executed) == Set(tasks(Script("a"), Script("b"))))

        try world.write("run b", to: "a")
        try world.write("say end", to: "b")
        #expect(try await world.require(all: [Script("a"), Script("b")]) == ["end", "end"])
        try await world.require(all: [Script("a"), Script("b")])
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R12_edgesOfEarlierBuildsNeverCauseACycleBottomUp(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["root": "all a b", "a": "run b", "b": "run c", "c": "say end"])
        #expect(try await world.require(Script("root")) == "end end")
        try world.write("say end", to: "a")
        try world.write("run a", to: "c")
        try await world.update("a", "c")
        #expect(world.pie.lastOutput(of: Script("root")) == "end end")

        try world.write("run b", to: "a")
        try world.write("say new", to: "c")
        try await world.update("a", "c")
        #expect(world.pie.lastOutput(of: Script("root")) == "new new")
        #expect(try await world.fresh(Script("root")) == "new new")
    }

    @Test(arguments: [1, 4]) func R12_aCycleThatAnEditClosesIsFoundInAnUpdate(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "run b", "b": "run c", "c": "say end"])
        try await world.require(Script("a"))
        try world.write("run a", to: "c")
        let cycle = Objection.cycle(Script("a"), Script("b"), Script("c"))
        #expect(await objection { try await world.update("c") } == cycle)
        #expect(await objection { try await world.update() } == cycle)
        try world.write("say other", to: "c")
        try await world.update("c")
        #expect(world.pie.lastOutput(of: Script("a")) == "other")
    }

    @Test(arguments: [2, 4]) func R12_aCycleAcrossTasksThatRunAtOnceIsFound(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gates = (Gate.make(), Gate.make())
        let a = Meeting(name: "a", own: gates.0.name, other: gates.1.name)
        let b = Meeting(name: "b", own: gates.1.name, other: gates.0.name)
        let error = await objection { try await world.require(all: [a, b]) }
        #expect(error == .cycle(a, b))
        #expect(Set(world.log.failed) == Set(tasks(a, b)))
    }

    @Test func R12_aCycleAcrossTasksThatRunAtOnceIsFoundFromScratch() async throws {
        let gates = (Gate.make(), Gate.make())
        let a = Meeting(name: "a", own: gates.0.name, other: gates.1.name)
        let b = Meeting(name: "b", own: gates.1.name, other: gates.0.name)
        let context = NonIncrementalContext()
        async let first = objection { try await context.require(a) }
        async let second = objection { try await context.require(b) }
        #expect(await [first, second] == [.cycle(a, b), .cycle(a, b)])
    }

    @Test(arguments: [4]) func R12_aLongCycleAcrossManyTasksThatRunAtOnceIsFound(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gates = (0..<4).map { _ in Gate.make() }
        let ring = Ring(gates: gates.map(\.name))
        let error = await objection { try await world.require(all: (0..<4).map { ring.member($0) }) }
        #expect(error == .cycle((0..<4).map { AnyTask(ring.member($0)) }))
    }
}

/// Requires its counterpart once both are running.
private struct Meeting: IncrementalTask, CustomStringConvertible {
    var name: String
    var own: Int
    var other: Int

    var description: String { name }

    func execute(in context: some Context) async throws -> String {
        Gate.named(own).open()
        await Gate.named(own).pass()
        await Gate.named(other).arrival()
        return try await context.require(Meeting(name: name == "a" ? "b" : "a", own: other, other: own))
    }
}

/// Tasks in a ring, each of which requires the next once all are running.
private struct Ring: Hashable, Codable, Sendable {
    var gates: [Int]

    struct Member: IncrementalTask, CustomStringConvertible {
        var ring: Ring
        var index: Int

        var description: String { "member \(index)" }

        func execute(in context: some Context) async throws -> String {
            let own = Gate.named(ring.gates[index])
            own.open()
            await own.pass()
            for gate in ring.gates { await Gate.named(gate).arrival() }
            return try await context.require(ring.member((index + 1) % ring.gates.count))
        }
    }

    func member(_ index: Int) -> Member { Member(ring: self, index: index) }
}
