import PIE
import Testing

@Suite struct DependencyGraphTests {
    private static let leaf = Job("leaf", .read("a"))
    private static let other = Job("other", .read("a", .exists), .list("folder"))
    private static let root = Job("root", .first(leaf), .ignore(other), .require(leaf), .write("x", "out"))

    @Test func everyDependencyIsAnEdgeWithWhatIsSeenOfTheTarget() async throws {
        let world = try World(["a": "1"])
        try await world.require(Self.root)
        let graph = world.pie.graph()
        #expect(graph.nodes.map(\.description) == ["leaf", "other", "root", "a", "out", "DirectoryListing folder/*"])
        #expect(
            graph.edges.map { Self.text($0, in: graph) } == [
                "leaf read a through content",
                "other read a through exists",
                "other read DirectoryListing folder/*",
                "root require leaf",
                "root require leaf through FirstWord()",
                "root require other through InconsequentialStamper<String>()",
                "root provide out",
            ]
        )
    }

    @Test func aNodeKnowsItsTaskAndItsType() async throws {
        let world = try World(["a": "1"])
        try await world.require(Self.leaf)
        let graph = world.pie.graph()
        #expect(graph.nodes.map(\.subject) == [.task(AnyTask(Self.leaf)), .file("a")])
        #expect(graph.nodes.map(\.type) == [Job.typeIdentifier, "PIE.File"])
    }

    @Test func theGraphOfABuildIsTheSameWithMoreJobs() async throws {
        let jobs = (0..<40).map { Job("job \($0)", .read(File("\($0 % 3)"))) }
        var graphs: [DependencyGraph] = []
        for count in [1, 4] {
            let world = try World(jobs: count, ["0": "a", "1": "b"])
            try await world.require(all: jobs)
            graphs.append(world.pie.graph())
        }
        #expect(graphs[0] == graphs[1])
    }

    @Test func whatNoObservedTaskRequiresAnyMoreIsMarked() async throws {
        let world = try World(["root": "run one", "one": "read x", "two": "read y"])
        try await world.require(Script("root"))
        try world.write("run two", to: "root")
        try await world.update("root")
        let forgotten = world.pie.graph().nodes.filter { !$0.isObserved }.map(\.type)
        #expect(forgotten == [Script.typeIdentifier, "PIE.File", "PIE.File"])
        #expect(world.pie.graph().filter(\.isObserved).nodes.map(\.description) == ["root", "two", "root", "two", "y"])
    }

    @Test func theGraphCanBeTakenWhileATaskRuns() async throws {
        let gate = Gate.make()
        let world = try World(["a": "1"])
        let running = Task { [pie = world.pie] in
            try await pie.session { try await $0.require(Job("root", .require(Self.leaf), .hold(gate.name))) }
        }
        await gate.arrival()
        #expect(world.pie.graph().nodes.map(\.description) == ["leaf", "a"])
        gate.open()
        _ = try await running.value
        #expect(world.pie.graph().nodes.map(\.description) == ["leaf", "root", "a"])
    }

    @Test func aTaskThatFailedIsShownIfSomebodyRequiresIt() async throws {
        let world = try World()
        try await world.require(Job("root", .attempt([.require(Job("bad", .fail("")))])))
        _ = try? await world.require(Job("alone", .fail("")))
        let graph = world.pie.graph()
        #expect(graph.nodes.map(\.description) == ["bad", "root"])
        #expect(graph.edges.map { Self.text($0, in: graph) } == ["root require bad"])
    }

    // MARK: Seeing less of it

    /// `top` over `left` and `right`, both over `base`, which reads `a`; `top` reads `b`.
    private static func diamond() async throws -> DependencyGraph {
        let world = try World(["a": "1", "b": "2"])
        let base = Job("base", .read("a"))
        let (left, right) = (Job("left", .require(base)), Job("right", .require(base)))
        try await world.require(Job("top", .require(left), .require(right), .read("b")))
        return world.pie.graph()
    }

    @Test func aFilteredGraphHasTheEdgesBetweenWhatIsLeft() async throws {
        let graph = try await Self.diamond().filter { $0.description != "base" }
        #expect(graph.nodes.map(\.description) == ["left", "right", "top", "a", "b"])
        #expect(
            graph.edges.map { Self.text($0, in: graph) } == [
                "top require left", "top require right", "top read b through content",
            ]
        )
    }

    @Test func aContractedGraphLeadsPastWhatIsGone() async throws {
        let graph = try await Self.diamond().contracting { ["left", "right", "base"].contains($0.description) }
        #expect(graph.nodes.map(\.description) == ["top", "a", "b"])
        #expect(graph.edges.map { Self.text($0, in: graph) } == ["top indirect a", "top read b through content"])
    }

    @Test func groupsBecomeOneNodeEach() async throws {
        let (upper, lower) = (DependencyGraph.Node("upper"), DependencyGraph.Node("lower"))
        let graph = try await Self.diamond().merging { node in
            switch node.description {
            case "top", "left", "right": upper
            case "base", "a": lower
            default: nil
            }
        }
        #expect(graph.nodes == [lower, upper])
        #expect(graph.edges.map { Self.text($0, in: graph) } == ["upper indirect lower"])
    }

    @Test(arguments: [
        (0, ["base"]), (1, ["base", "left", "right", "a"]), (2, ["base", "left", "right", "top", "a"]),
        (9, ["base", "left", "right", "top", "a", "b"]), (-1, ["base"]),
    ])
    func aNeighborhoodReachesBothWays(distance: Int, expected: [String]) async throws {
        let graph = try await Self.diamond().neighborhood(of: { $0.description == "base" }, within: distance)
        #expect(graph.nodes.map(\.description) == expected)
    }

    private static func text(_ edge: DependencyGraph.Edge, in graph: DependencyGraph) -> String {
        let (source, target) = (graph.nodes[edge.source], graph.nodes[edge.target])
        return "\(source) \(edge.kind) \(target)\(edge.through.map { " through \($0)" } ?? "")"
    }
}
