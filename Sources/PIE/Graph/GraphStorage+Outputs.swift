/// The memory of outputs that the store has too; see ``OutputMemory``.
extension GraphStorage {
    /// Notes that a task's output was asked for.
    @inline(__always)
    func use(_ task: TaskID) {
        if outputs.isBounded { tasks.address(Int(task)).pointee.flags.insert(.used) }
    }

    /// Counts an output that is in memory and in the store.
    func count(_ task: TaskID, _ size: Int) {
        outputs.count(task, size, in: tasks)
    }

    /// Notes that an output is not in memory any more, or that the store does not have it.
    func uncount(_ task: TaskID) {
        outputs.uncount(task, in: tasks)
    }

    /// The next task whose output must be dropped, if the outputs take too much memory.
    func nextToDrop() -> TaskID? {
        outputs.next(in: tasks)
    }
}
