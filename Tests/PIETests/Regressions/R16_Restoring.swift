// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// What a failed attempt of a task in the snapshot required was not counted while a collection was replayed.
@Suite struct R16_Restoring {
    @Test func what_a_failed_attempt_required_is_still_observed_after_a_collection() async throws {
        let world = try World(life: .folding, ["zero": "fail no", "one": "run zero", "three": "run one"])
        let five = Job("five", .say("5"))
        await #expect(throws: (any Error).self) { try await world.require(Script("one")) }
        try await world.require(five)
        await #expect(throws: (any Error).self) { try await world.require(Script("three")) }
        try await world.reopen()
        world.pie.unobserve(five)
        world.pie.unobserve(Script("one"))
        try await world.pie.collectGarbage(deletingProvidedFiles: false)
        try await world.reopen()
        #expect(world.pie.engine.state.withLock { $0.invariantViolations() } == [])
        #expect(world.pie.engine.known(Script("one")) != nil)
    }
}
