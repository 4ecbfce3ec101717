/// A priority queue of tasks by level, the lowest first; ties go to the lower id.
///
/// Levels may rise while a task is queued: who takes a task out compares the level it was queued with.
struct LevelQueue {
    private var heap: [UInt64] = []

    var isEmpty: Bool { heap.isEmpty }
    var count: Int { heap.count }

    /// The lowest level in the queue.
    var lowestLevel: UInt32? { heap.first.map { UInt32($0 >> 32) } }

    /// The task with the lowest level.
    var first: TaskID? { heap.first.map { TaskID(truncatingIfNeeded: $0) } }

    /// The tasks, in no particular order, some of them perhaps more than once.
    var tasks: some Sequence<TaskID> { heap.lazy.map { TaskID(truncatingIfNeeded: $0) } }

    mutating func push(_ task: TaskID, level: UInt32) {
        heap.append(UInt64(level) << 32 | UInt64(task))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if heap[parent] <= heap[child] { break }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    mutating func pop() -> (task: TaskID, level: UInt32)? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            var parent = 0
            while true {
                var child = parent * 2 + 1
                if child >= heap.count { break }
                if child + 1 < heap.count && heap[child + 1] < heap[child] { child += 1 }
                if heap[parent] <= heap[child] { break }
                heap.swapAt(parent, child)
                parent = child
            }
        }
        return (TaskID(truncatingIfNeeded: top), UInt32(top >> 32))
    }

    mutating func removeAll() { heap.removeAll(keepingCapacity: heap.capacity < 1 << 16) }
}
