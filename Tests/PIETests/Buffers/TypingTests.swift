// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// An editor that types faster than tasks run (R14, R17).
@Suite(.timeLimit(.minutes(10))) struct TypingTests {
    private static let keys = 300

    private func bytes(_ number: Int) -> [UInt8] { Array("\(number)".utf8) }

    /// Superseded at whatever point, sessions commit nothing stale, and the last one sees the last key.
    @Test(arguments: [1, 4], [true, false])
    func R14_noStaleResultLandsAndNoKeyIsLost(jobs: Int, isUpdate: Bool) async throws {
        let world = try World(jobs: jobs, ["f": "0", "other": "1"])
        let low = Job("low", .read("f"))
        let sides = (0..<4).map { Job("side \($0)", .require(low), .read("other")) }
        let top = Job("top", .all(sides), .require(low))
        try await world.require(top)
        let follower = Task { [stream = world.pie.outputs(of: low)] in
            var seen: [Int] = []
            for await output in stream {
                seen.append(Int(output) ?? -1)
                if output == "\(Self.keys)" { break }
            }
            return seen
        }
        let editor = Task {
            var sessions: [Task<Int?, any Error>] = []
            for key in 1...Self.keys {
                world.pie.setContents(bytes(key), of: "f")
                sessions.append(
                    Task {
                        try await world.pie.session(superseding: true) { session in
                            if isUpdate { try await session.update(.files([])) }
                            return Int(try await session.require(low))
                        }
                    }
                )
                for _ in 0..<key % 7 { await Task.yield() }
            }
            return sessions
        }
        for (index, session) in await editor.value.enumerated() {
            // A session that was not superseded saw its own key, or a later one that was set before it began.
            if let output = try? await session.value { #expect(output >= index + 1) }
        }
        let report = try await world.session { try await $0.update(.files([])) }
        #expect(world.pie.lastOutput(of: low) == "\(Self.keys)")
        let fresh = try await world.fresh(top)
        #expect(world.pie.lastOutput(of: top) == fresh)
        let seen = await follower.value
        #expect(seen.last == Self.keys)
        #expect(seen == seen.sorted(), "outputs come in the order of the keys")
        #expect(report.executed <= 6)
        #expect(try await world.update().executed == 0)
    }

    /// Files saved between the keys are named to updates that may be superseded: none is forgotten.
    @Test(arguments: [1, 4]) func R14_noSavedFileIsForgotten(jobs: Int) async throws {
        let files = (0..<8).map { File("f\($0)") }
        let world = try World(jobs: jobs, Dictionary(uniqueKeysWithValues: files.map { ($0, "0") }))
        let readers = files.map { Job("reader \($0)", .read($0)) }
        let top = Job("top", .all(readers))
        try await world.require(top)
        var sessions: [Task<Void, any Error>] = []
        for edit in 1...200 {
            let file = files[edit * 5 % files.count]
            try world.write("\(edit)", to: file)
            let begun = Gate.make()
            sessions.append(
                Task {
                    try await world.pie.session(superseding: true) { session in
                        begun.open()
                        try await session.update(.files([file]))
                    }
                }
            )
            // What a session was told before it began is its caller's to repeat: here all of them begin.
            await begun.pass()
            for _ in 0..<edit % 5 { await Task.yield() }
        }
        for session in sessions { _ = await session.result }
        try await world.update()
        let fresh = try await world.fresh(top)
        #expect(world.pie.lastOutput(of: top) == fresh)
        #expect(try await world.update().executed == 0)
    }
}
