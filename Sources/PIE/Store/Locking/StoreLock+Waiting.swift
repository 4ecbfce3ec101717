extension StoreLock {
    /// The time between the first two attempts; each further one comes twice as late, up to a limit.
    private static var firstPause: Duration { .milliseconds(1) }
    private static var longestPause: Duration { .milliseconds(50) }

    /// Takes the lock as soon as nobody else has it.
    ///
    /// No thread waits meanwhile: the attempts come from a task that sleeps between them.
    ///
    /// - Parameters:
    ///   - path: The path of the lock file.
    ///   - limit: How long to wait at most; not at all for zero.
    ///   - system: The system calls.
    ///   - clock: Measures the time, and waits.
    /// - Returns: The lock.
    /// - Throws: An error that names the holder when the time is over, another if the system refuses, or a
    ///   `CancellationError`.
    package static func acquire(
        at path: String,
        waitingAtMost limit: Duration,
        system: StoreSystem = .live,
        clock: some Clock<Duration> = ContinuousClock()
    ) async throws -> StoreLock {
        let end = clock.now.advanced(by: limit)
        var pause = firstPause
        while true {
            do throws(StoreError) {
                return try StoreLock(at: path, system: system)
            } catch {
                guard case .locked = error.kind, clock.now < end else { throw error }
            }
            try await clock.sleep(until: min(clock.now.advanced(by: pause), end), tolerance: nil)
            pause = min(pause * 2, longestPause)
        }
    }
}
