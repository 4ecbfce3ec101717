// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Dispatch
import Foundation
import Testing

@testable import PIE

/// What trackers are told (R20).
@Suite struct TrackerTests {
    @Test(arguments: [1, 4]) func R20_theEventsOfEachTaskComeInOrder(jobs: Int) async throws {
        let files = (0..<10).map { File("f\($0)") }
        let world = try World(jobs: jobs, Dictionary(uniqueKeysWithValues: files.map { ($0, "1") }))
        let low = files.map { Job("low \($0)", .read($0), .save(File("out/\($0)"))) }
        let top = Job("top", .all((0..<10).map { Job("middle \($0)", .all([low[$0], low[9 - $0]])) }))
        try await world.require(top)
        expectOrder(in: world.log.events)
        try world.write("2", to: "f3")
        try await world.require(top)
        expectOrder(in: world.log.events)
        try world.write("3", to: "f4")
        try await world.update("f4")
        // In an update, tasks that were kept up to date answer without a look.
        expectOrder(in: world.log.events, isUpdate: true)
    }

    @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1, "a tracker blocks one of two threads"))
    func R20_aTrackerThatTakesItsTimeHoldsUpNoOtherTask() async throws {
        let gate = Gate.make()
        let isOtherBegun = DispatchSemaphore(value: 0)
        let isContent = Lock<Bool?>(nil)
        let members = ["a", "b"].map { Job($0, .pass(gate.name)) }
        let tracker = Listener { event in
            guard case .executing(let task, _) = event, members.contains(where: { AnyTask($0) == task }),
                isContent.withLock({ $0 == nil })
            else { return }
            // The task itself begins when the tracker returns; the other one is begun meanwhile.
            let isBegun = isOtherBegun.wait(timeout: .now() + 60) == .success
            isContent.withLock { $0 = isBegun }
        }
        let world = try World(jobs: 2, trackers: [tracker], [:])
        async let opening: Void = {
            await gate.arrival()
            isOtherBegun.signal()
            gate.open()
        }()
        try await world.require(Job("top", .all(members)))
        await opening
        #expect(isContent.withLock { $0 } == true)
    }

    /// Each execution begins once and ends once, after a check if there was one, and all else lies between.
    private func expectOrder(in events: [BuildEvent], isUpdate: Bool = false) {
        var begun: Set<AnyTask> = []
        var ended: Set<AnyTask> = []
        for event in events {
            guard let task = event.task else { continue }
            switch event {
            case .executing:
                #expect(begun.insert(task).inserted && !ended.contains(task))
            case .executed, .failed, .cancelled:
                #expect(begun.contains(task) && ended.insert(task).inserted)
            case .reused:
                #expect(!begun.contains(task) && ended.insert(task).inserted)
            case .checking, .scheduled:
                #expect(!begun.contains(task) && !ended.contains(task))
            case .answered:
                #expect(ended.contains(task) || isUpdate && !begun.contains(task))
            case .read, .provided:
                #expect(begun.contains(task) && !ended.contains(task))
            default:
                break
            }
        }
        #expect(begun.isSubset(of: ended))
    }

    @Test(arguments: [1, 4]) func R20_aBuildIsTheSameWithAndWithoutTrackers(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["main": "all p q\nread out", "p": "write out 1\nsay p", "q": "say q"])
        var options = PieOptions()
        options.jobs = jobs
        let pie = try Pie(root: world.folder.root, options: options)
        let main = Script("main")
        for text in ["write out 2", "say none", "write out 3\nsay p"] {
            try world.write(text, to: "p")
            let tracked = try await world.require(main)
            let untracked = try await pie.session { try await $0.require(main) }
            #expect(tracked == untracked)
        }
    }

    @Test(arguments: [1, 4]) func R20_everyTrackerIsToldOfEverything(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        let trackers = [RecordingTracker(), RecordingTracker()]
        var options = PieOptions()
        options.jobs = jobs
        let pie = try Pie(root: folder.root, options: options, trackers: trackers)
        let gate = Job("root", .all((0..<20).map { Job("job \($0)", .say("\($0)")) }))
        try await pie.session { _ = try await $0.require(gate) }
        #expect(trackers[0].lines == trackers[1].lines)
        #expect(trackers[0].completed.count == 21)
    }

    @Test func R20_filesThatAreReadAndProvidedAreEvents() async throws {
        let world = try World(["a": "1"])
        let task = Job("task", .read("a"), .write("2", "out"), .write("2", "out"))
        try await world.require(task)
        #expect(
            world.log.lines.dropFirst(3).dropLast(2) == [
                "task read a", "task provided out", "task provided out, unchanged", "executed task",
            ]
        )
    }
}

/// Has a closure handle events.
private struct Listener: Tracker {
    let action: @Sendable (BuildEvent) -> Void

    func handle(_ event: BuildEvent) { action(event) }
}
