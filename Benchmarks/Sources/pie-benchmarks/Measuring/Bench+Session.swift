import PIE

extension Bench {
    /// Requires a task in a session of its own, and checks what it gives.
    ///
    /// - Parameters:
    ///   - pie: The build.
    ///   - task: The task.
    ///   - expected: What it has to give.
    ///   - bottomUp: Whether the session begins with an update.
    ///   - changes: What the update is told of.
    /// - Returns: What the session took.
    /// - Throws: What the build throws, and ``WrongResult``.
    func session<T: IncrementalTask>(
        _ pie: Pie,
        _ task: T,
        gives expected: T.Output,
        bottomUp: Bool = false,
        told changes: ChangeSet = .files([])
    ) async throws -> Cost {
        var output: T.Output?
        let cost = try await timed {
            output = try await pie.session { session in
                if bottomUp { try await session.update(changes) }
                return try await session.require(task)
            }
        }
        try check(output == expected, "a wrong output")
        return cost
    }

    /// Reports what a build leaves in memory; to be called first, while there is none of another.
    ///
    /// - Parameters:
    ///   - count: What the memory is divided by.
    ///   - build: Makes the build, and returns it so that it is still there.
    /// - Throws: What `build` throws.
    func resident(per count: Count, _ build: () async throws -> Pie) async throws {
        let before = Memory.resident
        let pie = try await build()
        report("resident", bytes: max(0, Memory.resident - before), per: count)
        withExtendedLifetime(pie) {}
    }
}
