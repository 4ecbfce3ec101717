import PIE
import Testing

@testable import ProtoLanguage

@Suite struct ChangeGathererTests {
    private let start = ContinuousClock.now

    private func gatherer() -> ChangeGatherer {
        ChangeGatherer(quietTime: .milliseconds(20), limit: .milliseconds(100))
    }

    private func time(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    private func change(_ path: String) -> ChangeBatch {
        var batch = ChangeBatch()
        batch.paths = [.init(path)]
        return batch
    }

    @Test func withoutChangesThereIsNothingToWaitFor() {
        var gatherer = gatherer()
        gatherer.add(ChangeBatch(), at: time(0))
        #expect(gatherer.deadline == nil)
        #expect(gatherer.take(at: time(1_000)) == nil)
    }

    @Test func changesThatFollowOneAnotherAreOneBatch() {
        var gatherer = gatherer()
        gatherer.add(change("a"), at: time(0))
        gatherer.add(change("b"), at: time(15))
        #expect(gatherer.take(at: time(20)) == nil)
        #expect(gatherer.take(at: time(35))?.paths == ["a", "b"])
        #expect(gatherer.take(at: time(36)) == nil)
    }

    @Test func aSteadyStreamIsCutOff() {
        var gatherer = gatherer()
        for moment in stride(from: 0, to: 100, by: 10) {
            gatherer.add(change("\(moment)"), at: time(moment))
            #expect(gatherer.take(at: time(moment)) == nil)
        }
        #expect(gatherer.deadline == time(100))
        #expect(gatherer.take(at: time(100))?.paths.count == 10)
    }

    @Test func afterABatchTheTimesStartAnew() {
        var gatherer = gatherer()
        gatherer.add(change("a"), at: time(0))
        _ = gatherer.take(at: time(20))
        gatherer.add(change("b"), at: time(99))
        #expect(gatherer.deadline == time(119))
    }

    @Test func whatIsLostMakesTheBatchIncomplete() {
        var gatherer = gatherer()
        gatherer.add(change("a"), at: time(0))
        var lost = ChangeBatch()
        lost.isIncomplete = true
        gatherer.add(lost, at: time(1))
        let batch = gatherer.take(at: time(21))
        #expect(batch?.paths == ["a"])
        guard case .detect? = batch?.changes else {
            Issue.record("an update that is told of some changes would miss the others")
            return
        }
    }
}
