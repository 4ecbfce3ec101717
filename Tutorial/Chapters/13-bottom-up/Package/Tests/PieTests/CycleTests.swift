import Pie
import Testing

/// Requires the points that its file names.
private struct Point: IncrementalTask {
    var name: String

    func execute(in context: some Context) async throws -> Int {
        var height = 0
        for next in try await context.readText(File(name))?.split(separator: " ") ?? [] {
            height = max(height, try await context.require(Point(name: String(next))))
        }
        return height + 1
    }
}

@Test func aCycleIsAnErrorThatShowsTheWay() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let pie = Pie(root: folder.path)
    let (a, b, c) = (Point(name: "a"), Point(name: "b"), Point(name: "c"))
    try folder.write("b", to: "a")
    try folder.write("c", to: "b")
    try folder.write("b", to: "c")
    await #expect(throws: BuildError.cycle(boxed(b, c, b))) {
        try await pie.session { try await $0.require(a) }
    }
    // Whoever mends the files has a build that works.
    try folder.write("", to: "c")
    #expect(try await pie.session { try await $0.require(a) } == 3)
}

@Test func whoRequiredWhomYesterdayIsNoCycle() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let pie = Pie(root: folder.path)
    try folder.write("", to: "a")
    try folder.write("a", to: "b")
    #expect(try await pie.session { try await $0.require(Point(name: "b")) } == 2)
    try folder.write("b", to: "a")
    try folder.write("", to: "b")
    #expect(try await pie.session { try await $0.require(Point(name: "a")) } == 2)
}

private struct Hen: IncrementalTask {
    func execute(in context: some Context) async throws -> String {
        let egg = (try? await context.require(Egg())) ?? "nothing"
        return "hen from \(egg)"
    }
}

private struct Egg: IncrementalTask {
    func execute(in context: some Context) async throws -> String {
        let hen = (try? await context.require(Hen())) ?? "nothing"
        return "egg from \(hen)"
    }
}

@Test func whoMeetsABuildErrorFailsEvenIfItCatchesIt() async throws {
    await #expect(throws: BuildError.cycle(boxed(Hen(), Egg(), Hen()))) {
        print(try await Pie().session { try await $0.require(Hen()) })
    }
    await #expect(throws: BuildError.cycle(boxed(Egg(), Hen(), Egg()))) {
        print(try await Pie().session { try await $0.require(Egg()) })
    }
}
