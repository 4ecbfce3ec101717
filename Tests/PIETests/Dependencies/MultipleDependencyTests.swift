// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Several dependencies of one task on one target, and several kinds of reason for one task.
@Suite struct MultipleDependencyTests {
    @Test(arguments: [1, 4]) func R2_twoProjectionsOfOneTaskAreTwoDependencies(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "x y z"])
        let words = Words(file: "a")
        let task = TwoWords(words: words, first: 0, second: 1)
        #expect(try await world.require(task) == "x y")
        try world.write("x y other", to: "a")
        #expect(try await world.require(task) == "x y")
        #expect(world.runs == [Run(words, .file("a"))])
        try world.write("x changed other", to: "a")
        #expect(try await world.require(task) == "x changed")
        #expect(world.runs == [Run(words, .file("a")), Run(task, .output(of: words))])
        try world.write("changed changed other", to: "a")
        #expect(try await world.require(task) == "changed changed")
    }

    @Test(arguments: [1, 4]) func R2_twoThenOneThenNoneOfTheDependencies(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "x y", "count": "2"])
        let words = Words(file: "a")
        let task = SomeWords(words: words)
        #expect(try await world.require(task) == ["x", "y"])
        try world.write("1", to: "count")
        try world.write("x z", to: "a")
        try await world.update("a", "count")
        #expect(world.pie.lastOutput(of: task) == ["x"])
        #expect(world.executed == tasks(words, task) || world.executed == tasks(task, words))
        try world.write("x other", to: "a")
        try await world.update("a")
        #expect(world.runs == [Run(words, .file("a"))])
        try world.write("0", to: "count")
        try await world.update("count")
        #expect(world.pie.lastOutput(of: task) == [])
        try world.write("changed", to: "a")
        try await world.update("a")
        #expect(world.runs == [], "nobody observes the words any more")
        try world.write("2", to: "count")
        try await world.update("count")
        #expect(world.pie.lastOutput(of: task) == ["changed"])
        #expect(world.runs == [Run(task, .file("count")), Run(words, .file("a"))])
    }

    @Test(arguments: [1, 4]) func R19_everyKindOfDependencyIsAReason(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "folder/x": "1", "child": "say 1"])
        world.pie.set(Input<String>("name"), to: "1")
        let child = Script("child")
        let task = Job(
            "task",
            .read("a"),
            .list("folder"),
            .input("name"),
            .run("child"),
            .depend("b", .exists),
            .write("1", "out")
        )
        try await world.require(task)
        #expect(world.runs.first == Run(task, .new))

        try world.write("2", to: "a")
        try await world.require(task)
        #expect(world.runs == [Run(task, .file("a"))])
        try world.write("2", to: "folder/y")
        try await world.require(task)
        #expect(world.runs == [Run(task, .resource("DirectoryListing folder/*"))])
        world.pie.set(Input<String>("name"), to: "2")
        try await world.require(task)
        #expect(world.runs == [Run(task, .resource("Input<String> name: String"))])
        try world.write("say 2", to: "child")
        try await world.require(task)
        #expect(world.runs == [Run(child, .file("child")), Run(task, .output(of: child))])
        try world.write("2", to: "b")
        try await world.require(task)
        #expect(world.runs == [Run(task, .file("b"))])
        try world.write("2", to: "out")
        try await world.require(task)
        #expect(world.runs == [Run(task, .provided("out"))])
        try await world.require(task)
        #expect(world.runs == [])
    }

    @Test(arguments: [1, 4]) func R19_theReasonIsTheFirstDependencyInRecordedOrder(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "b": "1", "child": "say 1"])
        let task = Job("task", .read("b"), .run("child"), .read("a"))
        try await world.require(task)
        for file in ["a", "b", "child"] as [File] { try world.write("say 2", to: file) }
        try await world.require(task)
        #expect(world.runs.first == Run(task, .file("b")))
        for file in ["a", "child"] as [File] { try world.write("say 3", to: file) }
        try await world.require(task)
        #expect(world.runs == [Run(Script("child"), .file("child")), Run(task, .output(of: Script("child")))])
    }

    @Test(arguments: [1, 4]) func R19_anExplanationLeadsToTheChangedLeaf(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "1", "b": "1"])
        let low = Job("low", .read("a"))
        let middle = Job("middle", .require(low))
        let top = Job("top", .require(middle))
        let other = Job("other", .read("b"))
        let stranger = Job("stranger", .say("s"))
        try await world.session { session in
            try await session.require(all: [top, other])
            let explanation = try #require(session.explain(top))
            #expect(explanation.outcome == .executed)
            #expect(explanation.chain.map(\.task) == tasks(top))
            #expect(explanation.chain.map(\.reason) == [.new])
        }
        try world.write("2", to: "a")
        try await world.session { session in
            try await session.require(top)
            let explanation = try #require(session.explain(top))
            #expect(explanation.outcome == .executed)
            #expect(explanation.chain.map(\.task) == tasks(top, middle, low))
            #expect(
                explanation.chain.map { Why($0.reason) } == [.output(of: middle), .output(of: low), .file("a")]
            )
            guard case .dependency(let change)? = explanation.chain.last?.reason else {
                Issue.record("the leaf is a file")
                return
            }
            #expect(change.before != nil)
            #expect(change.after != nil)
            #expect(change.before != change.after)
            #expect(session.explain(other)?.outcome == .unvisited)
            #expect(session.explain(stranger) == nil)
        }
        try await world.session { session in
            try await session.require(top)
            #expect(session.explain(top)?.outcome == .reused)
            #expect(session.explain(top)?.chain == [])
        }
    }

    @Test(arguments: [1, 4]) func R19_aFailureIsExplainedToo(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["child": "say 1"])
        let main = Job("main", .run("child"))
        try await world.require(main)
        try world.write("fail no", to: "child")
        try await world.session { session in
            #expect(await failure { try await session.require(main) } == "no")
            let explanation = try #require(session.explain(main))
            #expect(explanation.outcome == .failed)
            #expect(explanation.chain.map { Why($0.reason) } == [.failure(of: Script("child")), .file("child")])
        }
    }

    @Test(arguments: [1, 4]) func aTaskMayBeAFieldOfATask(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["a": "Hi"])
        let read = ReadText("a")
        let shout = Shout(of: AnyTask(read))
        let twice = Shout(of: AnyTask(shout))
        #expect(try await world.require(twice) == "Hi!!")
        #expect(world.executed == tasks(twice, shout, read))
        #expect(try await world.require(Shout(of: AnyTask(AnyTask(read)))) == "Hi!", "boxing a box does not nest")
        #expect(world.runs == [])
        try world.write("Ho", to: "a")
        #expect(try await world.require(twice) == "Ho!!")
        #expect(world.runs == [Run(read, .file("a")), Run(shout, .output(of: read)), Run(twice, .output(of: shout))])
        #expect(try await world.fresh(twice) == "Ho!!")
    }

    @Test func aTaskInATaskIsEncodedAndDecodedWithARegistry() throws {
        let task = Shout(of: AnyTask(Shout(of: AnyTask(ReadText("a")))))
        let decoded = try decodedAgain(task, knowing: [Shout.self, ReadText.self])
        #expect(decoded == task)
        #expect(decoded.of.as(Shout.self)?.of.as(ReadText.self) == ReadText("a"))
        #expect(throws: DecodingError.self) { try decodedAgain(task, knowing: [Shout.self]) }
        #expect(throws: DecodingError.self) { try decodedAgain(task) }
    }

    @Test func aRegistryRefusesTwoTypesOfOneName() throws {
        #expect(throws: BuildError.self) { try TaskRegistry([ReadText.self, Impostor.self]) }
        #expect(throws: BuildError.self) { try Pie(tasks: [Impostor.self, ReadText.self]) }
        _ = try TaskRegistry([ReadText.self, ReadText.self])
    }
}

/// The words of a file.
struct Words: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> [String] {
        (try await context.readText(file) ?? "").split(separator: " ").map(String.init)
    }
}

/// One word of several.
struct Word: Projection {
    var index: Int

    func project(_ output: [String]) -> String? { index < output.count ? output[index] : nil }
}

private struct TwoWords: IncrementalTask {
    var words: Words
    var first: Int
    var second: Int

    func execute(in context: some Context) async throws -> String {
        let one = try await context.require(words, projecting: Word(index: first)) ?? ""
        let two = try await context.require(words, projecting: Word(index: second)) ?? ""
        return "\(one) \(two)"
    }
}

/// As many words as a file says.
private struct SomeWords: IncrementalTask {
    var words: Words

    func execute(in context: some Context) async throws -> [String] {
        let count = Int(try await context.readText("count") ?? "") ?? 0
        var found: [String] = []
        for index in 0..<count {
            if let word = try await context.require(words, projecting: Word(index: index)) { found.append(word) }
        }
        return found
    }
}

/// Another task's output with an exclamation mark.
struct Shout: IncrementalTask {
    var of: AnyTask

    func execute(in context: some Context) async throws -> String { "\(try await context.require(of))!" }
}

/// Claims to be ``ReadText``.
private struct Impostor: IncrementalTask {
    static var typeIdentifier: String { ReadText.typeIdentifier }

    func execute(in context: some Context) async throws -> String { "" }
}
