import PIE
import Synchronization

/// Prints what a build does, each task indented below the one that required it.
final class BuildLog: Tracker {
    private let depths = Mutex<[AnyTask: Int]>([:])

    /// Prints `event` if it says what became of a task.
    func handle(_ event: BuildEvent) {
        switch event {
        case .required(let task, let requirer):
            depths.withLock { depths in
                let depth = requirer.flatMap { depths[$0] }.map { $0 + 1 } ?? 0
                depths[task] = depths[task] ?? depth
            }
        case .executing(let task, let reason):
            print("executing \(task): \(reason)", for: task)
        case .executed(let task, let changed):
            print("executed  \(task)\(changed ? "" : ", output unchanged")", for: task)
        case .reused(let task):
            print("reused    \(task)", for: task)
        case .failed(let task, let error):
            print("failed    \(task): \(error)", for: task)
        default:
            break
        }
    }

    private func print(_ text: String, for task: AnyTask) {
        let depth = depths.withLock { $0[task] ?? 0 }
        Terminal.print(String(repeating: "  ", count: depth) + text, to: .error)
    }
}
