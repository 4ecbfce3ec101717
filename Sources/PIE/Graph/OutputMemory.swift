/// Which outputs are in memory although a store has them too, how much they take, and which of them goes first.
///
/// Numbers only: who decodes or drops a value tells it here. An output counts with the number of bytes that it takes in
/// the store, from the moment on at which the store can give it back. What goes first is decided by second chance
/// (Corbató, 1968): one that was asked for since the last round stays for another, so a use costs one bit.
struct OutputMemory {
    /// How many bytes the outputs may take; nil: as many as there are, and nothing is counted.
    let limit: Int?

    /// How many bytes the outputs take that are counted.
    private(set) var total = 0

    /// The tasks whose outputs are counted, in the order of the next round, and others that no longer are.
    private var round: [TaskID] = []
    private var start = 0

    init(limit: Int?) {
        self.limit = limit
    }

    /// Whether outputs are dropped at all.
    var isBounded: Bool { limit != nil }

    /// Counts an output, which the store has.
    mutating func count(_ task: TaskID, _ size: Int, in tasks: borrowing StableColumn<StoredNode>) {
        guard isBounded else { return }
        let node = tasks.address(Int(task))
        let size = UInt32(clamping: max(1, size))
        total += Int(size) - Int(node.pointee.outputSize)
        node.pointee.outputSize = size
        node.pointee.flags.insert(.used)
        if node.pointee.flags.insert(.inRound).inserted { round.append(task) }
    }

    /// Counts an output no more: it is not in memory, or the store does not have it.
    mutating func uncount(_ task: TaskID, in tasks: borrowing StableColumn<StoredNode>) {
        let node = tasks.address(Int(task))
        total -= Int(node.pointee.outputSize)
        node.pointee.outputSize = 0
    }

    /// Takes out the next task whose output must be dropped, if the outputs take too much.
    ///
    /// - Complexity: O(1) on average over all uses.
    mutating func next(in tasks: borrowing StableColumn<StoredNode>) -> TaskID? {
        guard let limit else { return nil }
        while total > limit, start < round.count {
            let task = round[start]
            start += 1
            let node = tasks.address(Int(task))
            if node.pointee.outputSize != 0, node.pointee.flags.remove(.used) != nil {
                round.append(task)
                continue
            }
            if start * 2 > round.count {
                round.removeFirst(start)
                start = 0
            }
            node.pointee.flags.remove(.inRound)
            if node.pointee.outputSize != 0 {
                uncount(task, in: tasks)
                return task
            }
        }
        return nil
    }
}
