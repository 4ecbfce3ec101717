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

    @Test func anElementOfOneLineOfTheCacheIsInOneLine() {
        #expect(MemoryLayout<Node>.stride == 64)
        let column = StableColumn<Node>()
        for _ in 0..<10_000 { column.append(Node(type: 0, local: 0)) }
        #expect((0..<10_000).allSatisfy { Int(bitPattern: column.address($0)) % 64 == 0 })
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
        let table = InternTable<String, Void>()
        for number in 0..<5_000 {
            guard case .missing(let hash, let count) = table.search("key \(number)") else {
                Issue.record("found before it was added")
                return
            }
            #expect(table.nextIndex(after: count) == UInt32(number))
            table.add("key \(number)", hash: hash, id: UInt32(number * 2))
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

    @Test func aValueStaysBesideItsKeyWhileTheTableGrows() {
        let table = InternTable<Int, String?>()
        for number in 0..<5_000 {
            guard case .missing(let hash, _) = table.search(number) else {
                Issue.record("found before it was added")
                return
            }
            table.add(number, nil, hash: hash, id: UInt32(number))
            if number % 3 == 0 { table[UInt32(number)] = "value \(number)" }
        }
        for number in 0..<5_000 {
            guard case .found(_, let index) = table.search(number) else {
                Issue.record("not found")
                return
            }
            #expect(table[index] == (number % 3 == 0 ? "value \(number)" : nil))
        }
    }

    @Test func addingAfterSomebodyElseAddedIsRefused() {
        let table = InternTable<Int, Void>()
        guard case .missing(let hash, let count) = table.search(1) else { return }
        #expect(table.nextIndex(after: count) != nil)
        table.add(1, hash: hash, id: 1)
        #expect(table.nextIndex(after: count) == nil)
    }

    @Test func keysWithOneHashAreToldApart() {
        struct Colliding: Hashable, Sendable {
            let number: Int
            func hash(into hasher: inout Hasher) { hasher.combine(0) }
        }
        let table = InternTable<Colliding, Void>()
        for number in 0..<100 {
            guard case .missing(let hash, _) = table.search(Colliding(number: number)) else {
                Issue.record("found before it was added")
                return
            }
            table.add(Colliding(number: number), hash: hash, id: UInt32(number))
        }
        guard case .found(let id, _) = table.search(Colliding(number: 42)) else {
            Issue.record("not found")
            return
        }
        #expect(id == 42)
    }

    @Test func readersFindKeysWhileOthersAreAdded() async {
        let table = InternTable<Int, Void>()
        let lock = Lock<Void>(())
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var added = 0
                    for key in 0..<20_000 {
                        while case .missing(let hash, let count) = table.search(key) {
                            let isAdded = lock.withLock { _ in
                                guard table.nextIndex(after: count) != nil else { return false }
                                table.add(key, hash: hash, id: UInt32(key))
                                return true
                            }
                            if isAdded { added += 1 }
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
