// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIETesting
import Testing

@testable import PIE

/// Sessions that end early at every point there is forget nothing (R8, R14).
@Suite(.timeLimit(.minutes(10))) struct R8_InterruptionTests {
    private static let changed: [File] = ["f", "g", "folder/new"]

    /// Interrupts a session at its first event, in another build at its second, and so on up to its end.
    ///
    /// - Parameters:
    ///   - jobs: How many tasks may run at once.
    ///   - way: How to interrupt.
    ///   - body: The session.
    ///   - check: What must hold afterwards.
    /// - Throws: What the body of a build or `check` throws.
    private func atEveryEvent(
        jobs: Int,
        by way: Build.Way,
        _ body: @escaping @Sendable (Build, Session) async throws -> Void,
        check: (Build, Comment) async throws -> Void
    ) async throws {
        var event = 0
        var isOver = false
        while !isOver {
            event += 1
            let build = try Build(jobs: jobs)
            try await build.prepare()
            isOver = await build.interrupt(at: event, by: way) { try await body(build, $0) }
            try await check(build, "event \(event)")
        }
        #expect(event > 20)
    }

    @Test(arguments: [1, 4], [Build.Way.cancellation, .superseding])
    fileprivate func R14_anUpdateInterruptedAtAnyEventForgetsNoChange(jobs: Int, way: Build.Way) async throws {
        try await atEveryEvent(jobs: jobs, by: way) { _, session in
            try await session.update(.files(Self.changed))
        } check: { build, comment in
            try await build.expectConvergence(naming: [], comment)
        }
    }

    @Test(arguments: [1, 4]) func R14_aDetectionCancelledAtAnyEventForgetsNoChange(jobs: Int) async throws {
        try await atEveryEvent(jobs: jobs, by: .cancellation) { _, session in
            try await session.update(.detect)
        } check: { build, comment in
            try await build.expectConvergence(naming: build.wasDetected ? [] : Self.changed, comment)
        }
    }

    @Test(arguments: [1, 4]) func R14_aPlainSessionCancelledAtAnyEventForgetsNoRequirer(jobs: Int) async throws {
        try await atEveryEvent(jobs: jobs, by: .cancellation) { build, session in
            try await session.require(build.top)
        } check: { build, comment in
            try await build.expectConvergence(naming: Self.changed, comment)
        }
    }

    @Test(arguments: [1, 4]) func R14_anUpdateCancelledAtAnyEventIsFinishedTopDown(jobs: Int) async throws {
        try await atEveryEvent(jobs: jobs, by: .cancellation) { _, session in
            try await session.update(.files(Self.changed))
        } check: { build, comment in
            let world = build.world
            let expected = try await world.fresh(build.top)
            #expect(try await world.require(build.top) == expected, comment)
            try await world.update()
            #expect(world.runs == [], comment)
        }
    }

    @Test(arguments: [1, 4]) func R14_anUpdateThatEndsByAnErrorForgetsNoChange(jobs: Int) async throws {
        for keepGoing in [false, true] {
            let world = try World(jobs: jobs, keepGoing: keepGoing, ["bad": "say fine", "f": "1", "g": "1"])
            let readers = (0..<6).map { Job("reader \($0)", .read($0 % 2 == 0 ? "f" : "g")) }
            let top = Job("top", .all(readers))
            try await world.require(Script("bad"))
            try await world.require(top)
            try world.write("fail no", to: "bad")
            try world.write("2", to: "f")
            try world.write("2", to: "g")
            await #expect(throws: (any Error).self) { try await world.update("bad", "f", "g") }
            try world.write("say mended", to: "bad")
            try await world.update("bad")
            #expect(world.pie.lastOutput(of: top) == "2 2 2 2 2 2")
            #expect(world.pie.lastOutput(of: Script("bad")) == "mended")
            #expect(try await world.update().executed == 0)
        }
    }

    @Test(arguments: [1, 4]) func R8_whatIsPendingOutlivesPlainSessions(jobs: Int) async throws {
        let build = try Build(jobs: jobs)
        try await build.prepare()
        _ = await build.interrupt(at: 8, by: .cancellation) { session in
            try await session.update(.files(Self.changed))
        }
        let other = Job("other", .say("other"))
        for _ in 0..<3 { try await build.world.require(other) }
        try await build.expectConvergence(naming: [], "after plain sessions")
    }

    @Test(arguments: [Build.Way.cancellation, .superseding])
    fileprivate func R14_anUpdateInterruptedAtSomeEventOfAnyOrderForgetsNoChange(way: Build.Way) async {
        await exploreSchedules(1...200) { seed in
            let build = try Build(jobs: 4)
            try await build.prepare()
            _ = await build.interrupt(at: Int(seed % 50) + 1, by: way) { try await $0.update(.files(Self.changed)) }
            try await build.expectConvergence(naming: [], "event \(seed % 50 + 1)")
        }
    }

    @Test func R14_aTaskTakenOutOfTheLineWhenItsUpdateIsSupersededIsPending() throws {
        var state = EngineState(
            options: PieOptions(),
            scope: ResourceScope(root: "/"),
            isTracked: false,
            files: InternTable<File, Void>()
        )
        state.versions.append(0)
        state.addNode(type: 1, local: 0)
        let host = ExecutionKey(claim: 0, generation: 0, epoch: 1)
        state.beginSession(scope: ResourceScope(root: "/"), inputs: [], versions: [0, 0])
        try state.beginUpdate(host)
        state.observeRoot(1)
        state.schedule(1)
        #expect(state.popScheduled() == 1)
        state.endSession(superseded: true)
        #expect(state.pending == [1])
        #expect(!state.graph.nodes[1].flags.contains(.scheduled))

        state.beginSession(scope: ResourceScope(root: "/"), inputs: [], versions: [0, 0])
        try state.beginUpdate(ExecutionKey(claim: 0, generation: 0, epoch: 2))
        state.scheduleUnasked()
        #expect(state.popScheduled() == 1)
    }
}

/// A build with everything that an interruption may come between.
private final class Build: Sendable {
    let world: World
    let interrupter: Interrupter
    let top: Job

    private static let generate = Job("generate", .read("g"), .save("out"), .say("done"))
    private static let low = Job("low", .read("f"))
    private static let middle = Job("middle", .ignore(generate), .require(low), .read("out"))
    private static let list = Job("list", .list("folder"))
    private static let first = Job("first", .first(low), .read("same"))

    init(jobs: Int) throws {
        let interrupter = Interrupter()
        self.interrupter = interrupter
        world = try World(
            jobs: jobs,
            trackers: [interrupter],
            ["f": "1 x", "g": "1", "folder/old": "1", "same": "0"]
        )
        let upper = Job("upper", .require(Self.middle), .require(Self.first))
        top = Job("top", .all([upper, Self.list, Self.low]))
    }

    /// Builds, and changes everything.
    func prepare() async throws {
        try await world.require(top)
        try world.write("2 y", to: "f")
        try world.write("2", to: "g")
        try world.write("1", to: "folder/new")
    }

    enum Way { case cancellation, superseding }

    /// Runs a session that is interrupted.
    ///
    /// - Returns: Whether the event at which it was to be interrupted never came.
    func interrupt<R: Sendable>(
        at event: Int,
        by way: Way,
        _ body: @escaping @Sendable (Session) async throws -> R
    ) async -> Bool {
        let begun = Gate.make()
        let world = world
        let task = Task(executorPreference: Scheduling.executor) {
            await begun.pass(heedsCancellation: false)
            _ = try await world.session(body)
        }
        switch way {
        case .cancellation:
            interrupter.arm(event) { task.cancel() }
            begun.open()
            _ = await task.result
        case .superseding:
            let other = Lock<Task<Void, any Error>?>(nil)
            interrupter.arm(event) {
                let next = Task(executorPreference: Scheduling.executor) {
                    try await world.pie.session(superseding: true) { _ in }
                }
                other.withLock { $0 = next }
            }
            begun.open()
            _ = await task.result
            _ = await other.withLock { $0 }?.result
        }
        return !interrupter.disarm()
    }

    /// Whether the interrupted update got as far as looking.
    var wasDetected: Bool { !world.log.scheduled.isEmpty }

    /// Expects an update to bring everything up to date, and to leave nothing to do.
    func expectConvergence(
        naming files: [File],
        _ comment: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let report = try await world.session { try await $0.update(.files(files)) }
        let fresh = try await world.fresh(top)
        #expect(world.pie.lastOutput(of: top) == fresh, comment, sourceLocation: sourceLocation)
        #expect(world.executed.count == Set(world.executed).count, comment, sourceLocation: sourceLocation)
        #expect(report.executed == world.executed.count, comment, sourceLocation: sourceLocation)
        #expect(try world.text(of: "out") == "2", comment, sourceLocation: sourceLocation)
        try await world.update()
        #expect(world.runs == [], comment, sourceLocation: sourceLocation)
        try await world.require(top)
        #expect(world.runs == [], comment, sourceLocation: sourceLocation)
    }
}

/// Does something at a chosen event.
private final class Interrupter: Tracker {
    private struct State {
        var countdown = 0
        var action: (@Sendable () -> Void)?
    }

    private let state = Lock<State>(State())

    func arm(_ event: Int, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0 = State(countdown: event, action: action) }
    }

    /// - Returns: Whether it was done.
    func disarm() -> Bool {
        state.withLock { state in
            defer { state = State() }
            return state.action == nil
        }
    }

    func handle(_ event: BuildEvent) {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            guard state.action != nil else { return nil }
            state.countdown -= 1
            guard state.countdown == 0 else { return nil }
            defer { state.action = nil }
            return state.action
        }
        action?()
    }
}
