/// The versions of outputs that are not present any more, but that dependencies have seen (R5).
///
/// In a build that executes everything each output is older for a moment, until its requirers have executed in turn:
/// so an entry costs a few nanoseconds and allocates nothing. The entries of one task are in one chain.
struct OlderVersions {
    private struct Entry {
        var task: TaskID = 0
        var version: UInt32 = 0
        /// How many dependencies have seen the version.
        var references: UInt32 = 0
        /// Where the task's table keeps the output; 0: it does not.
        var place: UInt32 = 0
        /// The next entry of the chain, or of the free ones; 0: none.
        var next: UInt32 = 0
    }

    private var entries = [Entry()]
    private var chains = [UInt32](repeating: 0, count: 16)
    /// There are 2^bits chains.
    private var bits: UInt32 = 4
    private var free: UInt32 = 0
    private var count = 0

    /// Tasks with neighbouring ids have neighbouring chains, since they tend to execute one after the other; those that
    /// differ in the upper bits alone have different ones too.
    private func chain(of task: TaskID) -> Int {
        Int(task ^ (task >> bits)) & (chains.count - 1)
    }

    private func find(_ task: TaskID, _ version: UInt32) -> Int? {
        var index = chains[chain(of: task)]
        while index != 0 {
            let entry = entries[Int(index)]
            if entry.task == task && entry.version == version { return Int(index) }
            index = entry.next
        }
        return nil
    }

    /// The versions of a task, and where its table keeps them.
    func all(of task: TaskID) -> [(version: UInt32, place: UInt32)] {
        if count == 0 { return [] }
        var found: [(version: UInt32, place: UInt32)] = []
        var index = chains[chain(of: task)]
        while index != 0 {
            let entry = entries[Int(index)]
            if entry.task == task { found.append((entry.version, entry.place)) }
            index = entry.next
        }
        return found
    }

    /// Where a version is kept.
    func place(of task: TaskID, version: UInt32) -> UInt32? {
        find(task, version).map { entries[$0].place }
    }

    /// How many dependencies have seen a version.
    func references(of task: TaskID, version: UInt32) -> UInt32 {
        find(task, version).map { entries[$0].references } ?? 0
    }

    /// Notes where a version is kept.
    mutating func setPlace(_ place: UInt32, of task: TaskID, version: UInt32) {
        if let index = find(task, version) { entries[index].place = place }
    }

    /// Notes that a version is not present any more.
    mutating func add(_ task: TaskID, version: UInt32, references: UInt32) {
        if count >= chains.count { grow() }
        let index: UInt32
        if free != 0 {
            index = free
            free = entries[Int(index)].next
        } else {
            index = UInt32(entries.count)
            entries.append(Entry())
        }
        let chain = chain(of: task)
        entries[Int(index)] = Entry(task: task, version: version, references: references, next: chains[chain])
        chains[chain] = index
        count += 1
    }

    /// Notes that a version is present again.
    ///
    /// - Returns: How many dependencies have seen it.
    mutating func remove(_ task: TaskID, version: UInt32) -> UInt32 {
        if count == 0 { return 0 }
        return take(task, version)?.references ?? 0
    }

    /// Notes that one more dependency has seen a version.
    mutating func retain(_ task: TaskID, version: UInt32) {
        if let index = find(task, version) {
            entries[index].references += 1
        } else {
            add(task, version: version, references: 1)
        }
    }

    /// Notes that a dependency that has seen a version is gone.
    ///
    /// - Returns: Where the version was kept, if that was the last.
    mutating func release(_ task: TaskID, version: UInt32) -> UInt32? {
        guard let index = find(task, version) else { return nil }
        if entries[index].references > 1 {
            entries[index].references -= 1
            return nil
        }
        return take(task, version)?.place
    }

    private mutating func take(_ task: TaskID, _ version: UInt32) -> Entry? {
        let chain = chain(of: task)
        var previous: UInt32 = 0
        var index = chains[chain]
        while index != 0 {
            let entry = entries[Int(index)]
            if entry.task == task && entry.version == version {
                if previous == 0 {
                    chains[chain] = entry.next
                } else {
                    entries[Int(previous)].next = entry.next
                }
                entries[Int(index)].next = free
                free = index
                count -= 1
                return entry
            }
            previous = index
            index = entry.next
        }
        return nil
    }

    private mutating func grow() {
        let before = chains
        chains = [UInt32](repeating: 0, count: before.count * 2)
        bits += 1
        for start in before {
            var index = start
            while index != 0 {
                let next = entries[Int(index)].next
                let chain = chain(of: entries[Int(index)].task)
                entries[Int(index)].next = chains[chain]
                chains[chain] = index
                index = next
            }
        }
    }
}
