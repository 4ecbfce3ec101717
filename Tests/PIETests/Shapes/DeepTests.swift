// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Chains of a million tasks (R13, R7): depth is limited by memory.
extension ShapeTests {
    @Suite(.serialized) struct DeepTests {
        private let length = 1_000_000

        private func makePie() throws -> Pie {
            var options = PieOptions()
            options.jobs = 1
            let pie = try Pie(options: options)
            pie.set(Step.start, to: 0)
            return pie
        }

        @Test func R13_aChainOfAMillionIsBuiltAndCheckedTopDown() async throws {
            let pie = try makePie()
            let last = Step(index: length)
            #expect(try await pie.session { try await $0.require(last) } == 0)
            #expect(try await pie.session { try await $0.require(last) } == 0)
            pie.set(Step.start, to: 7)
            #expect(try await pie.session { try await $0.require(last) } == 7)
            #expect(try await pie.session { try await $0.require(last) } == 7)
        }

        @Test func R13_aChainOfAMillionIsUpdatedBottomUp() async throws {
            let pie = try makePie()
            let last = Step(index: length)
            _ = try await pie.session { try await $0.require(last) }
            let idle = try await pie.session { try await $0.update(.files([])) }
            #expect(idle.executed == 0)
            pie.set(Step.start, to: 7)
            let report = try await pie.session { try await $0.update(.files([])) }
            #expect(report.executed == length + 1)
            #expect(pie.lastOutput(of: last) == 7)
        }

        @Test func R13_aChainOfAMillionIsBuiltFromScratch() async throws {
            let pie = try makePie()
            #expect(try await NonIncrementalContext(of: pie).require(Step(index: length)) == 0)
        }

        @Test func R14_aChainOfAMillionIsCancelledTopDown() async throws {
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
        }

        @Test func R14_aChainOfAMillionIsCancelledInAnUpdate() async throws {
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
            let report = try await pie.session { try await $0.update(.files([])) }
            #expect(report.executed == length + 2)
            #expect(pie.lastOutput(of: top) == 0)
        }

        @Test func R14_aChainOfAMillionIsCancelledFromScratch() async throws {
            let pie = try makePie()
            let gate = Gate.make()
            let build = Task { try await NonIncrementalContext(of: pie).require(Step(index: length, gate: gate.name)) }
            await gate.arrival()
            build.cancel()
            await #expect(throws: CancellationError.self) { try await build.value }
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
