/// The outputs that executions of one session have replaced, for `previousOutput(of:)`.
///
/// A list, so that replacing an output costs no search; who asks pays for finding its place.
@usableFromInline
struct PreviousOutputs<Output> {
    /// The session.
    @usableFromInline var epoch: Epoch = 0

    /// The outputs, in the order in which they were replaced.
    @usableFromInline var entries: [Entry] = []

    /// Where in `entries` a task's output is, as far as it was asked for.
    private var places: [UInt32: Int] = [:]
    private var placed = 0

    @usableFromInline
    init() {}

    @usableFromInline
    struct Entry {
        @usableFromInline let local: UInt32
        @usableFromInline let output: Output

        @usableFromInline
        init(local: UInt32, output: Output) {
            self.local = local
            self.output = output
        }
    }

    /// The output that was replaced in a session.
    ///
    /// - Complexity: O(1) on average over all that were replaced.
    mutating func output(_ local: UInt32, in epoch: Epoch) -> Output? {
        guard epoch == self.epoch else { return nil }
        while placed < entries.count {
            // A second execution of one session does not replace what was there before the session.
            if places[entries[placed].local] == nil { places[entries[placed].local] = placed }
            placed += 1
        }
        return places[local].map { entries[$0].output }
    }
}
