// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

extension ShapeTests {
    /// Chains of a million tasks (R13, R7): depth is limited by memory.
    ///
    /// Without optimisation a frame takes several times the memory and the time, so there the chains are shorter; still
    /// ten times as deep as what overflows a stack.
    @Suite(.serialized) struct DeepTests {
        #if DEBUG
            private let length = 200_000
        #else
            private let length = 1_000_000
        #endif

        private func makePie() throws -> Pie {
            var options = PieOptions()
            options.jobs = 1
            let pie = try Pie(options: options)
            pie.set(Step.start, to: 0)
            return pie
        }

        @Test func R13_aChainOfAMillionIsCancelledBuiltAndCheckedTopDown() async throws {
            let pie = try makePie()
            let gate = Gate.make()
            let last = Step(index: length, gate: gate.name)
            let build = Task { try await pie.session { try await $0.require(last) } }
            await gate.arrival()
            build.cancel()
            await #expect(throws: CancellationError.self) { try await build.value }
            #expect(pie.lastOutput(of: last) == nil)

            gate.open()
            #expect(try await pie.session { try await $0.require(last) } == 0)
            let arrivals = gate.arrivals
            #expect(try await pie.session { try await $0.require(last) } == 0)
            pie.set(Step.start, to: 0)
            #expect(try await pie.session { try await $0.require(last) } == 0)
            #expect(gate.arrivals == arrivals, "nothing was executed")
        }

        @Test func R13_aChainOfAMillionIsCancelledBuiltAndCheckedInUpdates() async throws {
            // The task at the top begins to require the chain while an update runs.
            let pie = try makePie()
            let gate = Gate.make()
            let top = Top(length: length, gate: gate.name)
            pie.set(Top.isOn, to: false)
            #expect(try await pie.session { try await $0.require(top) } == -1)
            pie.set(Top.isOn, to: true)
            let update = Task { try await pie.session { try await $0.update(.files([])) } }
            await gate.arrival()
            update.cancel()
            await #expect(throws: CancellationError.self) { try await update.value }
            #expect(pie.lastOutput(of: top) == -1)

            gate.open()
            let built = try await pie.session { try await $0.update(.files([])) }
            #expect(built.executed == length + 2)
            #expect(pie.lastOutput(of: top) == 0)
            let idle = try await pie.session { try await $0.update(.detect) }
            #expect(idle.executed == 0)
            pie.set(Step.start, to: 7)
            let changed = try await pie.session { try await $0.update(.files([])) }
            #expect(changed.executed == length + 2)
            #expect(pie.lastOutput(of: top) == 7)
        }

        @Test func R13_aChainOfAMillionIsCancelledAndBuiltFromScratch() async throws {
            let pie = try makePie()
            let gate = Gate.make()
            let context = NonIncrementalContext(of: pie)
            let build = Task { try await context.require(Step(index: length, gate: gate.name)) }
            await gate.arrival()
            build.cancel()
            await #expect(throws: CancellationError.self) { try await build.value }
            gate.open()
            #expect(try await context.require(Step(index: length, gate: gate.name)) == 0)
        }
    }

}

/// Requires the step before it; the first one reads an input, and waits at a gate if there is one.
private struct Step: IncrementalTask {
    static let start = Input<Int>("start")

    var index: Int
    var gate: Int?

    func execute(in context: some Context) async throws -> Int {
        if index > 0 { return try await context.require(Step(index: index - 1, gate: gate)) }
        if let gate {
            await Gate.named(gate).pass()
            try Task.checkCancellation()
        }
        return try await context.read(Self.start)
    }
}

/// Requires a chain if an input says so.
private struct Top: IncrementalTask {
    static let isOn = Input<Bool>("is on")

    var length: Int
    var gate: Int

    func execute(in context: some Context) async throws -> Int {
        guard try await context.read(Self.isOn) else { return -1 }
        return try await context.require(Step(index: length, gate: gate))
    }
}
