// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// What is kept up to date (R8).
@Suite(.timeLimit(.minutes(10))) struct ObservingTests {
    private static let files: [File: String] = ["f": "1", "g": "1", "switch": "run leaf", "leaf": "read f"]

    private func isObserved(_ task: some IncrementalTask, in world: World) -> Bool {
        let engine = world.pie.engine
        guard let id = engine.known(task) else { return false }
        return engine.state.withLock { $0.graph.nodes[id].flags.contains(.observed) }
    }

    // MARK: Observed by being required

    @Test(arguments: [1, 4]) func R8_whatAnObservedTaskRequiresIsObservedAsLongAsItDoes(jobs: Int) async throws {
        let world = try World(jobs: jobs, Self.files)
        let (root, leaf) = (Script("switch"), Script("leaf"))
        try await world.require(root)
        #expect(isObserved(root, in: world) && isObserved(leaf, in: world))
        try world.write("say nothing", to: "switch")
        try await world.update("switch")
        #expect(isObserved(root, in: world) && !isObserved(leaf, in: world))
        try world.write("run leaf", to: "switch")
        try await world.update("switch")
        #expect(isObserved(leaf, in: world))
    }

    @Test func R8_aTaskThatTheHostRequiresStaysObservedWhenItsRequirerDropsIt() async throws {
        let world = try World(Self.files)
        try await world.require(all: [Script("switch"), Script("leaf")])
        try world.write("say nothing", to: "switch")
        try await world.update("switch")
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(world.runs == [Run(Script("leaf"), .file("f"))])
    }

    // MARK: Without observing

    @Test(arguments: [1, 4]) func R8_aTaskRequiredWithoutObservingIsNotKeptUpToDate(jobs: Int) async throws {
        let world = try World(jobs: jobs, Self.files)
        let root = Script("switch")
        #expect(try await world.session { try await $0.require(root, observing: false, forcing: false) } == "1")
        #expect(!isObserved(root, in: world) && !isObserved(Script("leaf"), in: world))
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(world.runs == [])
        #expect(world.pie.lastOutput(of: root) == "1")
        #expect(try await world.require(root) == "2", "never trusted, but checked")
    }

    @Test func R8_toRequireWithoutObservingLeavesAnObservedTaskObserved() async throws {
        let world = try World(Self.files)
        try await world.require(Script("leaf"))
        _ = try await world.session { try await $0.require(Script("switch"), observing: false, forcing: false) }
        #expect(isObserved(Script("leaf"), in: world) && !isObserved(Script("switch"), in: world))
        _ = try await world.session { try await $0.require(Script("leaf"), observing: false, forcing: false) }
        #expect(isObserved(Script("leaf"), in: world))
    }

    // MARK: Asked of the Pie

    @Test(arguments: [1, 4]) func R8_anObservedTaskThatNeverRanIsMadeByTheNextUpdate(jobs: Int) async throws {
        let world = try World(jobs: jobs, Self.files)
        world.pie.observe(Script("switch"))
        #expect(!isObserved(Script("switch"), in: world), "it takes effect with the next session")
        try await world.update()
        #expect(Set(world.runs) == [Run(Script("switch"), .new), Run(Script("leaf"), .new)])
        #expect(world.pie.lastOutput(of: Script("switch")) == "1")
        #expect(try await world.update().executed == 0)
    }

    @Test(arguments: [1, 4]) func R8_aTaskObservedLateIsCheckedByTheNextUpdate(jobs: Int) async throws {
        let world = try World(jobs: jobs, Self.files)
        _ = try await world.session { try await $0.require(Script("switch"), observing: false, forcing: false) }
        try world.write("2", to: "f")
        try await world.update("f")
        world.pie.observe(Script("switch"))
        try await world.update()
        #expect(world.pie.lastOutput(of: Script("switch")) == "2", "the edit before it was observed counts")
        try world.write("3", to: "f")
        try await world.update("f")
        #expect(world.pie.lastOutput(of: Script("switch")) == "3")
    }

    @Test(arguments: [1, 4]) func R8_whatIsUnobservedIsLeftAloneAndCheckedWhenItIsNeededAgain(jobs: Int) async throws {
        let world = try World(jobs: jobs, Self.files)
        try await world.require(Script("switch"))
        world.pie.unobserve(Script("switch"))
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(world.runs == [])
        #expect(!isObserved(Script("leaf"), in: world))
        #expect(world.pie.lastOutput(of: Script("switch")) == "1", "what was there is still there")
        #expect(try await world.require(Script("switch")) == "2")
        #expect(isObserved(Script("leaf"), in: world))
    }

    @Test func R8_aTaskThatIsStillRequiredIsObservedThoughTheHostIsNotInterestedInIt() async throws {
        let world = try World(Self.files)
        try await world.require(all: [Script("switch"), Script("leaf")])
        world.pie.unobserve(Script("leaf"))
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(world.pie.lastOutput(of: Script("switch")) == "2")
        world.pie.unobserve(Script("switch"))
        try await world.update()
        #expect(!isObserved(Script("leaf"), in: world))
    }

    @Test func R8_aLeafThatTheHostObservesStaysObservedWithoutItsRequirer() async throws {
        let world = try World(Self.files)
        try await world.require(all: [Script("switch"), Script("leaf")])
        world.pie.unobserve(Script("switch"))
        try world.write("2", to: "f")
        try world.write("say other", to: "switch")
        try await world.update("f", "switch")
        #expect(world.runs == [Run(Script("leaf"), .file("f"))])
    }

    @Test func observingTwiceAndUnobservingWhatIsNotObservedAreHarmless() async throws {
        let world = try World(Self.files)
        world.pie.unobserve(Script("leaf"))
        world.pie.observe(Script("leaf"))
        world.pie.observe(Script("leaf"))
        try await world.update()
        world.pie.unobserve(Script("leaf"))
        world.pie.unobserve(Script("leaf"))
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(world.runs == [])
    }

    // MARK: Bottom-up with what was not kept up to date

    @Test(arguments: [1, 4]) func R8_whatWasNotKeptUpToDateIsCheckedWhenAnUpdateComesToIt(jobs: Int) async throws {
        let world = try World(jobs: jobs, Self.files.merging(["switch": "say off"]) { $1 })
        let (root, leaf) = (Script("switch"), Script("leaf"))
        _ = try await world.session { try await $0.require(leaf, observing: false, forcing: false) }
        try await world.require(root)
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(world.runs == [], "the leaf is not observed")

        try world.write("run leaf", to: "switch")
        try await world.update("switch")
        #expect(world.runs == [Run(root, .file("switch")), Run(leaf, .file("f"))])
        #expect(world.pie.lastOutput(of: root) == "2")

        try world.write("say off", to: "switch")
        try await world.update("switch")
        #expect(!isObserved(leaf, in: world))

        try world.write("run leaf", to: "switch")
        try await world.update("switch")
        #expect(world.runs == [Run(root, .file("switch"))], "nothing has changed below")
        #expect(isObserved(leaf, in: world))
    }

    @Test func R8_aProviderThatNobodyObservesIsNotRunForItsFile() async throws {
        let world = try World(["in": "1", "make": "read in\nwrite out 1"])
        _ = try await world.session { try await $0.require(Script("make"), observing: false, forcing: false) }
        try await world.require(Job("other", .say("1")))
        try world.remove("out")
        try await world.update("out")
        #expect(world.runs == [])
        #expect(try world.text(of: "out") == nil)
        try await world.require(Script("make"))
        #expect(world.runs == [Run(Script("make"), .provided("out"))])
    }

    // MARK: Forcing

    @Test(arguments: [1, 4]) func R19_aForcedTaskExecutesThoughAllItsDependenciesHold(jobs: Int) async throws {
        let world = try World(jobs: jobs, Self.files)
        let root = Script("switch")
        try await world.require(root)
        _ = try await world.session { try await $0.require(root, observing: true, forcing: true) }
        #expect(world.runs == [Run(root, .forced)], "what it requires is checked as usual")
        #expect(try await world.session { try await $0.require(Script("new"), observing: true, forcing: true) } == "")
        #expect(world.runs == [Run(Script("new"), .new)])
    }

    @Test func R1_whatIsConsistentInASessionIsNotForcedAgain() async throws {
        let world = try World(Self.files)
        let root = Script("switch")
        try await world.session { session in
            try await session.require(root)
            try await session.require(root, observing: true, forcing: true)
        }
        #expect(world.executed.count == 2)
    }

    @Test(arguments: [1, 4]) func R8_afterAnUpdateATaskThatWasTrustedCanBeForced(jobs: Int) async throws {
        let world = try World(jobs: jobs, Self.files)
        let root = Script("switch")
        try await world.require(root)
        try await world.session { session in
            try await session.update(.files([]))
            try await session.require(Script("leaf"), observing: true, forcing: true)
            #expect(try await session.require(root) == "1")
        }
        #expect(world.runs == [Run(Script("leaf"), .forced)])
        #expect(try await world.update().executed == 0)
    }

    @Test func R8_aForcedTaskWhoseOutputDiffersReachesItsRequirersWithTheNextUpdate() async throws {
        let world = try World(["f": "1"])
        let counter = RunCounter()
        let counted = Counted(counter: counter.name)
        try await world.require(Above(below: counted))
        _ = try await world.session { try await $0.require(counted, observing: true, forcing: true) }
        try await world.update()
        #expect(world.executed == tasks(Above(below: counted)))
        #expect(world.pie.lastOutput(of: Above(below: counted)) == 2)
    }
}

/// Counts executions; tasks find it by its name.
private final class RunCounter: Sendable {
    private static let all = Lock<[RunCounter]>([])
    private let count = Lock<Int>(0)
    let name: Int

    init() {
        name = Self.all.withLock { $0.count }
        Self.all.withLock { $0.append(self) }
    }

    static func next(_ name: Int) -> Int {
        all.withLock { $0[name] }.count.withLock { count in
            count += 1
            return count
        }
    }
}

/// How often it has run.
private struct Counted: IncrementalTask {
    var counter: Int

    func execute(in context: some Context) async throws -> Int { RunCounter.next(counter) }
}

private struct Above: IncrementalTask {
    var below: Counted

    func execute(in context: some Context) async throws -> Int { try await context.require(below) }
}
