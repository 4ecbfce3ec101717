import Testing

@testable import PIE

@Suite struct LocatingTests {
    private struct Numbered: IncrementalTask {
        let number: Int

        func execute(in context: some Context) async throws -> Int { number }
    }

    @Test func tasksThatAreLocatedAtOnceGetOnePlaceEach() async throws {
        let engine = try Pie().engine
        let all = await withTaskGroup(of: [UInt64].self) { group in
            for start in 0..<4 {
                group.addTask {
                    var places = [UInt64](repeating: 0, count: 20_000)
                    for step in places.indices {
                        // Two go one way and two the other: they look for each other's newest tasks.
                        let number = start % 2 == 0 ? step : places.count - 1 - step
                        let location = engine.locate(Numbered(number: number))
                        places[number] = UInt64(location.id) << 32 | UInt64(location.local)
                        if location.table.index.key(location.local).number != number { places[number] = .max }
                    }
                    return places
                }
            }
            return await group.reduce(into: [[UInt64]]()) { $0.append($1) }
        }
        #expect(all.allSatisfy { $0 == all[0] })
        #expect(Set(all[0]).count == 20_000)
        #expect(!all[0].contains(.max))
    }
}
