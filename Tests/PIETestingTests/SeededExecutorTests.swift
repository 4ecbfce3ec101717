import Foundation
import Synchronization
import Testing

@testable import PIETesting

@Suite struct SeededExecutorTests {
    private final class Flag: Sendable {
        let isSet = Mutex(false)
    }

    /// Otherwise a Swift task may wait for something before anybody knows the task, and cannot be cancelled.
    @Test func nothingRunsWhileItIsHeld() async {
        let executor = SeededExecutor(seed: 1)
        let flag = Flag()
        let tasks = Mutex<[Task<Void, Never>]>([])
        executor.hold {
            let task = Task(executorPreference: executor) { flag.isSet.withLock { $0 = true } }
            tasks.withLock { $0 = [task] }
            Thread.sleep(forTimeInterval: 0.05)
            #expect(!flag.isSet.withLock { $0 })
        }
        for task in tasks.withLock({ $0 }) { await task.value }
        #expect(flag.isSet.withLock { $0 })
    }
}
