// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Synchronization
import Testing

@testable import PIE

/// A door that tasks wait at until the test opens it.
private final class Door: Sendable {
    private struct State {
        var isOpen = false
        var arrivals = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func pass() async {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                state.arrivals += 1
                let watchers = state.watchers.filter { $0.count <= state.arrivals }.map(\.continuation)
                state.watchers.removeAll { $0.count <= state.arrivals }
                if state.isOpen { return watchers + [continuation] }
                state.waiting.append(continuation)
                return watchers
            }
            for continuation in ready { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func arrived(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.arrivals >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    var arrivals: Int { state.withLock { $0.arrivals } }
}

@Suite(.serialized) struct SharedExecutionTests {
    private static let gate = Mutex(Door())

    private struct Slow: IncrementalTask {
        static let typeIdentifier = "SharedExecutionTests.Slow"

        func execute(in context: some Context) async throws -> Bool {
            await SharedExecutionTests.gate.withLock { $0 }.pass()
            return Task.isCancelled
        }
    }

    @Test(arguments: [1, 4]) func R14_aTaskThatAnotherCallAwaitsIsNotCancelledWithTheFirst(jobs: Int) async throws {
        let gate = Door()
        Self.gate.withLock { $0 = gate }
        var options = PieOptions()
        options.jobs = jobs
        let pie = try Pie(options: options)
        try await pie.session { session in
            let first = Task { try await session.require(Slow()) }
            await gate.arrived(1)
            let second = Task { try await session.require(Slow()) }
            while pie.engine.state.withLock({ $0.parking.waiters.isEmpty }) { await Task.yield() }
            first.cancel()
            gate.open()
            await #expect(throws: CancellationError.self) { try await first.value }
            let wasCancelled = try await second.value
            #expect(!wasCancelled)
        }
        #expect(gate.arrivals == 1)
    }
}
