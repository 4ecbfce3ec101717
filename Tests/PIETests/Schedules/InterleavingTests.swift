// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIETesting
import Testing

@testable import PIE

/// The hard cases of several workers, in many orders; a deadlock in any of them is an issue with its seed.
@Suite struct InterleavingTests {
    private static let seeds = 1...200 as ClosedRange<UInt64>

    /// Requires a task in a Swift task of its own, which is cancelled at some time: the order says when.
    ///
    /// - Returns: The output; `nil` if it was cancelled before there was one.
    @Sendable private static func requireInterrupted(_ task: Script, in session: Session) async throws -> String? {
        try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask { try await session.require(task) }
            for _ in 0..<8 { await Task.yield() }
            group.cancelAll()
            do {
                return try await group.next()
            } catch is CancellationError {
                return nil
            }
        }
    }

    // MARK: Cycles

    @Test(arguments: [2, 3, 5]) func R12_aRingThatIsEnteredEverywhereAtOnceIsACycle(length: Int) async {
        await exploreSchedules(Self.seeds) { _ in
            let world = try World(jobs: 4)
            let ring = (0..<length).map { Script(File("\($0)")) }
            for place in 0..<length { try world.write("run \((place + 1) % length)", to: ring[place].file) }
            try await world.session { session in
                await withTaskGroup(of: Objection?.self) { group in
                    for task in ring { group.addTask { await objection { try await session.require(task) } } }
                    for await objection in group { #expect(objection == .cycle(tasks(ring))) }
                }
            }
            try world.write("say end", to: ring[0].file)
            #expect(try await world.require(all: ring) == ring.map { _ in "end" })
            try await world.require(all: ring)
            #expect(world.runs == [])
        }
    }

    @Test func R12_twoRingsWithATaskInCommonAreEachACycle() async {
        await exploreSchedules(Self.seeds) { _ in
            let world = try World(
                jobs: 3,
                ["hub": "all left right", "left": "run hub", "right": "run hub", "top": "attempt left\nattempt right"]
            )
            try await world.session { session in
                await withTaskGroup(of: Objection?.self) { group in
                    for name in ["left", "right", "hub"] as [File] {
                        group.addTask { await objection { try await session.require(Script(name)) } }
                    }
                    for await objection in group {
                        guard case .cycle(let path) = objection else {
                            Issue.record("no cycle: \(String(describing: objection))")
                            continue
                        }
                        #expect(path.contains(AnyTask(Script("hub"))))
                    }
                }
            }
            try world.write("say hub", to: "hub")
            #expect(try await world.require(Script("top")) == "hub hub")
        }
    }

    @Test func R12_aCycleThatClosesInAnUpdateIsFound() async {
        await exploreSchedules(Self.seeds) { _ in
            let world = try World(jobs: 4, ["a": "say a", "b": "say b", "c": "all a b"])
            try await world.require(Script("c"))
            try world.write("run b", to: "a")
            try world.write("run a", to: "b")
            #expect(await objection { try await world.update("a", "b") } == .cycle(Script("a"), Script("b")))
            try world.write("say b", to: "b")
            try await world.update("b")
            #expect(world.pie.lastOutput(of: Script("c")) == "b b")
        }
    }

    // MARK: Shared executions

    @Test func R7_aSharedTaskIsExecutedOnceForAll() async {
        await exploreSchedules(Self.seeds) { _ in
            let world = try World(
                jobs: 4,
                [
                    "low": "say low", "a": "read x\nrun low", "b": "run low\nread x", "c": "run low",
                    "top": "all a b c", "x": "x",
                ]
            )
            #expect(try await world.require(Script("top")) == "x low low x low")
            #expect(Set(world.executed) == Set(tasks(["top", "a", "b", "c", "low"].map { Script($0) })))
            #expect(world.executed.count == 5)
            try world.write("say new", to: "low")
            try await world.detect()
            #expect(world.pie.lastOutput(of: Script("top")) == "x new new x new")
            #expect(world.executed.count == 5)
        }
    }

    @Test func R14_aCallThatIsCancelledLeavesAnotherItsOutput() async {
        await exploreSchedules(Self.seeds) { _ in
            let world = try World(
                jobs: 2,
                ["low": "read x\nread y", "shared": "run low\nread z", "mine": "run shared", "other": "run shared"]
            )
            try await world.session { session in
                async let other = session.require(Script("other"))
                let mine = try await Self.requireInterrupted(Script("mine"), in: session)
                #expect(mine == nil || mine == "none none none")
                let whole = try await other
                #expect(whole == "none none none")
            }
            #expect(Set(world.log.completed).isSuperset(of: tasks(Script("low"), Script("shared"), Script("other"))))
            #expect(world.log.completed.count == Set(world.log.completed).count)
            #expect(try await world.require(Script("mine")) == "none none none")
            #expect(world.runs.allSatisfy { $0.task == AnyTask(Script("mine")) })
        }
    }

    @Test func R14_callsThatAreCancelledOneAfterTheOtherLeaveNothingBehind() async {
        await exploreSchedules(Self.seeds) { _ in
            let world = try World(jobs: 3, ["low": "read x\nread y", "a": "run low", "b": "all low a", "c": "run b"])
            try await world.session { session in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for name in ["a", "b", "c"] as [File] {
                        group.addTask { _ = try await Self.requireInterrupted(Script(name), in: session) }
                    }
                    try await group.waitForAll()
                }
                #expect(try await session.require(Script("c")) == "none none none none")
            }
            #expect(world.log.completed.count == Set(world.log.completed).count)
            try await world.require(Script("c"))
            #expect(world.runs == [])
        }
    }

    @Test(arguments: [false, true]) func R6_anOwnersErrorReachesAllWhoWait(keepGoing: Bool) async {
        await exploreSchedules(Self.seeds) { _ in
            let world = try World(
                jobs: 4,
                keepGoing: keepGoing,
                ["low": "read x\nfail bad", "a": "run low", "b": "read y\nrun low", "c": "attempt low"]
            )
            try await world.session { session in
                async let a = failure { try await session.require(Script("a")) }
                async let b = failure { try await session.require(Script("b")) }
                async let c = session.require(Script("c"))
                #expect(await [a, b] == ["bad", "bad"])
                let caught = try await c
                #expect(caught == "caught")
            }
            #expect(world.log.failed.filter { $0 == AnyTask(Script("low")) }.count == 1)
            try world.write("say good", to: "low")
            #expect(try await world.require(all: ["a", "b", "c"].map { Script($0) }) == ["good", "none good", "good"])
        }
    }

    @Test func R3_aCheckWithHelpersIsTheSameInAnyOrder() async {
        await exploreSchedules(Self.seeds) { _ in
            let world = try World(jobs: 4)
            let leaves = (0..<6).map { Job("leaf \($0)", .read(File("\($0)"))) }
            let top = Job("top", .all(leaves), .require(Job("last", .read("last"))))
            try await world.require(top)
            try world.write("1", to: "1")
            try world.write("4", to: "4")
            #expect(try await world.require(top) == "none 1 none none 4 none none")
            #expect(Set(world.executed) == Set(tasks(leaves[1], leaves[4], top)))
            #expect(world.executed.count == 3)
        }
    }

    // MARK: Sessions

    @Test(arguments: [false, true]) func R14_anUpdateThatArrivesWhileASessionRunsForgetsNothing(superseding: Bool) async
    {
        await exploreSchedules(Self.seeds) { _ in
            let world = try World(jobs: 3, ["low": "read x", "a": "run low", "b": "run low\nread y", "top": "all a b"])
            let top = Script("top")
            try await world.require(top)
            try world.write("1", to: "x")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        try await world.pie.session { _ = try await $0.update(.files(["x"])) }
                    } catch is CancellationError {
                        #expect(superseding)
                    }
                }
                group.addTask {
                    for _ in 0..<4 { await Task.yield() }
                    try world.write("2", to: "y")
                    try await world.pie.session(superseding: superseding) { _ = try await $0.update(.files(["y"])) }
                }
                do {
                    try await group.waitForAll()
                } catch is CancellationError where superseding {
                    // The first may have come last, or been sent away before it began: its change is named again.
                }
            }
            try await world.update("x", "y")
            #expect(world.pie.lastOutput(of: top) == "1 1 2")
            try await world.require(top)
            #expect(world.runs == [])
        }
    }
}
