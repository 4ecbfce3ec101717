// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Requirements made at once, job slots, and requirements in flight.
@Suite(.timeLimit(.minutes(10))) struct ParallelTests {
    @Test(arguments: [1, 4]) func R2_aGroupIsRecordedInTheOrderOfAsking(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "b": "1", "c": "1"])
        let members = ["a", "b", "c"].map { Job($0, .read(File($0))) }
        let root = Job("root", .all(members))
        #expect(try await world.require(root) == "1 1 1")
        for file in ["a", "b", "c"] as [File] { try world.write("2", to: file) }
        #expect(try await world.require(root) == "2 2 2")
        #expect(world.runs.contains(Run(root, .output(of: members[0]))), "the first in the order of asking")
    }

    @Test(arguments: [1, 4]) func R2_aMemberOfAGroupThatIsAskedForTwiceCountsOnce(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let member = Job("member", .read("a"))
        let root = Job("root", .all([member, member, member]), .require(member))
        #expect(try await world.require(root) == "1 1 1 1")
        #expect(world.executed == tasks(root, member))
    }

    @Test(arguments: [1, 4]) func theWaysOfRequiringAtOnceAgree(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "A", "b": "B", "c": "C"])
        for way in AtOnce.Way.allCases {
            let task = AtOnce(way: way)
            #expect(try await world.require(task) == "A b C", "\(way)")
            #expect(try await world.fresh(task) == "A b C", "\(way)")
        }
        try world.write("B2", to: "b")
        for way in AtOnce.Way.allCases {
            let task = AtOnce(way: way)
            #expect(try await world.require(task) == "A b2 C", "\(way)")
            #expect(world.executed.last == AnyTask(task))
            #expect(world.runs.last?.why == .output(of: Lower(ReadText("b"))))
        }
        try world.write("A2", to: "a")
        try await world.update("a")
        for way in AtOnce.Way.allCases { #expect(world.pie.lastOutput(of: AtOnce(way: way)) == "A2 b2 C", "\(way)") }
    }

    @Test func noMoreTasksExecuteAtOnceThanThereAreJobs() async throws {
        for jobs in [1, 2, 3] {
            let world = try World(jobs: jobs)
            let gate = Gate.make()
            let members = (0..<6).map { Job("member \($0)", .pass(gate.name), .say("\($0)")) }
            let build = Task { try await world.require(Job("root", .all(members))) }
            await gate.arrival(jobs)
            #expect(gate.arrivals == jobs)
            #expect(world.executed.count == jobs + 1)
            gate.open()
            #expect(try await build.value == "0 1 2 3 4 5")
        }
    }

    @Test func aSlotIsRefilledWhenATaskCompletesWithNoBarrierBetweenBatches() async throws {
        // The first task holds its slot until the last one has begun: with batches of two that would never be.
        let world = try World(jobs: 2)
        let last = Gate.make()
        let first = WaitForArrival(gate: last.name)
        let others = (0..<6).map { Job("job \($0)", .say("\($0)")) }
        let final = Job("final", .pass(last.name))
        last.open()
        let root = Mixed(first: first, others: others + [final])
        try await world.require(root)
        #expect(
            world.log.completed == tasks([others, [final]].joined().map { $0 as any IncrementalTask })
                + tasks(first, root)
        )
        let began = world.executed
        for (index, job) in others.enumerated().dropFirst() {
            // Each begins when the one before it has ended, while `first` still runs.
            #expect(began.firstIndex(of: AnyTask(job)) == index + 2)
        }
    }

    @Test func aTaskThatAwaitsARequirementGivesItsSlotAway() async throws {
        let world = try World(jobs: 2)
        let gate = Gate.make()
        let deep = Job("1", .require(Job("2", .require(Job("3", .pass(gate.name))))))
        let wide = Job("wide", .pass(gate.name))
        let build = Task { try await world.require(Job("root", .all([deep, wide]))) }
        await gate.arrival(2)
        gate.open()
        _ = try await build.value
    }

    @Test(arguments: [1, 4]) func aRequirementInFlightIsAwaitedAndNotRepeated(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let shared = Job("shared", .pass(gate.name), .say("s"))
        let requirers = (0..<8).map { Job("requirer \($0)", .require(shared)) }
        let build = Task { try await world.require(all: requirers) }
        await gate.arrival()
        gate.open()
        #expect(try await build.value == Array(repeating: "s", count: 8))
        #expect(world.executed.filter { $0 == AnyTask(shared) }.count == 1)
        #expect(gate.arrivals == 1)
    }

    @Test(arguments: [2, 4]) func R3_membersOfAGroupAreCheckedBesideEachOther(jobs: Int) async throws {
        // Both members run in the course of a check, and each waits for the other.
        let world = try World(jobs: jobs, ["a": "1", "b": "1"])
        let gates = (Gate.make(), Gate.make())
        gates.0.open()
        gates.1.open()
        let one = Rendezvous(file: "a", own: gates.0.name, other: gates.1.name)
        let two = Rendezvous(file: "b", own: gates.1.name, other: gates.0.name)
        let root = AnyTaskPair(first: AnyTask(one), second: AnyTask(two))
        #expect(try await world.require(root) == "1 1")
        try world.write("2", to: "a")
        try world.write("2", to: "b")
        #expect(try await world.require(root) == "2 2")
        #expect(
            Set(world.runs) == [
                Run(one, .file("a")), Run(two, .file("b")), Run(root, .output(of: one)),
            ]
        )
    }

    @Test func R18_withOneJobTheEventsAreTheSameEachTime() async throws {
        var logs: [[String]] = []
        for _ in 0..<3 {
            let world = try World(["a": "A", "b": "B", "c": "C"])
            var lines: [String] = []
            for way in AtOnce.Way.allCases {
                try await world.require(AtOnce(way: way))
                lines += world.log.lines
            }
            try world.write("A2", to: "a")
            try await world.update("a")
            lines += world.log.lines.filter { !$0.hasPrefix("update ended") }
            logs.append(lines.map { String($0.prefix { $0 != "(" }) })
        }
        #expect(logs[0] == logs[1])
        #expect(logs[0] == logs[2])
    }

    @Test func R18_withMoreJobsOutputsFilesAndReasonsAreTheSame() async throws {
        var results: [Set<Run>] = []
        for jobs in [1, 2, 4, 8] {
            let files = (0..<8).map { File("f\($0)") }
            let world = try World(jobs: jobs, Dictionary(uniqueKeysWithValues: files.map { ($0, "1") }))
            let low = files.map { Job("low \($0)", .read($0), .save(File("out/\($0)"))) }
            let middle = (0..<8).map { Job("middle \($0)", .all([low[$0], low[($0 + 1) % 8]])) }
            let top = Job("top", .all(middle), .all(low), .require(middle[3]))
            try await world.require(top)
            try world.write("2", to: files[2])
            try world.write("2", to: files[5])
            try await world.require(top)
            results.append(Set(world.runs))
            #expect(world.executed.count == 2 + 4 + 1)
            #expect(try world.text(of: "out/f2") == "2")
            #expect(try await world.fresh(top) == world.pie.lastOutput(of: top))
        }
        #expect(Set(results).count == 1)
    }
}

/// Requires three tasks at once, one way or another.
private struct AtOnce: IncrementalTask {
    enum Way: Hashable, Codable, Sendable, CaseIterable {
        case pack
        case asyncLet
        case boxed
        case group
    }

    var way: Way

    func execute(in context: some Context) async throws -> String {
        let (a, b, c) = (ReadText("a"), Lower(ReadText("b")), ReadText("c"))
        switch way {
        case .pack:
            let found = try await context.require(a, b, c)
            return "\(found.0) \(found.1) \(found.2)"
        case .asyncLet:
            async let first = context.require(a)
            async let second = context.require(b)
            async let third = context.require(c)
            return try await "\(first) \(second) \(third)"
        case .boxed:
            return try await context.require(all: [AnyTask(a), AnyTask(b), AnyTask(c)]).map { "\($0)" }
                .joined(separator: " ")
        case .group:
            let boxes = [AnyTask(a), AnyTask(b), AnyTask(c)]
            return try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for (index, box) in boxes.enumerated() {
                    group.addTask { (index, "\(try await context.require(box))") }
                }
                var found = ["", "", ""]
                for try await (index, text) in group { found[index] = text }
                return found.joined(separator: " ")
            }
        }
    }
}

/// Runs until somebody arrives at a gate.
private struct WaitForArrival: IncrementalTask {
    var gate: Int

    func execute(in context: some Context) async throws -> String {
        await Gate.named(gate).arrival()
        return "first"
    }
}

/// Requires a task and others at once.
private struct Mixed: IncrementalTask {
    var first: WaitForArrival
    var others: [Job]

    func execute(in context: some Context) async throws -> NoOutput {
        try await context.require(all: [AnyTask(first)] + others.map { AnyTask($0) })
        return NoOutput()
    }
}

/// Reads a file, and does not end before its counterpart runs as well.
private struct Rendezvous: IncrementalTask {
    var file: File
    var own: Int
    var other: Int

    func execute(in context: some Context) async throws -> String {
        let text = try await context.readText(file) ?? ""
        let round = text == "1" ? 1 : 2
        await Gate.named(own).pass()
        await Gate.named(other).arrival(round)
        return text
    }
}
