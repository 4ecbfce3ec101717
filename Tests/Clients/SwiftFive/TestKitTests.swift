import PIE
import PIETesting
import Testing

@Suite struct TestKitTests {
    @Test func aClientTestsWhatRan() async throws {
        let log = EventLog()
        try await TemporaryWorkspace.with(["a.txt": "x\ny", "b.txt": "z"]) { workspace in
            let pie = try Pie(root: workspace.root, trackers: [log])
            let longest = Longest(files: ["a.txt", "b.txt"])
            try await pie.session { try await $0.require(longest) }
            log.clear()
            try workspace.append("!", to: "a.txt")
            let length = try await expectSameAsFromScratch(in: pie) { session in
                try await session.require(longest)
            } scratch: { context in
                try await context.require(longest)
            }
            #expect(length == 2)
            expectExecuted([Parse(file: "a.txt")], in: log)
        }
    }

    @Test func aClientProvesItsTasksRight() async throws {
        let longest = Longest(files: ["a.txt", "b.txt"])
        expectConforming(longest, differentFrom: [Longest(files: ["a.txt"])])
        let workspace = try TemporaryWorkspace(["a.txt": "x\ny", "b.txt": "z"])
        try await expectNoHiddenInputs(of: [AnyTask(longest)], in: workspace)
        await exploreSchedules(1...10) { _ in
            let pie = try Pie(root: workspace.root)
            let length = try await pie.session { try await $0.require(longest) }
            #expect(length == 2)
        }
    }
}
