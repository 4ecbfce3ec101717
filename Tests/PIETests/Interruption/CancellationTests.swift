// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Builds that are cancelled (R14).
@Suite(.timeLimit(.minutes(10))) struct CancellationTests {
    @Test(arguments: [1, 4]) func R14_cancellationStopsAtTheNextRequire(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let before = Job("before", .say("1"))
        let after = Job("after", .say("2"))
        let root = Job("root", .require(before), .pass(gate.name), .require(after))
        let build = Task { try await world.require(root) }
        await gate.arrival()
        build.cancel()
        await #expect(throws: CancellationError.self) { try await build.value }
        #expect(world.executed == tasks(root, before))
        #expect(world.log.cancelled == tasks(root))
        #expect(world.pie.lastOutput(of: before) == "1", "what finished is kept")

        gate.open()
        #expect(try await world.require(root) == "1 2")
        #expect(world.runs == [Run(root, .lastRunFailed), Run(after, .new)])
    }

    @Test(arguments: [1, 4]) func R14_aCancelledTaskKeepsItsEarlierRecord(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1"])
        let gate = Gate.make()
        gate.open()
        let task = Job("task", .read("a"), .pass(gate.name))
        try await world.require(task)
        gate.close()
        let arrivals = gate.arrivals
        try world.write("2", to: "a")
        let build = Task { try await world.require(task) }
        await gate.arrival(arrivals + 1)
        build.cancel()
        await #expect(throws: CancellationError.self) { try await build.value }
        #expect(world.pie.lastOutput(of: task) == "1")

        try world.write("1", to: "a")
        #expect(try await world.require(task) == "1")
        #expect(world.runs == [], "the edit was undone")
        gate.open()
        try world.write("2", to: "a")
        #expect(try await world.require(task) == "2")
        #expect(world.runs == [Run(task, .file("a"))])
    }

    @Test(arguments: [1, 4]) func R14_anExecutionThatReturnsAfterItsCancellationCommitsNothing(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let deaf = Job("deaf", .hold(gate.name), .say("done"))
        let build = Task { try await world.require(deaf) }
        await gate.arrival()
        build.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await build.value }
        #expect(world.pie.lastOutput(of: deaf) == nil)
        #expect(world.log.cancelled == tasks(deaf))
        #expect(try await world.require(deaf) == "done")
    }

    @Test(arguments: [1, 4]) func R14_aCancelledExecutionThatReadsAnInputAgainCommitsNothing(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        world.pie.set(Input<String>("name"), to: "1")
        let gate = Gate.make()
        let reader = Job("reader", .input("name"), .hold(gate.name), .attempt([.input("name")]))
        let build = Task { try await world.require(reader) }
        await gate.arrival()
        build.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await build.value }
        #expect(world.pie.lastOutput(of: reader) == nil)
        #expect(world.log.cancelled == tasks(reader))
        #expect(try await world.require(reader) == "1 1")
    }

    @Test(arguments: [1, 4]) func R14_anExecutionThatSwallowsItsCancellationCommitsNothing(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let child = Job("child", .say("child"))
        let root = Job(
            "root",
            .hold(gate.name),
            .attempt([.require(child)]),
            .attempt([.write("x", "out")]),
            .say("done")
        )
        let build = Task { try await world.require(root) }
        await gate.arrival()
        build.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await build.value }
        #expect(world.executed == tasks(root))
        #expect(world.pie.lastOutput(of: root) == nil)
        #expect(try world.text(of: "out") == nil)
    }

    @Test(arguments: [1, 4]) func R14_aTaskThatThrowsACancellationIsNoFailure(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["flag": "cancel"])
        let task = Cancelling(file: "flag")
        let upper = Upper(task)
        await #expect(throws: CancellationError.self) { try await world.require(upper) }
        #expect(world.log.failed == [])
        #expect(world.pie.lastOutput(of: upper) == nil)
        try world.write("go", to: "flag")
        #expect(try await world.require(upper) == "GO")
    }

    @Test(arguments: [1, 4]) func R14_anotherRequirementInTheSessionTriesAgain(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let task = Job("task", .pass(gate.name), .say("done"))
        try await world.session { session in
            let first = Task { try await session.require(task) }
            await gate.arrival()
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
            gate.open()
            let output = try await session.require(task)
            #expect(output == "done")
        }
        #expect(world.executed == tasks(task, task))
        #expect(world.log.completed == tasks(task))
    }

    @Test(arguments: [2, 4]) func R14_aTaskThatAnotherRequirerAwaitsIsNotLost(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let shared = Job("shared", .pass(gate.name), .say("done"))
        let joined = Gate.make()
        let other = Job("other", .pass(joined.name), .require(shared))
        joined.open()
        try await world.session { session in
            let first = Task { try await session.require(shared) }
            await gate.arrival()
            let second = Task { try await session.require(other) }
            await joined.arrival()
            first.cancel()
            gate.open()
            let output = try await second.value
            #expect(output == "done")
            _ = await first.result
        }
    }

    @Test(arguments: [1, 4]) func R14_cancellingAnUpdateForgetsNoRequirer(jobs: Int) async throws {
        // `low` has run and changed when the update is cancelled in `middle`; `top` has not seen either.
        let world = try World(jobs: jobs, ["f": "1"])
        let gate = Gate.make()
        gate.open()
        let low = Job("low", .read("f"))
        let middle = Job("middle", .require(low), .pass(gate.name))
        let top = Job("top", .require(middle))
        try await world.require(top)
        gate.close()
        let arrivals = gate.arrivals
        try world.write("2", to: "f")
        let update = Task { try await world.update("f") }
        await gate.arrival(arrivals + 1)
        update.cancel()
        await #expect(throws: CancellationError.self) { try await update.value }
        #expect(world.pie.lastOutput(of: low) == "2")
        #expect(world.pie.lastOutput(of: top) == "1")

        gate.open()
        try await world.update()
        #expect(world.runs == [Run(middle, .output(of: low)), Run(top, .output(of: middle))])
        #expect(world.pie.lastOutput(of: top) == "2")
    }

    @Test(arguments: [1, 4]) func R14_aCancelledCallerStartsNothing(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let build = Task {
            await gate.pass(heedsCancellation: false)
            return try await world.require(Job("job", .say("1")))
        }
        await gate.arrival()
        build.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await build.value }
        #expect(world.executed == [])
    }

    @Test(arguments: [1, 4]) func R14_aSessionThatReturnsEarlyCancelsWhatItLeftRunning(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let gate = Gate.make()
        let slow = Job("slow", .pass(gate.name), .say("done"))
        let left = try await world.session { session in
            let left = Task { try await session.require(slow) }
            await gate.arrival()
            return left
        }
        await #expect(throws: CancellationError.self) { try await left.value }
        #expect(world.pie.lastOutput(of: slow) == nil)
        gate.open()
        #expect(try await world.require(slow) == "done")
    }

    @Test(arguments: [1, 4]) func R14_cancellingAtEveryStepAndTryingAgainGivesTheSame(jobs: Int) async throws {
        let steps = 12
        for step in 1...steps {
            let world = try World(jobs: jobs, ["f": "1"])
            let gate = Gate.make()
            let parts = (0..<4).map { Job("part \($0)", .pass(gate.name), .read("f"), .pass(gate.name)) }
            var root = Job("root", .pass(gate.name))
            for part in parts { root.acts += [.require(part), .pass(gate.name)] }
            let whole = root
            let counter = Stepper(gate: gate)
            let build = Task { try await world.require(whole) }
            await counter.letPass(step - 1)
            build.cancel()
            _ = await build.result
            gate.open()
            #expect(try await world.require(root) == "1 1 1 1")
            try await world.require(root)
            #expect(world.runs == [])
            try world.write("2", to: "f")
            #expect(try await world.require(root) == "2 2 2 2")
        }
    }
}

/// Lets the tasks at a gate pass one by one.
private struct Stepper {
    var gate: Gate

    func letPass(_ count: Int) async {
        for index in 0..<count {
            await gate.arrival(index + 1)
            gate.letThrough()
        }
        await gate.arrival(count + 1)
    }
}

/// Throws a cancellation of its own as long as a file says so.
private struct Cancelling: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> String {
        let text = try await context.readText(file) ?? ""
        if text == "cancel" { throw CancellationError() }
        return text
    }
}
