// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import PIE
import Testing

/// Requirements made at once in a run from scratch.
@Suite(.timeLimit(.minutes(10))) struct NonIncrementalGroupTests {
    @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
    func membersOfAGroupRunAtOnce() async throws {
        let gate = Gate.make()
        async let opening: Void = {
            await gate.arrival(2)
            gate.open()
        }()
        let pair = [Job("a", .pass(gate.name), .say("1")), Job("b", .pass(gate.name), .say("2"))]
        let world = try World()
        #expect(try await world.fresh(Job("both", .all(pair))) == "1 2")
        await opening
    }

    @Test func theFirstErrorInTheOrderOfAskingIsThrown() async throws {
        let world = try World()
        let members = (0..<8).map { Job("\($0)", $0 % 3 == 2 ? .fail("error \($0)") : .say("fine")) }
        #expect(await failure { try await world.fresh(Job("all", .all(members))) } == "error 2")
    }

    @Test func R12_aCycleAcrossMembersIsFound() async throws {
        let world = try World(["a": "all b c", "b": "run c", "c": "run b"])
        #expect(await objection { try await world.fresh(Script("a")) } == .cycle(Script("b"), Script("c")))
    }

    @Test func aPackOfTasksGivesItsOutputsInOrder() async throws {
        let context = try NonIncrementalContext(of: World().pie)
        let outputs = try await context.require(Job("a", .say("1")), Job("b", .say("2")), Job("c", .say("3")))
        #expect(outputs == ("1", "2", "3"))
    }
}
