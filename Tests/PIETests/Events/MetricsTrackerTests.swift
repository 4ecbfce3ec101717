// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Synchronization
import Testing

@testable import PIE

@Suite struct MetricsTrackerTests {
    private typealias Lines = EventTasks.Lines
    private typealias Total = EventTasks.Total
    private typealias Metrics = MetricsTracker.Metrics

    /// A clock that goes when it is told to.
    private final class Hands: Sendable {
        private let time = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { time.withLock { $0 } }

        func go(_ milliseconds: Int) {
            time.withLock { $0 = $0.advanced(by: .milliseconds(milliseconds)) }
        }
    }

    private let hands = Hands()
    private let metrics: MetricsTracker
    private let total = AnyTask(Total(files: ["a", "b"]))
    private let lines = ["a", "b"].map { AnyTask(Lines(file: $0)) }

    init() {
        let hands = hands
        metrics = MetricsTracker { hands.now }
    }

    /// Hands events to the tracker with times in between, in milliseconds.
    private func play(_ events: [(Int, BuildEvent)]) {
        for (milliseconds, event) in events {
            hands.go(milliseconds)
            metrics.handle(event)
        }
    }

    @Test func R20_selfTimeIsWithoutThatOfRequiredTasks() {
        play([
            (0, .executing(total, reason: .new)),
            (3, .required(lines[0], by: total)),
            (1, .executing(lines[0], reason: .new)),
            (10, .executed(lines[0], changed: true)),
            (1, .answered(lines[0], by: total)),
            (4, .executed(total, changed: true)),
        ])
        #expect(metrics.metrics(of: Total.self).selfTime == .milliseconds(7))
        #expect(metrics.metrics(of: Lines.self).selfTime == .milliseconds(10))
        #expect(metrics.total.selfTime == .milliseconds(17))
        #expect(metrics.total.executed == 2)
        #expect(metrics.total.required == 1)
    }

    @Test func R20_requirementsAwaitedAtOnceAreAwaitedOnce() {
        play([
            (0, .executing(total, reason: .new)),
            (1, .required(lines[0], by: total)),
            (0, .required(lines[1], by: total)),
            (0, .executing(lines[0], reason: .new)),
            (2, .executing(lines[1], reason: .new)),
            (5, .executed(lines[0], changed: true)),
            (0, .answered(lines[0], by: total)),
            (3, .executed(lines[1], changed: true)),
            (0, .answered(lines[1], by: total)),
            (2, .required(lines[1], by: total)),
            (0, .answered(lines[1], by: total)),
            (4, .executed(total, changed: true)),
        ])
        #expect(metrics.metrics(of: Total.self).selfTime == .milliseconds(7))
        #expect(metrics.metrics(of: Lines.self).selfTime == .milliseconds(15))
        #expect(metrics.metrics(of: Lines.self).required == 3)
    }

    @Test func R20_aRequirementThatWasGivenUpIsAwaitedToTheEnd() {
        play([
            (0, .executing(total, reason: .new)),
            (1, .required(lines[0], by: total)),
            (0, .required(lines[1], by: total)),
            (9, .answered(lines[0], by: total)),
            (5, .failed(total, EventTasks.Refusal())),
        ])
        #expect(metrics.metrics(of: Total.self).selfTime == .milliseconds(1))
        #expect(metrics.metrics(of: Total.self).failed == 1)
        #expect(metrics.metrics(of: Total.self).executed == 1)
    }

    @Test func R20_aCancelledExecutionHasTimeAndDoesNotCount() {
        play([(0, .executing(total, reason: .new)), (2, .cancelled(total)), (5, .sessionEnded(1))])
        #expect(metrics.total.selfTime == .milliseconds(2))
        #expect(metrics.total.executed == 0)
    }

    @Test func R20_answersToThoseWhoAreGoneAreNobodys() {
        play([
            (1, .answered(lines[0], by: nil)), (1, .answered(lines[0], by: total)),
            (1, .executed(total, changed: true)),
        ])
        #expect(metrics.total.selfTime == .zero)
    }

    @Test func R20_theTableHasARowForEachTypeAndTheSum() {
        play([
            (0, .executing(total, reason: .new)),
            (0, .required(lines[0], by: total)),
            (0, .executing(lines[0], reason: .new)),
            (1234, .executed(lines[0], changed: true)),
            (0, .answered(lines[0], by: total)),
            (5, .executed(total, changed: true)),
            (0, .reused(lines[1])),
        ])
        #expect(
            "\(metrics)"
                == """
                task type                  required  reused  executed  failed    self-time
                PIETests.EventTasks.Lines         1       1         1       0  1234.000 ms
                PIETests.EventTasks.Total         0       0         1       0     5.000 ms
                all                               1       1         2       0  1239.000 ms
                """
        )
        metrics.reset()
        #expect(metrics.types.isEmpty)
        #expect(metrics.total == Metrics())
    }

    @Test(arguments: [1, 4]) func R20_aBuildIsCounted(_ number: Int) async throws {
        let folder = try TemporaryFolder()
        let files = (0..<20).map { File("\($0)") }
        for file in files { try folder.write("1\n", to: file) }
        let metrics = MetricsTracker()
        let pie = try Pie(root: folder.root, options: jobs(number), trackers: [metrics])
        let start = ContinuousClock.now
        try await pie.session { try await $0.require(Total(files: files)) }
        let time = start.duration(to: .now)
        #expect(metrics.metrics(of: Total.self).executed == 1)
        #expect(metrics.metrics(of: Lines.self).executed == 20)
        #expect(metrics.metrics(of: Lines.self).required == 20)
        #expect(metrics.total.selfTime > .zero)
        #expect(metrics.total.selfTime <= time * number)
        #expect(Set(metrics.types.keys) == [Total.typeIdentifier, Lines.typeIdentifier])

        metrics.reset()
        try folder.write("bad", to: "7")
        _ = try? await pie.session { try await $0.require(Total(files: files)) }
        #expect(metrics.metrics(of: Lines.self).failed == 1)
        #expect(metrics.metrics(of: Total.self).failed == 1)
    }
}
