import PIE
import PIETesting
import Testing

@Suite struct TestKitTests {
    @Test(.buildLog) func aClientTestsWhatRan() async throws {
        let workspace = try TemporaryWorkspace(["a.txt": "x y z", "b.txt": "z x"])
        let pie = try Pie(root: workspace.root, trackers: [EventLog.ofTest])
        let index = Index(folder: ".", output: "index")
        try await expectSameAsFromScratch(index, in: pie)
        try workspace.edit("b.txt") { $0.replacing("z", with: "y") }
        try await expectSameAsFromScratch(index, in: pie)
        expectExecuted([index, Words(file: "b.txt")], in: EventLog.ofTest.lastSession)
        #expect(try workspace.text(of: "index") == "x\ny")
    }
}
