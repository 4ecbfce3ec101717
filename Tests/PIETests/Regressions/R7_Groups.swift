// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// A helper of a group came when all members were done, queued for a job slot, and was awaited by the task that held it.
@Suite(.timeLimit(.minutes(10))) struct R7_Groups {
    @Test func a_helper_that_comes_late_does_not_queue() {
        var parking = Parking()
        parking.begin(7)
        #expect(parking.isOpen(7))
        _ = parking.dismiss(helping: 7)
        #expect(!parking.isOpen(7))
    }

    @Test func groups_that_are_done_at_once_leave_no_helper_waiting() async throws {
        let world = try World(jobs: 2, ["a": "0", "b": "0"])
        let leaves = (0..<12).map { Job("leaf \($0)", .say("\($0)")) }
        let roots = [Job("one", .read("a"), .all(leaves)), Job("two", .read("b"), .all(leaves))]
        for round in 0..<150 {
            try world.write("\(round)", to: "a")
            try world.write("\(round)", to: "b")
            let outputs = try await world.require(all: roots)
            #expect(outputs.allSatisfy { $0.hasPrefix("\(round) 0 1") })
        }
    }
}
