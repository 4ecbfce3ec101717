// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// A call of a superseded session was answered, and then read the output that the next session had made.
@Suite(.timeLimit(.minutes(10))) struct R14_Outputs {
    enum Call: CaseIterable {
        case one, part, boxed, several, severalBoxed, severalTypes
    }

    /// Found by the oracle: seed 1100001484.
    @Test(arguments: Call.allCases)
    func R14_who_waits_for_a_job_slot_while_superseded_reads_no_output_of_the_next_session(call: Call) async throws {
        let world = try World(jobs: 2, life: .inMemory, ["file": "1"])
        let (made, kept, taken) = (Gate.make(), Gate.make(), Gate.make())
        let seen = Lock<[Int]>([])
        let script = Play([
            "maker": { context, _ in
                let value = try await context.number(in: "file")
                await made.pass(heedsCancellation: false)
                return value
            },
            "quick": { _, _ in 0 },
            "owner": { context, script in
                let value = try await context.need("maker", of: script)
                await kept.pass(heedsCancellation: false)
                return value
            },
            "waiter": { context, script in
                let value = try await call.make(Part(script: script, name: "maker"), in: context, of: script)
                seen.withLock { $0.append(value) }
                return value
            },
            "other": { _, _ in
                await taken.pass(heedsCancellation: false)
                return 0
            },
        ])
        let executor = HeldExecutor()
        let old = Task {
            try await Scheduling.with(executor) {
                try await world.pie.session { session in
                    async let owner = session.require(script["owner"])
                    await made.arrival()
                    async let waiter = session.require(script["waiter"])
                    try await world.until { !$0.parking.parked.isEmpty }
                    async let other = session.require(script["other"])
                    await taken.arrival()
                    made.open()
                    return try await [owner, waiter, other]
                }
            }
        }
        // The waiter is answered, but both slots are others'.
        await kept.arrival()
        try await world.until { $0.parking.hasQueue }
        executor.hold()
        try world.write("2", to: "file")
        let present = try await world.pie.session(superseding: true) { try await $0.require(script["maker"]) }
        #expect(present == 2)
        executor.letGo()
        kept.open()
        taken.open()
        await #expect(throws: CancellationError.self) { try await old.value }
        #expect(!seen.withLock { $0.contains(2) })
    }
}

extension R14_Outputs.Call {
    /// Asks for a task, in one of the ways there are.
    func make(_ task: Part, in context: some Context, of script: Int) async throws -> Int {
        let quick = Part(script: script, name: "quick")
        switch self {
        case .one: return try await context.require(task)
        case .part: return try await context.require(task, projecting: Whole())
        case .boxed: return try await context.require(AnyTask(task)) as? Int ?? -1
        case .several: return try await context.require(all: [task, quick])[0]
        case .severalBoxed: return try await context.require(all: [AnyTask(task), AnyTask(quick)])[0] as? Int ?? -1
        case .severalTypes: return try await context.require(task, quick).0
        }
    }
}

private struct Whole: Projection {
    func project(_ output: Int) -> Int { output }
}

extension World {
    /// Waits until the engine has come to some state.
    func until(_ isReached: (borrowing EngineState) -> Bool) async throws {
        while !pie.engine.state.withLock({ isReached($0) }) { try await Task.sleep(for: .milliseconds(1)) }
    }
}
