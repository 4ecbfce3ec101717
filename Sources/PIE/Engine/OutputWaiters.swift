/// Those who wait for the next output of a task.
struct OutputWaiters {
    private var waiters: [TaskID: [UInt64: UnsafeContinuation<Void, Never>]] = [:]
    private var lastTicket: UInt64 = 0

    var isEmpty: Bool { waiters.isEmpty }

    mutating func ticket() -> UInt64 {
        lastTicket += 1
        return lastTicket
    }

    mutating func wait(_ ticket: UInt64, for task: TaskID, _ continuation: UnsafeContinuation<Void, Never>) {
        waiters[task, default: [:]][ticket] = continuation
    }

    /// Takes out who waits for a task, now that there is a new output.
    mutating func changed(_ task: TaskID) -> [UnsafeContinuation<Void, Never>] {
        (waiters.removeValue(forKey: task) ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    }

    /// Takes out somebody whose Swift task was cancelled.
    mutating func cancel(_ ticket: UInt64, of task: TaskID) -> UnsafeContinuation<Void, Never>? {
        guard let continuation = waiters[task]?.removeValue(forKey: ticket) else { return nil }
        if waiters[task]?.isEmpty ?? false { waiters[task] = nil }
        return continuation
    }

    /// Takes out everybody, at the end of the build.
    mutating func clear() -> [UnsafeContinuation<Void, Never>] {
        defer { waiters = [:] }
        return waiters.values.flatMap(\.values)
    }
}
