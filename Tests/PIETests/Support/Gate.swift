@testable import PIE

/// Holds tasks up until the test lets them go; tasks find it by its name.
final class Gate: Sendable {
    private static let all = Lock<[Gate]>([])

    private struct State {
        var isOpen = false
        var arrived = 0
        var lastTicket = 0
        var held: [Int: UnsafeContinuation<Void, Never>] = [:]
        var watchers: [Int: (count: Int, continuation: UnsafeContinuation<Void, Never>)] = [:]
    }

    let name: Int
    private let state = Lock<State>(State())

    private init(name: Int) {
        self.name = name
    }

    /// Makes a gate that is closed.
    static func make() -> Gate {
        all.withLock { all in
            let gate = Gate(name: all.count)
            all.append(gate)
            return gate
        }
    }

    static func named(_ name: Int) -> Gate { all.withLock { $0[name] } }

    /// Waits until the gate is open; on the way the arrival is counted.
    ///
    /// - Parameter heedsCancellation: Whether a cancellation opens the gate for the one who is cancelled.
    func pass(heedsCancellation: Bool = true) async {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let (reached, passes) = state.withLock { state in
                    state.arrived += 1
                    let reached = state.watchers.filter { $0.value.count <= state.arrived }
                    for ticket in reached.keys { state.watchers[ticket] = nil }
                    let passes = state.isOpen || heedsCancellation && Task.isCancelled
                    if !passes { state.held[ticket] = continuation }
                    return (reached.values.map(\.continuation), passes)
                }
                for watcher in reached { watcher.resume() }
                if passes { continuation.resume() }
            }
        } onCancel: {
            guard heedsCancellation else { return }
            state.withLock { $0.held.removeValue(forKey: ticket) }?.resume()
        }
    }

    /// Lets everybody pass who waits or comes later.
    func open() {
        let held = state.withLock { state in
            state.isOpen = true
            defer { state.held = [:] }
            return Array(state.held.values)
        }
        for continuation in held { continuation.resume() }
    }

    /// Lets those pass who wait now.
    func letThrough() {
        let held = state.withLock { state in
            defer { state.held = [:] }
            return Array(state.held.values)
        }
        for continuation in held { continuation.resume() }
    }

    /// Holds up who comes from now on.
    func close() {
        state.withLock { $0.isOpen = false }
    }

    /// Waits until so many have arrived, or the test is given up.
    func arrival(_ count: Int = 1) async {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let isReached = state.withLock { state in
                    if state.arrived >= count || Task.isCancelled { return true }
                    state.watchers[ticket] = (count, continuation)
                    return false
                }
                if isReached { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.watchers.removeValue(forKey: ticket) }?.continuation.resume()
        }
    }

    /// How many have come so far.
    var arrivals: Int { state.withLock { $0.arrived } }
}
