/// What something took.
struct Cost: Sendable {
    /// The time that passed, or that of the processor.
    var time: Duration

    /// The instructions that this process executed, where the machine counts them.
    var instructions: Int?
}

/// What a body takes.
func timed(_ body: () async throws -> Void) async rethrows -> Cost {
    let before = Instructions.count
    let start = Stopwatch.now
    try await body()
    let time = Stopwatch.now - start
    guard let before, let after = Instructions.count else { return Cost(time: time) }
    return Cost(time: time, instructions: after - before)
}
