import Dispatch
import Foundation
import PIE
import Synchronization
import Testing

/// Names of the standard libraries that a file which imports PIE still uses as they are.
///
/// That this file compiles is the test: a public name of PIE that hides or is confused with one of them stops it.
@Suite struct NameConflictTests {
    struct Report: IncrementalTask {
        func execute(in context: some Context) async throws -> Int { 1 }
    }

    @Test func namesOfTheStandardLibrariesMeanWhatTheyAlwaysDid() async throws {
        let task = Task { try await Task.sleep(for: .zero) }
        try await task.value
        let child: Task<Int, any Error> = Task.detached { try await Pie().session { try await $0.require(Report()) } }
        #expect(try await child.value == 1)

        let duration: Duration = .milliseconds(1)
        let operation: Operation = BlockOperation {}
        operation.start()
        #expect(operation.isFinished)
        #expect(await elapsed(by: ContinuousClock()) >= .zero)

        let unit: Unit = UnitDuration.seconds
        let progress = Progress(totalUnitCount: 1)
        let measurement = Measurement(value: 1, unit: unit)
        let types: [AnyObject.Type] = [Process.self, Stream.self, OperationQueue.self]
        let mutex = Mutex(0)
        let result: Result<Int, any Error> = .success(1)
        let notification = Notification(name: .init("x"))
        #expect(duration > .zero && progress.totalUnitCount == 1 && measurement.value == 1)
        #expect(types.count == 3)
        #expect(mutex.withLock { $0 } == 0)
        #expect(try result.get() == 1)
        #expect(notification.name.rawValue == "x")
    }

    private func elapsed<C: Clock>(by clock: C) async -> C.Duration {
        let start = clock.now
        return start.duration(to: clock.now)
    }
}
