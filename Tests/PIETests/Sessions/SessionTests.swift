// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// What may be asked of a session, and in which order (R1).
@Suite(.timeLimit(.minutes(10))) struct SessionTests {
    private let a = Job("a", .read("a"))
    private let b = Job("b", .read("b"))
    private let files: [File: String] = ["a": "1", "b": "1"]

    @Test(arguments: [1, 4]) func R1_aTaskIsMadeConsistentAtMostOnceInASession(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        let outputs = try await world.session { session in
            let first = try await session.require(a)
            try world.write("2", to: "a")
            let second = try await session.require(a)
            let third = try await session.require(all: [a, b, a])
            return [first, second] + third
        }
        #expect(outputs == ["1", "1", "1", "1", "1"])
        #expect(world.executed == tasks(a, b))
        #expect(try await world.require(a) == "2")
    }

    @Test(arguments: [1, 4]) func R1_aFileIsLookedAtOnceInASession(jobs: Int) async throws {
        // Both tasks are checked in one session; the edit comes between.
        let world = try World(jobs: jobs, ["f": "1"])
        let one = Job("one", .read("f"))
        let two = Job("two", .read("f"))
        try await world.require(all: [one, two])
        try await world.session { session in
            try await session.require(one)
            try world.write("2", to: "f")
            let output = try await session.require(two)
            #expect(output == "1")
        }
        #expect(world.runs == [])
        #expect(try await world.require(all: [one, two]) == ["2", "2"])
    }

    @Test(arguments: [1, 4]) func R1_aFileThatATaskOfTheSessionProvidesIsLookedAtAgain(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["source": "1", "flag": "1"])
        let writer = Job("writer", .read("source"), .save("out"))
        let reader = Job("reader", .require(writer), .read("out"))
        try await world.require(reader)
        try world.write("tampered", to: "out")
        try world.write("2", to: "source")
        #expect(try await world.require(reader) == "2 2")
    }

    @Test(arguments: [1, 4]) func R1_anyNumberOfRequirementsRunAtOnce(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        try await world.session { session in
            try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<100 {
                    group.addTask { try await session.require(Job("job \(index % 10)", .require(a))) }
                }
                for try await output in group { #expect(output == "1") }
            }
        }
        #expect(world.executed.count == 11)
        #expect(Set(world.executed).count == 11, "a requirement in flight is awaited and not repeated")
    }

    @Test(arguments: [1, 4]) func R1_sessionsRunOneAfterTheOther(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                group.addTask {
                    try await world.pie.session { session in
                        _ = try await session.require(index.isMultiple(of: 2) ? a : b)
                    }
                }
            }
            try await group.waitForAll()
        }
        var open = false
        for event in world.log.events {
            switch event {
            case .sessionBegan:
                #expect(!open)
                open = true
            case .sessionEnded:
                #expect(open)
                open = false
            default:
                #expect(open)
            }
        }
        #expect(world.executed.count == 2)
    }

    @Test(arguments: [1, 4]) func R1_anUpdateIsTheFirstCallAndComesOnce(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        try await world.require(a)
        let twice = await objection {
            try await world.session { session in
                try await session.update(.files(["a"]))
                try await session.update(.files(["a"]))
            }
        }
        #expect(twice == .misuse)
        let late = await objection {
            try await world.session { session in
                try await session.require(a)
                try await session.update(.files(["a"]))
            }
        }
        #expect(late == .misuse)
        let lateAfterAGroup = await objection {
            try await world.session { session in
                try await session.require(all: [a, b])
                try await session.update(.detect)
            }
        }
        #expect(lateAfterAGroup == .misuse)
    }

    @Test(arguments: [1, 4]) func R1_requiringWhileTheSessionIsUpdatedIsAnError(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        let gate = Gate.make()
        let held = Job("held", .read("a"), .pass(gate.name))
        gate.open()
        try await world.require(all: [held, b])
        gate.close()
        try world.write("2", to: "a")
        let before = gate.arrivals
        try await world.session { session in
            async let report = session.update(.files(["a"]))
            await gate.arrival(before + 1)
            #expect(await objection { try await session.require(b) } == .misuse)
            #expect(await objection { try await session.require(all: [b]) } == .misuse)
            gate.open()
            let executed = try await report.executed
            #expect(executed == 1)
        }
    }

    @Test(arguments: [1, 4]) func R1_afterAnUpdateMayBeRequired(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        try await world.require(a)
        try await world.session { session in
            try await session.update(.files([]))
            try await session.require(a)
            try await session.require(b)
            try await session.require(all: [a, b])
        }
        #expect(world.executed == tasks(b))
    }

    @Test(arguments: [1, 4]) func R1_updatesAndRequirementsMayAlternateBetweenSessions(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        try await world.update("a")
        try await world.require(a)
        try await world.update("a")
        try await world.update()
        try await world.require(a)
        try await world.detect()
        try await world.require(b)
        #expect(world.executed == tasks(b))
    }

    @Test(arguments: [1, 4]) func R1_aSessionInsideASessionOfTheSamePieIsAnError(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        let error = await objection {
            try await world.session { _ in try await world.pie.session { _ in } }
        }
        #expect(error == .misuse)
        // Another Pie is another matter.
        let other = try World(jobs: jobs, files)
        let output = try await world.session { _ in try await other.require(a) }
        #expect(output == "1")
    }

    @Test(arguments: [1, 4]) func R1_aSessionInsideATaskOfTheSamePieIsAnError(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        let nesting = Nesting(number: Nesting.register(world))
        #expect(await objection { try await world.require(nesting) } == .misuse)
    }

    @Test(arguments: [1, 4]) func R1_aSessionCannotBeUsedAfterItsEnd(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        let session = try await world.session { session in
            try await session.require(a)
            return session
        }
        #expect(await objection { try await session.require(a) } == .misuse)
        #expect(await objection { try await session.require(all: [a]) } == .misuse)
        #expect(await objection { try await session.require(AnyTask(a)) } == .misuse)
        #expect(await objection { try await session.update(.detect) } == .misuse)
        #expect(session.explain(a) == nil)
    }

    @Test(arguments: [1, 4]) func R1_aContextCannotBeUsedAfterItsTaskHasEnded(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        let leaking = Leaking(number: Leaking.register())
        try await world.session { session in
            try await session.require(leaking)
            let context = try #require(Leaking.context(leaking.number))
            #expect(await objection { try await context.require(a) } == .misuse)
            #expect(await objection { try await context.read("a") } == .misuse)
            #expect(await objection { try await context.write("x", to: "out") } == .misuse)
            #expect(await objection { try await context.provide("a") } == .misuse)
            #expect(await objection { try await context.read(DirectoryListing(".")) } == .misuse)
            #expect(await objection { try await context.require(all: [a]) } == .misuse)
            #expect(await objection { try await context.require(AnyTask(a)) } == .misuse)
        }
        let context = try #require(Leaking.context(leaking.number))
        #expect(await objection { try await context.require(a) } == .misuse)
        #expect(try world.text(of: "out") == nil)
    }

    @Test(arguments: [1, 4]) func R1_theLastOutputNeedsNoSession(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        #expect(world.pie.lastOutput(of: a) == nil)
        try await world.require(a)
        #expect(world.pie.lastOutput(of: a) == "1")
        try world.write("2", to: "a")
        #expect(world.pie.lastOutput(of: a) == "1", "it is not checked")
        let gate = Gate.make()
        async let held = world.require(Job("held", .pass(gate.name)))
        await gate.arrival()
        #expect(world.pie.lastOutput(of: a) == "1", "it does not wait")
        gate.open()
        _ = try await held
    }

    @Test(arguments: [1, 4]) func R1_aSessionThatThrowsKeepsWhatFinished(jobs: Int) async throws {
        let world = try World(jobs: jobs, files)
        let error = await failure {
            try await world.session { session in
                try await session.require(a)
                throw Failure(text: "host")
            }
        }
        #expect(error == "host")
        try await world.require(a)
        #expect(world.runs == [])
    }
}

/// Begins a session of the build that it is a task of.
private struct Nesting: IncrementalTask {
    private static let worlds = Worlds()

    var number: Int

    static func register(_ world: World) -> Int { worlds.add(world) }

    func execute(in context: some Context) async throws -> String {
        try await Self.worlds[number].pie.session { try await $0.require(Job("inner", .say("inner"))) }
    }
}

/// Lets its context escape.
private struct Leaking: IncrementalTask {
    private static let contexts = Contexts()

    var number: Int

    static func register() -> Int { contexts.add() }

    static func context(_ number: Int) -> TopDownContext? { contexts[number] }

    func execute(in context: some Context) async throws -> NoOutput {
        if let context = context as? TopDownContext { Self.contexts.set(context, number) }
        return NoOutput()
    }
}
