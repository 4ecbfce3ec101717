import Foundation
import PIE
import Synchronization

/// Says that a task begins to execute, the first time.
final class Beginning: Tracker {
    private let isTold = Atomic<Bool>(false)

    func handle(_ event: BuildEvent) {
        guard case .executing = event, !isTold.exchange(true, ordering: .relaxed) else { return }
        print("begun")
        fflush(nil)
    }
}
