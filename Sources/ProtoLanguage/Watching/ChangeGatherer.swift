import PIE

/// Gathers changes into batches: editors save in several steps, and a checkout touches hundreds of files.
///
/// A batch is complete when nothing more has come for a while, but a change waits no longer than some limit: somebody
/// who writes all the time gets answers all the same. Times are given from outside, so that tests need no clock.
struct ChangeGatherer {
    typealias Instant = ContinuousClock.Instant

    /// How long nothing may come before a batch is complete.
    private let quietTime: Duration
    /// How long the first change of a batch may wait.
    private let limit: Duration
    private var batch = ChangeBatch()
    private var first: Instant?
    private var last: Instant?

    init(quietTime: Duration, limit: Duration) {
        self.quietTime = quietTime
        self.limit = limit
    }

    /// When the batch will be complete; nil if there is nothing in it.
    var deadline: Instant? {
        guard let first, let last else { return nil }
        return min(first + limit, last + quietTime)
    }

    /// Adds changes that have come at `now`.
    mutating func add(_ changes: ChangeBatch, at now: Instant) {
        guard !changes.isEmpty else { return }
        batch.formUnion(changes)
        first = first ?? now
        last = now
    }

    /// Takes the batch out if it is complete at `now`.
    mutating func take(at now: Instant) -> ChangeBatch? {
        guard let deadline, now >= deadline else { return nil }
        defer { self = ChangeGatherer(quietTime: quietTime, limit: limit) }
        return batch
    }
}
