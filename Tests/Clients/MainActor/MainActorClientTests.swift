import Dispatch
import PIE
import Testing

/// A client whose declarations are on the main actor unless they say otherwise, as in an application.
struct Place: IncrementalTask {
    var number: Int

    /// The output: whether the execution was on the main actor, below and above it.
    func execute(in context: some Context) async throws -> [Bool] {
        let before = isOnMainActor()
        let below = number == 0 ? [] : try await context.require(Place(number: number - 1))
        return below + [before, isOnMainActor(), isIsolatedToMainActor()]
    }
}

struct Fan: IncrementalTask {
    func execute(in context: some Context) async throws -> [Bool] {
        try await context.require(all: (0..<20).map { Place(number: $0) }).flatMap { $0 } + [isOnMainActor()]
    }
}

/// Whether the caller runs on the main actor, whichever thread serves it at the moment.
nonisolated private func isOnMainActor() -> Bool {
    DispatchQueue.getSpecific(key: mainQueueMark) != nil
}

/// Whether the caller is isolated to the main actor.
private func isIsolatedToMainActor(_ isolation: isolated (any Actor)? = #isolation) -> Bool {
    isolation === MainActor.shared
}

nonisolated private let mainQueueMark = DispatchSpecificKey<Bool>()

@Suite struct MainActorClientTests {
    init() {
        MainActor.preconditionIsolated()
        DispatchQueue.main.setSpecific(key: mainQueueMark, value: true)
    }

    @Test(arguments: [1, 4]) func noTaskExecutesOnTheMainActor(_ jobs: Int) async throws {
        var options = PieOptions()
        options.jobs = jobs
        let pie = try Pie(options: options)
        #expect(isOnMainActor())
        let places = try await pie.session { session in
            #expect(isOnMainActor())
            let fan = try await session.require(Fan())
            #expect(isOnMainActor())
            return fan + (try await session.require(Place(number: 30)))
        }
        #expect(isOnMainActor())
        #expect(places.count > 600)
        #expect(!places.contains(true))
    }

    @Test func noTaskOfAnUpdateExecutesOnTheMainActor() async throws {
        let pie = try Pie()
        pie.set(Switch.input, to: 1)
        #expect(try await pie.session { try await $0.require(Switch()) } == false)
        pie.set(Switch.input, to: 2)
        let report = try await pie.session { try await $0.update(.files([])) }
        #expect(report.executed == 1)
        #expect(pie.lastOutput(of: Switch()) == false)
    }

    @Test func noTaskOfARunFromScratchExecutesOnTheMainActor() async throws {
        #expect(isOnMainActor())
        let places = try await NonIncrementalContext().require(Fan())
        #expect(isOnMainActor())
        #expect(places.count > 600)
        #expect(!places.contains(true))
    }

    @Test func aHitIsAnsweredWhereItIsAsked() async throws {
        let pie = try Pie()
        try await pie.session { session in
            let first = try await session.require(Place(number: 3))
            // Runs as soon as the main actor is free: which it is not while a hit is answered.
            var hasRun = false
            let other = Task { hasRun = true }
            for _ in 0..<100 {
                let again = try await session.require(Place(number: 3))
                #expect(again == first)
            }
            #expect(!hasRun)
            await other.value
            #expect(hasRun)
        }
    }
}

struct Switch: IncrementalTask {
    nonisolated static let input = Input<Int>("switch")

    func execute(in context: some Context) async throws -> Bool {
        try await context.read(Self.input) < 0 || isOnMainActor()
    }
}
