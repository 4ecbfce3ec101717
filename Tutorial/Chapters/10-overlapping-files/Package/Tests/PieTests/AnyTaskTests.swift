import Pie
import Testing

private enum North {
    struct Visit: IncrementalTask {
        var house: Int
        func execute(in context: some Context) async throws -> String { "north" }
    }
}

private enum South {
    struct Visit: IncrementalTask {
        var house: Int
        func execute(in context: some Context) async throws -> String { "south" }
    }
}

@Test func equalTasksOfOneTypeAreEqual() {
    #expect(AnyTask(North.Visit(house: 1)) == AnyTask(North.Visit(house: 1)))
    #expect(AnyTask(North.Visit(house: 1)) != AnyTask(North.Visit(house: 2)))
}

@Test func tasksOfDifferentTypesAreDifferent() {
    #expect(AnyTask(North.Visit(house: 1)) != AnyTask(South.Visit(house: 1)))
}

@Test func tasksOfAllTypesFitIntoOneDictionary() {
    var houses: [AnyTask: String] = [:]
    houses[AnyTask(North.Visit(house: 1))] = "north"
    houses[AnyTask(South.Visit(house: 1))] = "south"
    #expect(houses.count == 2)
    #expect(houses[AnyTask(North.Visit(house: 1))] == "north")
}
