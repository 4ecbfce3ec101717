import Testing

@testable import PIE

@Suite struct OutputMemoryTests {
    private static func tasks(_ count: Int) -> StableColumn<StoredNode> {
        let column = StableColumn<StoredNode>()
        column.appendZeroes(count)
        return column
    }

    private static func dropped(
        _ memory: inout OutputMemory,
        _ tasks: borrowing StableColumn<StoredNode>
    ) -> [TaskID] {
        var all: [TaskID] = []
        while let task = memory.next(in: tasks) { all.append(task) }
        return all
    }

    @Test func withoutALimitNothingIsCounted() {
        let tasks = Self.tasks(4)
        var memory = OutputMemory(limit: nil)
        memory.count(1, 1_000_000, in: tasks)
        #expect(memory.total == 0)
        #expect(memory.next(in: tasks) == nil)
    }

    @Test func theOldestGoFirstAndNoMoreThanMust() {
        let tasks = Self.tasks(10)
        var memory = OutputMemory(limit: 25)
        for task in 1...5 as ClosedRange<TaskID> { memory.count(task, 10, in: tasks) }
        #expect(Self.dropped(&memory, tasks) == [1, 2, 3])
        #expect(memory.total == 20)
    }

    @Test func whatWasUsedSinceTheLastRoundStaysForAnother() {
        let tasks = Self.tasks(10)
        var memory = OutputMemory(limit: 40)
        for task in 1...5 as ClosedRange<TaskID> { memory.count(task, 10, in: tasks) }
        #expect(Self.dropped(&memory, tasks) == [1])
        tasks.address(2).pointee.flags.insert(.used)
        memory.count(6, 20, in: tasks)
        #expect(Self.dropped(&memory, tasks) == [3, 4])
        #expect(memory.total == 40)
    }

    @Test func whatIsCountedNoMoreIsNotDropped() {
        let tasks = Self.tasks(10)
        var memory = OutputMemory(limit: 0)
        for task in 1...3 as ClosedRange<TaskID> { memory.count(task, 10, in: tasks) }
        memory.uncount(2, in: tasks)
        #expect(memory.total == 20)
        #expect(Self.dropped(&memory, tasks) == [1, 3])
        #expect(memory.total == 0)
    }

    @Test func anOutputThatIsReplacedCountsOnce() {
        let tasks = Self.tasks(10)
        var memory = OutputMemory(limit: 10)
        for size in 1...1_000 { memory.count(1, size, in: tasks) }
        #expect(memory.total == 1_000)
        memory.uncount(1, in: tasks)
        memory.count(1, 11, in: tasks)
        #expect(Self.dropped(&memory, tasks) == [1])
    }

    @Test func anOutputLargerThanANumberOfFourBytesCountsAsMuchAsThatCanSay() {
        let tasks = Self.tasks(4)
        var memory = OutputMemory(limit: 10)
        memory.count(1, 1 << 40, in: tasks)
        #expect(memory.total == Int(UInt32.max))
        #expect(Self.dropped(&memory, tasks) == [1])
        #expect(memory.total == 0)
    }
}
