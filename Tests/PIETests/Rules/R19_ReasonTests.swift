// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Reasons lead to the leaf that changed, from stamp to stamp (R19).
@Suite(.timeLimit(.minutes(10))) struct R19_ReasonTests {
    @Test(arguments: [1, 4]) func R19_eachReaderIsToldFromWhatItHadSeen(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "1"])
        let early = Job("early", .read("f"))
        let late = Job("late", .read("f"))
        try await world.require(early)
        try world.write("22", to: "f")
        try await world.require(late)
        try world.write("333", to: "f")
        try await world.session { session in
            try await session.require(early)
            try await session.require(late)
            let first = try #require(session.explain(early)?.chain.last)
            let second = try #require(session.explain(late)?.chain.last)
            #expect(first.reason.description == "the file f changed (1 byte → 3 bytes)")
            #expect(second.reason.description == "the file f changed (2 bytes → 3 bytes)")
        }
    }

    @Test(arguments: [1, 4]) func R19_aChainLeadsThroughProjectionsToAFile(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "1 x"])
        let read = Job("read", .read("f"))
        let first = Job("first", .first(read))
        let top = Job("top", .require(first))
        try await world.require(top)
        try world.write("22 x", to: "f")
        try await expectChain(
            in: world,
            of: top,
            [(top, .output(of: first)), (first, .output(of: read)), (read, .file("f"))]
        ) {
            try await $0.require(top)
        }
        try world.write("3 x", to: "f")
        try await expectChain(
            in: world,
            of: top,
            [(top, .output(of: first)), (first, .output(of: read)), (read, .file("f"))]
        ) {
            try await $0.update(.files(["f"]))
        }
    }

    @Test(arguments: [1, 4]) func R19_aChainLeadsToAnInput(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let read = Job("read", .input("name"))
        let top = Job("top", .require(read))
        world.pie.set(Input<String>("name"), to: "1")
        try await world.require(top)
        world.pie.set(Input<String>("name"), to: "2")
        let resource = Why.resource("Input<String> name: String")
        try await expectChain(in: world, of: top, [(top, .output(of: read)), (read, resource)]) {
            try await $0.update(.files([]))
        }
    }

    @Test(arguments: [1, 4]) func R19_aChainLeadsToAVersion(jobs: Int) async throws {
        let world = try World(jobs: jobs)
        let upper = Upper(Versioned())
        try await world.require(upper)
        try await Versioned.$present.withValue(2) {
            try await world.session { session in
                try await session.require(upper)
                let chain = try #require(session.explain(upper)).chain
                #expect(chain.map { Why($0.reason) } == [.output(of: upper.source), .version])
                #expect(chain.last?.reason == .version(from: 1, to: 2))
            }
        }
    }

    @Test(arguments: [1, 4]) func R19_aChainLeadsThroughAProvidedFile(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "1"])
        let make = Job("make", .read("f"), .save("out"))
        let read = Job("read", .ignore(make), .read("out"))
        try await world.require(read)
        try world.write("22", to: "f")
        try await world.session { session in
            try await session.require(read)
            #expect(session.explain(read)?.chain.first?.reason.description == "the file out changed (1 byte → 2 bytes)")
            #expect(session.explain(make)?.chain.map { Why($0.reason) } == [.file("f")])
        }
        try world.write("tampered", to: "out")
        try await world.session { session in
            try await session.require(read)
            #expect(session.explain(make)?.chain.map { Why($0.reason) } == [.provided("out")])
            #expect(session.explain(read)?.outcome == .reused)
            #expect(session.explain(read)?.chain == [])
        }
    }

    @Test(arguments: [1, 4]) func R19_aChainLeadsThroughAFailure(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["child": "say 1"])
        let child = Script("child")
        let main = Job("main", .attempt([.run("child")]))
        let top = Job("top", .require(main))
        try await world.require(top)
        try world.write("fail no", to: "child")
        try await expectChain(
            in: world,
            of: top,
            [(top, .output(of: main)), (main, .failure(of: child)), (child, .file("child"))]
        ) { try await $0.require(top) }
    }

    @Test(arguments: [1, 4]) func R19_aRequirerThatLaggedBehindIsToldOfTheSessionOfTheChange(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "1"])
        let read = Job("read", .read("f"))
        let top = Job("top", .require(read))
        try await world.require(top)
        try world.write("22", to: "f")
        try await world.require(read)
        try await expectChain(in: world, of: top, [(top, .output(of: read)), (read, .file("f"))]) {
            try await $0.update(.files([]))
        }
    }

    @Test(arguments: [1, 4]) func R19_whatWasNotVisitedSaysSo(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "1"])
        let read = Job("read", .read("f"))
        let other = Job("other", .say("x"))
        try await world.require(all: [read, other])
        try await world.session { session in
            try await session.require(other)
            #expect(session.explain(other)?.outcome == .reused)
            #expect(session.explain(read)?.outcome == .unvisited)
            #expect(session.explain(Job("unknown")) == nil)
        }
    }

    private func expectChain<R>(
        in world: World,
        of task: Job,
        _ expected: [(any IncrementalTask, Why)],
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: @Sendable (Session) async throws -> R
    ) async throws {
        let chain = try await world.session { session in
            _ = try await body(session)
            return session.explain(task)?.chain ?? []
        }
        #expect(chain.map(\.task) == tasks(expected.map(\.0)), sourceLocation: sourceLocation)
        #expect(chain.map { Why($0.reason) } == expected.map(\.1), sourceLocation: sourceLocation)
    }
}
