import Testing

@testable import Pie

/// A task that is never executed: a point of a graph.
private struct Point: IncrementalTask, ExpressibleByStringLiteral {
    var name: String
    init(_ name: String) { self.name = name }
    init(stringLiteral name: String) { self.name = name }
    func execute(in context: some Context) async throws -> String { name }
}

/// A dependency on a point.
private func on(_ point: Point) -> Dependency {
    .task(TaskDependency(task: AnyTask(point), output: point.name))
}

extension Graph {
    /// Lets a point require others.
    fileprivate mutating func add(_ point: Point, requiring others: [Point]) {
        commit(Record(output: point.name, dependencies: others.map(on)), of: AnyTask(point))
    }
}

@Test func aRecordingKeepsTheFirstOfEqualDependencies() {
    var recording = Recording()
    recording.add(on("b"))
    recording.add(on("a"))
    recording.add(on("b"))
    recording.add(.file(FileDependency(file: "f", stamper: .exists, stamp: .present)))
    recording.add(.file(FileDependency(file: "f", stamper: .content, stamp: .content(1))))
    recording.add(.file(FileDependency(file: "f", stamper: .content, stamp: .content(2))))
    #expect(recording.dependencies.map(\.description) == ["Point(name: \"b\")", "Point(name: \"a\")", "f", "f"])
}

@Test func aTaskRequiresOthersDirectlyOrThroughOthers() {
    var graph = Graph()
    graph.add("a", requiring: ["b"])
    graph.add("b", requiring: ["c"])
    #expect(graph.requires(AnyTask(Point("a")), AnyTask(Point("b"))))
    #expect(graph.requires(AnyTask(Point("a")), AnyTask(Point("c"))))
    #expect(!graph.requires(AnyTask(Point("c")), AnyTask(Point("a"))))
    #expect(!graph.requires(AnyTask(Point("a")), AnyTask(Point("a"))))
}

@Test func diamondsOnDiamondsAreWalkedOnce() {
    var graph = Graph()
    let height = 60
    for level in 0..<height {
        graph.add(Point("top \(level)"), requiring: [Point("left \(level)"), Point("right \(level)")])
        graph.add(Point("left \(level)"), requiring: [Point("top \(level + 1)")])
        graph.add(Point("right \(level)"), requiring: [Point("top \(level + 1)")])
    }
    #expect(graph.requires(AnyTask(Point("top 0")), AnyTask(Point("top \(height)"))))
    #expect(!graph.requires(AnyTask(Point("top 0")), AnyTask(Point("elsewhere"))))
}
