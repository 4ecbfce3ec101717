/// Those who wait: for a claim, for a job slot, or for something to be scheduled.
struct Parking {
    /// A suspended Swift task.
    struct Parked {
        /// How to resume it; `nil` where the decisions are tested without a thread.
        var continuation: UnsafeContinuation<Void, Never>?
        /// The claim that cannot go on before; 0: none.
        var blocked: ClaimID = 0
        /// The claim waited for; 0: a slot, or something scheduled.
        var target: ClaimID = 0
        /// The call of the host that waits.
        var work: UInt32 = 0
    }

    private(set) var parked: [UInt64: Parked] = [:]
    private(set) var waiters: [ClaimID: [UInt64]] = [:]
    private var queue: [UInt64] = []
    private var queueHead = 0
    /// Those who were given a slot and have not noticed yet.
    private var granted: Set<UInt64> = []
    /// Helpers in the queue, by the work they would help with.
    private var helpers: [UInt64: UInt64] = [:]
    /// Work that helpers may come for: one that comes late must not queue for a slot that nobody gives.
    private var open: Set<UInt64> = []
    private var idle: [UInt64] = []
    private var lastTicket: UInt64 = 0

    mutating func ticket() -> UInt64 {
        lastTicket += 1
        return lastTicket
    }

    // MARK: Claims

    mutating func wait(_ ticket: UInt64, _ entry: Parked) {
        parked[ticket] = entry
        waiters[entry.target, default: []].append(ticket)
    }

    /// Takes out all who wait for a claim.
    mutating func finished(_ claim: ClaimID) -> [UnsafeContinuation<Void, Never>] {
        guard let tickets = waiters.removeValue(forKey: claim) else { return [] }
        return tickets.compactMap { parked.removeValue(forKey: $0)?.continuation }
    }

    /// The claims that cannot go on before a claim is finished.
    func blocked(by claim: ClaimID) -> [ClaimID] {
        (waiters[claim] ?? []).compactMap { parked[$0]?.blocked }
    }

    /// Whether a call other than `work` waits for one of the claims that `isOwned` accepts.
    func isAwaited(byOthersThan work: UInt32, _ isOwned: (ClaimID) -> Bool) -> Bool {
        waiters.contains { claim, tickets in
            isOwned(claim) && tickets.contains { ticket in parked[ticket].map { $0.work != work } ?? false }
        }
    }

    // MARK: Slots

    var hasQueue: Bool { queueHead < queue.count }

    mutating func queue(_ ticket: UInt64, _ continuation: UnsafeContinuation<Void, Never>, helping work: UInt64?) {
        parked[ticket] = Parked(continuation: continuation)
        queue.append(ticket)
        if let work { helpers[ticket] = work }
    }

    /// Notes that helpers may come for some work.
    mutating func begin(_ work: UInt64) { open.insert(work) }

    /// Whether helpers may still come for some work.
    func isOpen(_ work: UInt64) -> Bool { open.contains(work) }

    /// Gives a slot to the first in the queue.
    mutating func grant() -> UnsafeContinuation<Void, Never>? {
        while queueHead < queue.count {
            let ticket = queue[queueHead]
            queueHead += 1
            if queueHead > 64 && queueHead * 2 > queue.count {
                queue.removeFirst(queueHead)
                queueHead = 0
            }
            if let entry = parked.removeValue(forKey: ticket) {
                helpers[ticket] = nil
                granted.insert(ticket)
                return entry.continuation
            }
        }
        return nil
    }

    /// Whether a slot was given to a ticket; asked once.
    mutating func wasGranted(_ ticket: UInt64) -> Bool {
        granted.remove(ticket) != nil
    }

    /// Takes out the helpers that queue for work of which there is no more; none comes for it any more.
    mutating func dismiss(helping work: UInt64) -> [UnsafeContinuation<Void, Never>] {
        open.remove(work)
        if helpers.isEmpty { return [] }
        let tickets = helpers.filter { $0.value == work }.map(\.key).sorted()
        return tickets.compactMap {
            helpers[$0] = nil
            return parked.removeValue(forKey: $0)?.continuation
        }
    }

    // MARK: Idle workers of an update

    mutating func idle(_ ticket: UInt64, _ continuation: UnsafeContinuation<Void, Never>) {
        parked[ticket] = Parked(continuation: continuation)
        idle.append(ticket)
    }

    mutating func wakeIdle() -> UnsafeContinuation<Void, Never>? {
        while let ticket = idle.popLast() {
            if let entry = parked.removeValue(forKey: ticket) { return entry.continuation }
        }
        return nil
    }

    // MARK: Cancellation

    /// Takes out somebody whose Swift task was cancelled.
    mutating func cancel(_ ticket: UInt64) -> UnsafeContinuation<Void, Never>? {
        helpers[ticket] = nil
        return parked.removeValue(forKey: ticket)?.continuation
    }

    /// Takes out everybody, at the end of a session.
    mutating func clear() -> [UnsafeContinuation<Void, Never>] {
        let all = parked.sorted { $0.key < $1.key }.compactMap(\.value.continuation)
        parked = [:]
        waiters = [:]
        queue = []
        queueHead = 0
        helpers = [:]
        open = []
        idle = []
        granted = []
        return all
    }
}
