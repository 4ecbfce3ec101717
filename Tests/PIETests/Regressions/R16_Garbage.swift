// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

@Suite struct R16_Garbage {
    /// Found by the oracle: seed 105153.
    @Test
    func R16_what_a_task_requires_while_it_is_dropped_is_forgotten_with_it() async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "file")
        let script = Play([
            "top": { context, script in
                try await context.number(in: "file") == 0 ? context.need("dropped", of: script) : 0
            },
            "dropped": { context, script in
                let isFirst = try await context.number(in: "file") == 0
                let value = try await context.need(isFirst ? "old" : "new", of: script)
                // Long enough for top to be done without it.
                if !isFirst { try await Task.sleep(for: .milliseconds(50)) }
                return value
            },
            "old": { _, _ in 1 },
            "new": { _, _ in 2 },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 4))
        try await pie.session { _ = try await $0.require(script["top"]) }
        try folder.write("1", to: "file")
        try await pie.session { _ = try await $0.update(.files(["file"])) }
        let report = try await pie.collectGarbage(deletingProvidedFiles: false)
        #expect(Set(report.forgottenTasks) == Set(["dropped", "old", "new"].map { AnyTask(script[$0]) }))
    }

    /// Found by the oracle: seed 20026972.
    @Test func R16_what_is_left_of_a_file_is_what_its_last_provider_left() async throws {
        let folder = try TemporaryFolder()
        let script = Play([
            "one": { context, _ in
                if try await context.number(in: "switch") == 1 { try await context.write("one", to: "out") }
                return 1
            },
            "two": { context, _ in
                if try await context.number(in: "switch") == 0 { try await context.write("two", to: "out") }
                return 2
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        try folder.write("0", to: "switch")
        try await pie.session { session in
            _ = try await session.require(script["one"])
            _ = try await session.require(script["two"])
        }
        try folder.write("1", to: "switch")
        try await pie.session { _ = try await $0.require(script["one"]) }
        pie.unobserve(script["one"])
        pie.unobserve(script["two"])
        let report = try await pie.collectGarbage(deletingProvidedFiles: true)
        #expect(report.deletedFiles == ["out"])
        #expect(report.retainedFiles.isEmpty)
    }

    @Test(arguments: Circle.allCases)
    func R16_tasks_that_only_observe_each_other_are_forgotten(circle: Circle) async throws {
        let build = try await circle.build()
        let (pie, script) = (build.pie, build.script)
        let report = try await pie.collectGarbage(deletingProvidedFiles: false)
        #expect(Set(report.forgottenTasks) == [AnyTask(script["one"]), AnyTask(script["two"])])
        #expect(try await pie.collectGarbage(deletingProvidedFiles: false).forgottenTasks == [])
    }

    @Test(arguments: Circle.allCases, World.Life.toTest)
    func R16_a_circle_that_was_forgotten_is_not_there_any_more(circle: Circle, life: World.Life) async throws {
        var build = try await circle.build(life)
        try await build.pie.collectGarbage(deletingProvidedFiles: false)
        try await expectNoCircle(in: &build)
    }

    /// That the root was none any more was written behind the collection.
    @Test(arguments: Circle.allCases, World.Life.toTest)
    func R16_a_circle_that_has_lost_its_root_is_not_there_any_more(circle: Circle, life: World.Life) async throws {
        var build = try await circle.build(life)
        build.pie.observe(build.script["one"])
        try await build.pie.session { _ in }
        build.pie.unobserve(build.script["one"])
        try await build.pie.collectGarbage(deletingProvidedFiles: false)
        try await expectNoCircle(in: &build)
    }

    /// What was let go of in memory alone was observed again by the next process.
    @Test(arguments: Circle.allCases, World.Life.toTest)
    func R16_a_circle_that_an_update_let_go_of_is_not_observed_again(circle: Circle, life: World.Life) async throws {
        var build = try await circle.build(life)
        _ = try await build.pie.session { try await $0.update(.files([])) }
        try await build.reopen()
        try await build.pie.collectGarbage(deletingProvidedFiles: false)
        try await expectNoCircle(in: &build)
    }

    private func expectNoCircle(in build: inout Circle.Build) async throws {
        try await build.reopen()
        #expect(build.pie.engine.state.withLock { $0.invariantViolations() } == [])
        for name in ["one", "two"] { #expect(build.pie.lastOutput(of: build.script[name]) == nil) }
        #expect(try await build.pie.collectGarbage(deletingProvidedFiles: false).forgottenTasks == [])
    }

    @Test(arguments: World.Life.toTest)
    func R16_a_task_that_has_lost_its_root_is_not_there_any_more(life: World.Life) async throws {
        let world = try World(life: life, ["a": "1"])
        let low = Job("low", .read("a"))
        let (one, two) = (Job("one", .require(low)), Job("two", .require(low)))
        try await world.require(all: [one, two])
        world.pie.unobserve(one)
        let report = try await world.pie.collectGarbage(deletingProvidedFiles: false)
        #expect(report.forgottenTasks == [AnyTask(one)])
        try await world.reopen()
        #expect(world.pie.engine.state.withLock { $0.invariantViolations() } == [])
        #expect(world.pie.lastOutput(of: one) == nil)
        try world.write("2", to: "a")
        try await world.update("a")
        #expect(world.executed == [AnyTask(low), AnyTask(two)])
    }

    @Test(arguments: Circle.allCases)
    func R16_a_circle_that_a_root_is_above_is_kept(circle: Circle) async throws {
        let build = try await circle.build()
        let (pie, script) = (build.pie, build.script)
        pie.observe(script["one"])
        #expect(try await pie.collectGarbage(deletingProvidedFiles: false).forgottenTasks == [])
        pie.unobserve(script["one"])
        let report = try await pie.collectGarbage(deletingProvidedFiles: false)
        #expect(Set(report.forgottenTasks) == [AnyTask(script["one"]), AnyTask(script["two"])])
    }

    @Test func R16_what_a_failed_task_of_a_cycle_required_is_kept_with_it() async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "flag")
        let script = Play([
            "upper": { context, script in try await context.need("one", of: script) },
            "one": { context, script in try await context.need("two", of: script) },
            "two": { context, script in
                try await context.number(in: "flag") > 0 ? context.need("one", of: script) : 0
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        try await pie.session { _ = try await $0.require(script["two"]) }
        try folder.write("1", to: "flag")
        await #expect(throws: BuildError.self) { try await pie.session { try await $0.require(script["upper"]) } }
        pie.unobserve(script["upper"])
        // Two, which the host still observes, required one when it last ran, though one was above it.
        let report = try await pie.collectGarbage(deletingProvidedFiles: false)
        #expect(report.forgottenTasks == [AnyTask(script["upper"])])
    }

    @Test func R16_what_the_last_attempt_of_a_task_required_is_kept_once_the_task_is_observed() async throws {
        struct Failure: Error {}
        let folder = try TemporaryFolder()
        try folder.write("0", to: "flag")
        let script = Play([
            "top": { context, script in
                if try await context.number(in: "flag") == 0 { return 0 }
                _ = try await context.need("low", of: script)
                throw Failure()
            },
            "low": { _, _ in 1 },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        try await pie.session { _ = try await $0.require(script["top"], observing: false, forcing: false) }
        try folder.write("1", to: "flag")
        await #expect(throws: Failure.self) {
            try await pie.session { try await $0.require(script["top"], observing: false, forcing: false) }
        }
        pie.observe(script["top"])
        #expect(try await pie.collectGarbage(deletingProvidedFiles: false).forgottenTasks == [])
        // Undone, the edit leaves the attempt without a meaning.
        try folder.write("0", to: "flag")
        try await pie.session { _ = try await $0.require(script["top"]) }
        let report = try await pie.collectGarbage(deletingProvidedFiles: false)
        #expect(report.forgottenTasks == [AnyTask(script["low"])])
    }
}
