// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// The store had a task that an update had kept up to date, and nobody who required it, since the process had died in
/// between: the update of the next process did not come to it, and it counted as kept up to date ever after.
@Suite struct R16_Dying {
    private let script = Play([
        "upper": { context, script in try await context.need("middle", of: script) + 1 },
        "middle": { context, script in try await context.need("lower", of: script) + 1 },
        "lower": { context, _ in try await context.number(in: "file") },
        "low": { context, script in
            try await context.number(in: "switch") == 0 ? context.need("high", of: script) : 10
        },
        "entry": { context, script in try await context.need("low", of: script) },
        "high": { context, script in
            try await context.number(in: "switch") == 1 ? context.need("low", of: script) : 20
        },
    ])

    private func open(_ folder: TemporaryFolder, _ system: MortalSystem) throws -> Pie {
        try Pie(
            store: .directory(folder.root + ".store", .waiting(atMost: .seconds(20))),
            root: folder.root,
            tasks: [Part.self],
            system: system.system
        )
    }

    /// Lets a process die that has written some bytes in a session.
    ///
    /// - Returns: The one after it.
    private func heir(
        of pie: consuming Pie,
        _ folder: TemporaryFolder,
        _ system: MortalSystem,
        after bytes: Int,
        _ body: (Session) async throws -> Void
    ) async throws -> Pie {
        system.die(after: bytes)
        try await pie.session { try await body($0) }
        // The store is free when the last one lets go of it.
        _ = consume pie
        system.die(after: nil)
        return try open(folder, system)
    }

    @Test func what_nobody_is_known_to_require_is_checked_wherever_the_process_before_died() async throws {
        for bytes in stride(from: 0, through: 1_200, by: 20) {
            let folder = try TemporaryFolder()
            try folder.write("1", to: "file")
            let system = MortalSystem()
            let pie = try await heir(of: try open(folder, system), folder, system, after: bytes) { session in
                _ = try await session.require(script["upper"])
            }
            try folder.write("2", to: "file")
            let output = try await pie.session { session in
                try await session.update(.files(["file"]))
                return try await session.require(script["upper"])
            }
            #expect(output == 4, "died after \(bytes) bytes")
        }
    }

    @Test func what_is_made_in_the_place_of_a_lost_output_is_another_version() async throws {
        for bytes in stride(from: 0, through: 400, by: 5) {
            let folder = try TemporaryFolder()
            let system = MortalSystem()
            let first = try open(folder, system)
            try folder.write("1", to: "file")
            try await first.session { _ = try await $0.require(script["middle"]) }
            try folder.write("2", to: "file")
            let pie = try await heir(of: consume first, folder, system, after: bytes) { session in
                _ = try await session.require(script["middle"])
                // Now it is the host's as well: its record must be written once more, and not behind its requirer's.
                _ = try await session.require(script["lower"])
            }
            try folder.write("3", to: "file")
            let output = try await pie.session { try await $0.require(script["middle"]) }
            #expect(output == 4, "died after \(bytes) bytes")
        }
    }

    @Test func records_of_which_some_are_older_than_others_are_no_ring() async throws {
        for bytes in stride(from: 0, through: 500, by: 5) {
            let folder = try TemporaryFolder()
            let system = MortalSystem()
            let first = try open(folder, system)
            try folder.write("0", to: "switch")
            try await first.session { _ = try await $0.require(script["entry"]) }
            try folder.write("1", to: "switch")
            let pie = try await heir(of: consume first, folder, system, after: bytes) { session in
                _ = try await session.require(script["high"])
                // Now it is the host's as well: its record must be written once more, and not behind its requirer's.
                _ = try await session.require(script["low"])
            }
            #expect(pie.engine.state.withLock { $0.invariantViolations() } == [], "died after \(bytes) bytes")
            let outputs = try await pie.session { session in
                _ = try await session.update(.files(["switch"]))
                return [try await session.require(script["high"]), try await session.require(script["low"])]
            }
            #expect(outputs == [10, 10], "died after \(bytes) bytes")
        }
    }

    /// Found by the oracle: seed 54295.
    @Test func requirements_that_change_their_direction_cost_the_next_process_nothing() async throws {
        let folder = try TemporaryFolder()
        let system = MortalSystem()
        var pie = try open(folder, system)
        try folder.write("0", to: "switch")
        try await pie.session { _ = try await $0.require(script["entry"]) }
        try folder.write("1", to: "switch")
        try await pie.session { session in
            _ = try await session.require(script["high"])
            _ = try await session.require(script["low"])
            _ = try await session.require(script["entry"])
        }
        pie = try Pie()
        let log = RecordingTracker()
        pie = try Pie(
            store: .directory(folder.root + ".store", .waiting(atMost: .seconds(20))),
            root: folder.root,
            tasks: [Part.self],
            trackers: [log]
        )
        try await pie.session { session in
            _ = try await session.require(script["high"])
            _ = try await session.require(script["entry"])
        }
        #expect(log.runs.isEmpty)
    }
}
