import Pie
import Synchronization
import Testing

private struct Pair: IncrementalTask {
    func execute(in context: some Context) async throws -> Int {
        async let left = context.require(Cell("left"))
        async let right = context.require(Cell("right"))
        return try await left + right
    }
}

@Test func aTaskMayRequireSeveralAtOnce() async throws {
    let sheet = try Sheet(["left": "base 1", "right": "base 2", "base": "10"])
    defer { sheet.folder.remove() }
    #expect(try await sheet.pie.session { try await $0.require(Pair()) } == 23)
}

private struct Slow: IncrementalTask {
    func execute(in context: some Context) async throws -> Int {
        try await Task.sleep(for: .milliseconds(200))
        return 1
    }
}

@Test func aTaskIsExecutedOnceHoweverManyRequireIt() async throws {
    let log = EventLog()
    try await Pie(trackers: [log]).session { session in
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...20 {
                group.addTask { try await session.require(Slow()) }
            }
            try await group.waitForAll()
        }
    }
    #expect(log.takeExecuted().count == 1)
}

private struct Meeting: IncrementalTask {
    static let arrived = Atomic(0)
    var guest: String

    func execute(in context: some Context) async throws -> Bool {
        Self.arrived.add(1, ordering: .relaxed)
        let start = ContinuousClock.now
        while start.duration(to: .now) < .seconds(2) {
            if Self.arrived.load(ordering: .relaxed) == 2 { return true }
        }
        return false
    }
}

private struct Party: IncrementalTask {
    func execute(in context: some Context) async throws -> [Bool] {
        async let ada = context.require(Meeting(guest: "Ada"))
        async let bob = context.require(Meeting(guest: "Bob"))
        return try await [ada, bob]
    }
}

@Test func tasksThatComputeRunAtOnce() async throws {
    #expect(try await Pie().session { try await $0.require(Party()) } == [true, true])
}

private struct Patient: IncrementalTask {
    static let isOver = Atomic(false)

    func execute(in context: some Context) async throws -> Int {
        if !Self.isOver.load(ordering: .relaxed) { try await Task.sleep(for: .seconds(3600)) }
        return 1
    }
}

@Test func whatWasCancelledIsNoAnswer() async throws {
    let output = try await Pie().session { session in
        let first = Task { try await session.require(Patient()) }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        Patient.isOver.store(true, ordering: .relaxed)
        return try await session.require(Patient())
    }
    #expect(output == 1)
}
