// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Cycles of each length, however their tasks are required (R12).
@Suite(.timeLimit(.minutes(10))) struct R12_CycleTests {
    @Test(arguments: [1, 2, 3], Way.allCases) func R12_aCycleIsFoundTopDown(length: Int, way: Way) async throws {
        for jobs in [1, 2, 4] {
            let world = try World(jobs: jobs, ["knot": "tied"])
            let ring = Ring(length: length, way: way)
            for start in 0..<length {
                let error = await objection { try await world.require(ring.member(start)) }
                #expect(error == .cycle(ring.path), "\(jobs) jobs, from \(start)")
            }
            #expect(
                await objection { try await world.require(all: (0..<length).map { ring.member($0) }) }
                    == .cycle(ring.path)
            )
            try world.write("loose", to: "knot")
            #expect(try await world.require(ring.member(0)) == "end")
            try await world.require(ring.member(0))
            #expect(world.runs == [])
        }
    }

    @Test(arguments: [1, 2, 3], Way.allCases) func R12_aCycleIsFoundInAnUpdate(length: Int, way: Way) async throws {
        for jobs in [1, 2, 4] {
            let world = try World(jobs: jobs, ["knot": "loose"])
            let ring = Ring(length: length, way: way)
            try await world.require(all: (0..<length).map { ring.member($0) })
            try world.write("tied", to: "knot")
            #expect(await objection { try await world.update("knot") } == .cycle(ring.path), "\(jobs) jobs")
            try world.write("loose", to: "knot")
            try await world.update("knot")
            #expect(world.runs == [])
            try world.write("loose again", to: "knot")
            try await world.update("knot")
            #expect(world.executed.count == 1)
            #expect(world.pie.lastOutput(of: ring.member(0)) == "end")
        }
    }

    @Test(arguments: [1, 2, 3], Way.allCases) func R12_aCycleIsFoundFromScratch(length: Int, way: Way) async throws {
        let world = try World(["knot": "tied"])
        let ring = Ring(length: length, way: way)
        #expect(await objection { try await world.fresh(ring.member(length - 1)) } == .cycle(ring.path))
        try world.write("loose", to: "knot")
        #expect(try await world.fresh(ring.member(0)) == "end")
    }

    @Test(arguments: [1, 4]) func R12_aCycleThatIsCaughtHalfwayFailsAllOfItsTasks(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "attempt b", "b": "attempt a", "top": "attempt a\nsay went on"])
        let error = await objection { try await world.require(Script("top")) }
        #expect(error == .cycle(Script("a"), Script("b")))
        #expect(world.pie.lastOutput(of: Script("a")) == nil)
        #expect(world.pie.lastOutput(of: Script("b")) == nil)
        try world.write("say b", to: "b")
        #expect(try await world.require(Script("top")) == "b went on")
    }

    @Test(arguments: [1, 4]) func R12_aCycleOfAnEarlierBuildThatTurnsAroundIsNone(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "run b", "b": "run c", "c": "say c"])
        let all = [Script("a"), Script("b"), Script("c")]
        try await world.require(all: all)
        try world.write("say a", to: "a")
        try world.write("run a", to: "b")
        try world.write("run b", to: "c")
        try await world.update("c", "b", "a")
        #expect(world.pie.lastOutput(of: all[2]) == "a")
        #expect(world.executed.count == 3)
        try world.write("run b", to: "a")
        try world.write("run c", to: "b")
        try world.write("say c", to: "c")
        #expect(try await world.require(all: all) == ["c", "c", "c"])
        #expect(try await world.update("a", "b", "c").executed == 0)
    }
}

/// How the tasks of a ring require each other.
enum Way: Hashable, Codable, Sendable, CaseIterable {
    case one
    case all
    case pack
    case asyncLet
    case projected
    case boxed
}

/// Tasks each of which requires the next, the last the first as long as a file says so.
private struct Ring: Hashable, Codable, Sendable {
    var length: Int
    var way: Way

    func member(_ index: Int) -> Member { Member(ring: self, index: index % length) }

    var path: [AnyTask] { (0..<length).map { AnyTask(member($0)) } }

    struct Member: IncrementalTask, CustomStringConvertible {
        var ring: Ring
        var index: Int

        var description: String { "member \(index)" }

        func execute(in context: some Context) async throws -> String {
            if index == ring.length - 1 {
                guard try await context.readText("knot") == "tied" else { return "end" }
            }
            let next = ring.member(index + 1)
            switch ring.way {
            case .one: return try await context.require(next)
            case .all: return try await context.require(all: [next, next])[0]
            case .pack: return try await context.require(next, Job("beside", .say("x"))).0
            case .asyncLet:
                async let other = context.require(Job("beside", .say("x")))
                async let output = context.require(next)
                _ = try await other
                return try await output
            case .projected: return try await context.require(next, projecting: FirstWord())
            case .boxed: return "\(try await context.require(AnyTask(next)))"
            }
        }
    }
}
