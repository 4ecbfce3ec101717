// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// Following the outputs of a task.
@Suite(.timeLimit(.minutes(10))) struct OutputStreamTests {
    @Test(arguments: [1, 4]) func eachNewOutputIsGiven(jobs: Int) async throws {
        let world = try World(jobs: jobs, ["f": "1"])
        let read = Job("read", .read("f"))
        var outputs = world.pie.outputs(of: read).makeAsyncIterator()
        try await world.require(read)
        #expect(await outputs.next() == "1")
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(await outputs.next() == "2")
    }

    @Test func whoIsSlowGetsTheNewest() async throws {
        let world = try World(["f": "1"])
        let read = Job("read", .read("f"))
        try await world.require(read)
        var outputs = world.pie.outputs(of: read).makeAsyncIterator()
        for text in ["2", "3", "4"] {
            try world.write(text, to: "f")
            try await world.update("f")
        }
        #expect(await outputs.next() == "4")
    }

    @Test func whatWasThereBeforeIsNotGivenNorAnEqualOutput() async throws {
        let world = try World(["f": "a 1"])
        let first = Job("first", .first(Job("read", .read("f"))))
        try await world.require(first)
        var outputs = world.pie.outputs(of: first).makeAsyncIterator()
        for text in ["a 2", "b 3"] {
            try world.write(text, to: "f")
            try await world.update("f")
        }
        #expect(await outputs.next() == "b")
    }

    @Test func aFollowerIsWokenByACommit() async throws {
        let world = try World(["f": "1"])
        let read = Job("read", .read("f"))
        let stream = world.pie.outputs(of: read)
        let engine = world.pie.engine
        async let first: String? = {
            var outputs = stream.makeAsyncIterator()
            return await outputs.next()
        }()
        while engine.state.withLock({ $0.outputWaiters.isEmpty }) { await Task.yield() }
        try await world.require(read)
        #expect(await first == "1")
    }

    @Test func theStreamEndsWhenItsConsumerIsCancelled() async throws {
        let world = try World()
        let stream = world.pie.outputs(of: Job("never", .say("1")))
        let engine = world.pie.engine
        let follower = Task {
            for await _ in stream {}
            return "ended"
        }
        while engine.state.withLock({ $0.outputWaiters.isEmpty }) { await Task.yield() }
        follower.cancel()
        #expect(await follower.value == "ended")
        #expect(engine.state.withLock { $0.outputWaiters.isEmpty })
    }

    @Test func theStreamEndsWithThePie() async throws {
        var pie: Pie? = try Pie(root: TemporaryFolder().root)
        let stream = try #require(pie).outputs(of: Job("never", .say("1")))
        let follower = Task {
            for await _ in stream {}
            return "ended"
        }
        while pie?.engine.state.withLock({ $0.outputWaiters.isEmpty }) ?? false { await Task.yield() }
        pie = nil
        #expect(await follower.value == "ended")
    }

    @Test func toFollowATaskDoesNotObserveIt() async throws {
        let world = try World(["f": "1"])
        let read = Job("read", .read("f"))
        _ = try await world.session { try await $0.require(read, observing: false, forcing: false) }
        let stream = world.pie.outputs(of: read)
        try world.write("2", to: "f")
        try await world.update("f")
        #expect(world.runs == [])
        withExtendedLifetime(stream) {}
    }
}
