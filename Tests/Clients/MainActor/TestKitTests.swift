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

    @Test func aClientOnTheMainActorProvesItsTasksRight() async throws {
        expectConforming(Place(number: 1), differentFrom: [Place(number: 2)])
        await exploreSchedules(1...10) { _ in
            let pie = try Pie()
            let places = try await pie.session { try await $0.require(all: [Place(number: 1), Place(number: 2)]) }
            #expect(places.map(\.count) == [6, 9])
        }
        try await expectNoHiddenInputs(of: [AnyTask(Place(number: 1))], in: TemporaryWorkspace())
    }
}
