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
    ])

    private func open(_ folder: TemporaryFolder, _ system: MortalSystem) throws -> Pie {
        try Pie(
            store: .directory(folder.root + ".store", .waiting(atMost: .seconds(20))),
            root: folder.root,
            tasks: [Part.self],
            system: system.system
        )
    }

    @Test func what_nobody_is_known_to_require_is_checked_wherever_the_process_before_died() async throws {
        for bytes in stride(from: 0, through: 1_200, by: 20) {
            let folder = try TemporaryFolder()
            try folder.write("1", to: "file")
            let system = MortalSystem()
            var pie = try open(folder, system)
            system.die(after: bytes)
            try await pie.session { _ = try await $0.require(script["upper"]) }
            pie = try Pie()
            system.die(after: nil)
            pie = try open(folder, system)
            try folder.write("2", to: "file")
            let output = try await pie.session { session in
                try await session.update(.files(["file"]))
                return try await session.require(script["upper"])
            }
            #expect(output == 4, "died after \(bytes) bytes")
        }
    }
}
