// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// The engine's decisions, without a thread: who claims, who waits, who is handed what.
@Suite struct EngineStateTests {
    private static func state(jobs: Int = 2, tasks: Int) -> EngineState {
        var options = PieOptions()
        options.jobs = jobs
        var state = EngineState(
            options: options,
            scope: ResourceScope(root: "/"),
            isTracked: false,
            files: InternTable<File, Void>()
        )
        state.versions.append(0)
        for local in 0..<tasks { state.addNode(type: 1, local: UInt32(local)) }
        state.beginSession(scope: ResourceScope(root: "/"), inputs: [], versions: [0, 0])
        return state
    }

    private static let host = ExecutionKey(claim: 0, generation: 0, epoch: 1)

    private func key(of claim: ClaimID, in state: borrowing EngineState) -> ExecutionKey {
        ExecutionKey(claim: claim, generation: state.claims[claim].generation, epoch: state.epoch)
    }

    /// Asks for a task and expects to be told to execute it.
    private func begin(_ task: TaskID, by key: ExecutionKey, in state: inout EngineState) throws -> Request {
        var request = try state.ask(task, stamper: 0, by: key)
        guard case .execute = state.next(&request) else {
            Issue.record("task \(task) is not to be executed")
            return request
        }
        return request
    }

    /// Commits an execution and answers its requester.
    private func commit(_ request: inout Request, in state: inout EngineState) {
        let slot = state.claims[request.base].flags.contains(.hasSlot)
        _ = state.commit(request.base, .new)
        request.base = 0
        request.hasSlot = slot
        state.answer(request, failed: false)
        let isDone = state.finish(&request)
        #expect(isDone)
    }

    @Test func aNewTaskIsExecutedByWhoAsksFirst() throws {
        var state = Self.state(tasks: 1)
        var first = try begin(1, by: Self.host, in: &state)
        var second = try state.ask(1, stamper: 0, by: Self.host)
        guard case .wait(let claim, _) = state.next(&second) else {
            Issue.record("the second does not wait")
            return
        }
        #expect(claim == first.base)
        commit(&first, in: &state)
        guard case .consistent = state.next(&second) else {
            Issue.record("the second is not answered")
            return
        }
        let claims = state.claimCount
        #expect(claims == 0)
    }

    @Test func whoWaitsForACancelledExecutionClaimsTheTask() throws {
        var state = Self.state(tasks: 1)
        let first = try begin(1, by: Self.host, in: &state)
        var second = try state.ask(1, stamper: 0, by: Self.host)
        guard case .wait = state.next(&second) else { return }
        state.cancel(first.base)
        state.releaseSlot()
        guard case .execute = state.next(&second) else {
            Issue.record("the task is not claimed anew")
            return
        }
    }

    @Test func anErrorIsGivenToWhoAsksLaterWithoutAnotherRun() throws {
        struct Failure: Error {}
        var state = Self.state(tasks: 1)
        let first = try begin(1, by: Self.host, in: &state)
        state.fail(first.base, Failure())
        var second = try state.ask(1, stamper: 0, by: Self.host)
        guard case .failed(let error) = state.next(&second) else {
            Issue.record("the task is not known to have failed")
            return
        }
        #expect(error is Failure)
    }

    @Test func aJobSlotGoesFromRequirerToRequiredAndBack() throws {
        var state = Self.state(jobs: 1, tasks: 2)
        let outer = try begin(1, by: Self.host, in: &state)
        let outerKey = key(of: outer.base, in: state)
        var inner = try begin(2, by: outerKey, in: &state)
        let during = (outer: holdsSlot(outer, in: state), inner: holdsSlot(inner, in: state), free: state.freeSlots)
        #expect(during == (false, true, 0))
        commit(&inner, in: &state)
        let after = (outer: holdsSlot(outer, in: state), free: state.freeSlots)
        #expect(after == (true, 0))
    }

    private func holdsSlot(_ request: Request, in state: borrowing EngineState) -> Bool {
        state.claims[request.base].flags.contains(.hasSlot)
    }

    @Test func aSecondRequirementAtOnceNeedsASlotOfItsOwn() throws {
        var state = Self.state(jobs: 1, tasks: 3)
        let outer = try begin(1, by: Self.host, in: &state)
        let outerKey = key(of: outer.base, in: state)
        var first = try begin(2, by: outerKey, in: &state)
        var second = try state.ask(3, stamper: 0, by: outerKey)
        guard case .slot = state.next(&second) else {
            Issue.record("two tasks execute at once with one job")
            return
        }
        commit(&first, in: &state)
        guard case .execute = state.next(&second) else {
            Issue.record("the slot was not freed")
            return
        }
    }

    @Test func R14_theEndOfASupersededUpdateLeavesTheUpdateThatTookItsPlaceAlone() throws {
        var state = Self.state(tasks: 1)
        try state.beginUpdate(Self.host)
        state.endSession(superseded: true)
        state.beginSession(scope: ResourceScope(root: "/"), inputs: [], versions: [0, 0])
        try state.beginUpdate(ExecutionKey(claim: 0, generation: 0, epoch: state.epoch))
        var error: (any Error)?
        do {
            _ = try state.endUpdate(1) { _ in UpdateReport(executed: 0, reused: 0, types: [:], duration: .zero) }
        } catch let thrown {
            error = thrown
        }
        #expect(error is CancellationError)
        let (isUpdating, isUpToDate) = (state.isUpdating, state.isUpToDate)
        #expect(isUpdating && !isUpToDate)
    }

    @Test func R12_aTaskThatRequiresItselfIsACycleOfOne() throws {
        var state = Self.state(tasks: 1)
        let first = try begin(1, by: Self.host, in: &state)
        var again = try state.ask(1, stamper: 0, by: key(of: first.base, in: state))
        guard case .failed(let error) = state.next(&again), let cycle = error as? CycleFound else {
            Issue.record("no cycle was found")
            return
        }
        #expect(cycle.path == [1])
    }

    @Test func R12_aCycleAcrossTwoWorkersIsFoundByTheSecondToWait() throws {
        var state = Self.state(tasks: 2)
        let first = try begin(1, by: Self.host, in: &state)
        let second = try begin(2, by: Self.host, in: &state)
        var forward = try state.ask(2, stamper: 0, by: key(of: first.base, in: state))
        guard case .wait(let awaited, _) = state.next(&forward) else {
            Issue.record("the first does not wait")
            return
        }
        state.parking.wait(
            state.parking.ticket(),
            Parking.Parked(continuation: nil, blocked: first.base, target: awaited)
        )
        var backward = try state.ask(1, stamper: 0, by: key(of: second.base, in: state))
        guard case .failed(let error) = state.next(&backward), let cycle = error as? CycleFound else {
            Issue.record("no cycle was found")
            return
        }
        #expect(cycle.path.sorted() == [1, 2])
    }
}
