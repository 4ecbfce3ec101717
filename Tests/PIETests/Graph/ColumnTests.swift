import Testing

@testable import PIE

@Suite struct ColumnTests {
    @Test func elementsKeepTheirAddressesWhileTheColumnGrows() {
        let column = StableColumn<Int>()
        column.append(7)
        let address = column.address(0)
        for value in 1...10_000 { column.append(value) }
        #expect(column.address(0) == address)
        #expect(column.count == 10_001)
        #expect((1...10_000).allSatisfy { column[$0] == $0 })
    }

    @Test func elementsAreDestroyedWithTheColumn() {
        final class Marker {}
        weak var last: Marker?
        do {
            let column = StableColumn<Marker>()
            for _ in 0..<200 { column.append(Marker()) }
            last = column[199]
            #expect(last != nil)
        }
        #expect(last == nil)
    }

    @Test func aKeyIsFoundUnderTheIdItWasAddedWith() {
        let table = InternTable<String>()
        for number in 0..<5_000 {
            guard case .missing(let hash, let count) = table.search("key \(number)") else {
                Issue.record("found before it was added")
                return
            }
            #expect(table.add("key \(number)", hash: hash, count: count, id: UInt32(number * 2)) == UInt32(number))
        }
        for number in 0..<5_000 {
            guard case .found(let id, let index) = table.search("key \(number)") else {
                Issue.record("not found")
                return
            }
            #expect(id == UInt32(number * 2))
            #expect(table.key(index) == "key \(number)")
        }
    }

    @Test func addingAfterSomebodyElseAddedIsRefused() {
        let table = InternTable<Int>()
        guard case .missing(let hash, let count) = table.search(1) else { return }
        #expect(table.add(1, hash: hash, count: count, id: 1) != nil)
        #expect(table.add(2, hash: hash, count: count, id: 2) == nil)
    }

    @Test func keysWithOneHashAreToldApart() {
        struct Colliding: Hashable, Sendable {
            let number: Int
            func hash(into hasher: inout Hasher) { hasher.combine(0) }
        }
        let table = InternTable<Colliding>()
        for number in 0..<100 {
            guard case .missing(let hash, let count) = table.search(Colliding(number: number)) else {
                Issue.record("found before it was added")
                return
            }
            _ = table.add(Colliding(number: number), hash: hash, count: count, id: UInt32(number))
        }
        guard case .found(let id, _) = table.search(Colliding(number: 42)) else {
            Issue.record("not found")
            return
        }
        #expect(id == 42)
    }

    @Test func readersFindKeysWhileOthersAreAdded() async {
        let table = InternTable<Int>()
        let lock = Lock<Void>(())
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var added = 0
                    for key in 0..<20_000 {
                        while case .missing(let hash, let count) = table.search(key) {
                            let index = lock.withLock { _ in
                                table.add(key, hash: hash, count: count, id: UInt32(key))
                            }
                            if index != nil { added += 1 }
                        }
                    }
                    return added
                }
            }
            var total = 0
            for await added in group { total += added }
            #expect(total == 20_000)
        }
        #expect(table.count == 20_000)
    }

    @Test func aTypeMapFindsTheTableOfEachType() {
        final class Table {}
        let types: [Any.Type] = [
            Int.self, UInt.self, Int8.self, Int16.self, Int32.self, Int64.self, UInt8.self, UInt16.self, UInt32.self,
            UInt64.self, Float.self, Double.self, String.self, Bool.self, Character.self, [Int].self, [UInt].self,
        ]
        let map = TypeMap<Table>()
        let tables = types.map { _ in Table() }
        for (type, table) in zip(types, tables) {
            #expect(map[type] == nil)
            map.add(table, for: type, number: map.highestNumber + 1)
        }
        for (type, table) in zip(types, tables) { #expect(map[type] === table) }
    }

    @Test func theLowestLevelComesFirstAndTiesGoToTheLowerTask() {
        var queue = LevelQueue()
        for (task, level) in [(5, 2), (4, 1), (9, 0), (3, 1), (8, 7)] {
            queue.push(TaskID(task), level: UInt32(level))
        }
        var order: [TaskID] = []
        while let (task, _) = queue.pop() { order.append(task) }
        #expect(order == [9, 3, 4, 5, 8])
    }
}
