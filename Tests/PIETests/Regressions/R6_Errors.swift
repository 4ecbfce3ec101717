// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Synchronization
import Testing

@Suite struct R6_Errors {
    @Test(arguments: [1, 4])
    func R6_an_error_that_cancels_a_requirement_beside_it_is_kept_for_the_session(jobs: Int) async throws {
        struct Failure: Error {}
        let counter = Counter()
        let script = Play([
            "fails": { _, _ in throw Failure() },
            "slow": { context, script in
                while !Task.isCancelled { await Task.yield() }
                return try await context.need("leaf", of: script)
            },
            "leaf": { _, _ in 1 },
            "both": { context, script in
                counter.add()
                async let slow = context.need("slow", of: script)
                let failed = try await context.need("fails", of: script)
                return try await failed + slow
            },
        ])
        let pie = try Pie(options: options(jobs: jobs))
        try await pie.session { session in
            await #expect(throws: Failure.self) { try await session.require(script["both"]) }
            await #expect(throws: Failure.self) { try await session.require(script["both"]) }
        }
        #expect(counter.value == 1)
    }
}

final class Counter: Sendable {
    private let count = Mutex(0)
    func add() { count.withLock { $0 += 1 } }
    var value: Int { count.withLock { $0 } }
}
