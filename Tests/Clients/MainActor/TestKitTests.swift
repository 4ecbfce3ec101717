import PIE
import PIETesting
import Testing

@Suite struct TestKitTests {
    private var comparisons = 0

    @Test mutating func aClientOnTheMainActorTestsWhatRan() async throws {
        let log = EventLog()
        let workspace = try TemporaryWorkspace()
        let pie = try Pie(root: workspace.root, trackers: [log])
        pie.set(Switch.input, to: 1)
        let value = try await expectSameAsFromScratch(in: pie) { session in
            // The bodies run on the main actor: its state is at hand.
            comparisons += 1
            return try await session.require(Switch())
        } scratch: { context in
            comparisons += 1
            return try await context.require(Switch())
        }
        #expect(!value)
        #expect(comparisons == 2)
        expectExecuted(.inOrder([Switch()]), in: log)
    }
}
