// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// A record names every file that its task has written; another task may provide it by now.
@Suite struct R16_Providers {
    /// With one of its files, a task seemed to have lost them all.
    @Test(arguments: World.Life.toTest)
    func R16_a_task_that_has_lost_a_file_still_provides_the_others(life: World.Life) async throws {
        let world = try World(life: life)
        let first = Job("first", .write("1", "out1"), .write("2", "out2"))
        let second = Job("second", .write("another", "out2"))
        try await world.session { _ = try await $0.require(first, observing: false, forcing: false) }
        try await world.session { _ = try await $0.require(second, observing: false, forcing: false) }
        try await world.session { _ = try await $0.require(first, observing: false, forcing: false) }
        #expect(world.runs == [Run(first, .provided("out2"))])
    }

    /// A record that was written after that of the new provider took the file back.
    @Test(arguments: World.Life.toTest)
    func R16_a_task_that_fails_does_not_take_a_file_back(life: World.Life) async throws {
        let world = try World(life: life)
        let first = Job("first", .write("1", "out"))
        let second = Job("second", .write("2", "out"))
        try await world.session { _ = try await $0.require(first, observing: false, forcing: false) }
        try await world.require(second)
        try await world.session { session in
            try await session.require(second)
            await #expect(throws: BuildError.self) {
                try await session.require(first, observing: false, forcing: false)
            }
        }
        try await world.require(second)
        #expect(world.executed == [])
    }
}
