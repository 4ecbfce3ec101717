// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// What may still be done after the end (R1, R14).
@Suite(.timeLimit(.minutes(10))) struct R14_EndTests {
    @Test(arguments: [1, 4], [false, true])
    func R14_everyCallOfASupersededContextThrows(jobs: Int, whileTheNextIsOpen isOpen: Bool) async throws {
        let world = try World(jobs: jobs, ["f": "1"])
        let gate = Gate.make()
        let results = Results.make()
        let task = Every(gate: gate.name, results: results.name)
        world.pie.set(Every.input, to: "1")
        let old = Task { try await world.session { try await $0.require(task) } }
        await gate.arrival()
        try await world.session(superseding: true) { session in
            guard isOpen else { return }
            // Here too the input is at hand.
            try await session.require(Job("reader", .input(Every.input.name)))
            gate.open()
            await results.arrival()
        }
        gate.open()
        await #expect(throws: CancellationError.self) { try await old.value }
        await results.arrival()
        #expect(results.outcomes == Array(repeating: "CancellationError()", count: Every.count))
        #expect(try world.text(of: "out") == nil)
        #expect(try world.text(of: "other") == nil)
        #expect(world.pie.lastOutput(of: Job("required", .say("1"))) == nil)
    }

    @Test(arguments: [1, 4]) func R14_everyCallOfAContextWhoseTaskHasEndedIsMisuse(jobs: Int) async throws {
        let contexts = Kept.make()
        let world = try World(jobs: jobs, ["f": "1"])
        world.pie.set(Every.input, to: "1")
        try await world.session { session in
            try await session.require(Leak(kept: contexts.name))
            let context = try #require(contexts.context)
            #expect(await Every.outcomes(in: context) == Array(repeating: "misuse", count: Every.count))
        }
        let context = try #require(contexts.context)
        #expect(await Every.outcomes(in: context) == Array(repeating: "misuse", count: Every.count))
        #expect(try world.text(of: "out") == nil)
        let later = try await world.session { _ in await Every.outcomes(in: context) }
        #expect(later == Array(repeating: "misuse", count: Every.count))
    }

    @Test(arguments: [1, 4]) func R1_everyCallOfAnEndedSessionIsMisuse(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let task = Job("task", .say("1"))
        let session = try await world.session { session in
            try await session.require(task)
            return session
        }
        #expect(await objection { try await session.require(task) } == .misuse)
        #expect(await objection { try await session.require(all: [task]) } == .misuse)
        #expect(await objection { try await session.update(.detect) } == .misuse)
        #expect(session.explain(task) == nil)
        try await world.session { _ in
            #expect(await objection { try await session.require(task) } == .misuse)
            #expect(await objection { try await session.update(.detect) } == .misuse)
        }
        #expect(try await world.require(task) == "1")
    }

    @Test(arguments: [1, 4]) func R14_aSessionIsCancelledWhileItWaitsForAnotherTaskOfItsOwn(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let shared = Job("shared", .pass(gate.name), .say("1"))
        let left = Job("left", .require(shared))
        let right = Job("right", .require(shared))
        let build = Task { try await world.require(all: [left, right]) }
        await gate.arrival()
        build.cancel()
        await #expect(throws: CancellationError.self) { try await build.value }
        gate.open()
        #expect(try await world.require(all: [left, right]) == ["1", "1"])
    }
}

/// Keeps a context beyond its task.
private final class Kept: Sendable {
    private static let all = Lock<[Kept]>([])
    private let state = Lock<TopDownContext?>(nil)
    let name: Int

    private init(name: Int) {
        self.name = name
    }

    static func make() -> Kept {
        all.withLock { all in
            all.append(Kept(name: all.count))
            return all[all.count - 1]
        }
    }

    static func named(_ name: Int) -> Kept { all.withLock { $0[name] } }

    var context: TopDownContext? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

private struct Leak: IncrementalTask {
    var kept: Int

    func execute(in context: some Context) async throws -> NoOutput {
        Kept.named(kept).context = context as? TopDownContext
        return NoOutput()
    }
}

/// Takes in what a task found out that has no output.
private final class Results: Sendable {
    private static let all = Lock<[Results]>([])
    private let state = Lock<[String]>([])
    private let done = Gate.make()
    let name: Int

    private init(name: Int) {
        self.name = name
    }

    static func make() -> Results {
        all.withLock { all in
            all.append(Results(name: all.count))
            return all[all.count - 1]
        }
    }

    static func named(_ name: Int) -> Results { all.withLock { $0[name] } }

    func set(_ outcomes: [String]) async {
        state.withLock { $0 = outcomes }
        done.open()
        await done.pass(heedsCancellation: false)
    }

    func arrival() async { await done.arrival() }

    var outcomes: [String] { state.withLock { $0 } }
}

/// Makes every call that throws.
private struct Every: IncrementalTask {
    var gate: Int
    var results: Int

    static let count = 10
    static let input = Input<String>("input")

    func execute(in context: some Context) async throws -> NoOutput {
        // What was read once is at hand: that is not asked for in the same way again.
        _ = try await context.read(Self.input)
        await Gate.named(gate).pass(heedsCancellation: false)
        let outcomes = await Self.outcomes(in: context)
        await Results.named(results).set(outcomes)
        return NoOutput()
    }

    static func outcomes(in context: some Context) async -> [String] {
        let task = Job("required", .say("1"))
        return [
            await outcome { try await context.require(task) },
            await outcome { try await context.require(task, stamper: .inconsequential()) },
            await outcome { try await context.require(task, projecting: FirstWord()) },
            await outcome { try await context.require(all: [task]) },
            await outcome { try await context.readText("f") },
            await outcome { try await context.depend(on: "f") },
            await outcome { try await context.write("1", to: "out") },
            await outcome { try await context.provide("other") },
            await outcome { try await context.read(DirectoryListing(".")) },
            await outcome { try await context.read(input) },
        ]
    }

    private static func outcome<R>(_ body: () async throws -> R) async -> String {
        do {
            _ = try await body()
            return "nothing"
        } catch let error as BuildError {
            if case .misuse = Objection(error) { return "misuse" }
            return error.title
        } catch {
            return "\(error)"
        }
    }
}
