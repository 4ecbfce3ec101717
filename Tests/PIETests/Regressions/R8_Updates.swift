// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

@Suite struct R8_Updates {
    @Test(.timeLimit(.minutes(10)))
    func R8_an_update_begins_without_shadows_of_the_last() async throws {
        // low ← middle ← high; top requires high and changes first. All is in line, several levels apart, twice.
        let folder = try TemporaryFolder()
        let script = Play([
            "low": { context, _ in try await context.number(in: "low") },
            "middle": { context, script in try await context.need("low", of: script) },
            "high": { context, script in
                try await context.require(Part(script: script, name: "middle"), projecting: Parity())
            },
            "top": { context, script in
                try await context.number(in: "top") * 10 + context.need("high", of: script)
            },
        ])
        try folder.write("0", to: "low")
        try folder.write("0", to: "top")
        for round in 0..<40 {
            let pie = try Pie(root: folder.root, options: options(jobs: 4))
            try await pie.session { _ = try await $0.require(script["top"]) }
            for value in 1...4 {
                try folder.write("\(value + round)", to: "low")
                try folder.write("\(value)", to: "top")
                try await pie.session { _ = try await $0.update(.files(["top", "low"])) }
                #expect(pie.lastOutput(of: script["top"]) == value * 10 + (value + round) % 2)
            }
        }
    }

    @Test func R8_a_root_that_fails_below_another_task_fails_the_update() async throws {
        let folder = try TemporaryFolder()
        struct Failure: Error {}
        let script = Play([
            "root": { context, _ in
                if try await context.number(in: "root") > 0 { throw Failure() }
                return 0
            },
            "other": { context, script in
                guard try await context.number(in: "other") > 0 else { return 0 }
                return (try? await context.need("root", of: script)) ?? 100
            },
        ])
        try folder.write("0", to: "root")
        try folder.write("0", to: "other")
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        // Of tasks on one level the first known comes first: the other one, which then requires the root.
        try await pie.session {
            _ = try await $0.require(script["other"])
            _ = try await $0.require(script["root"])
        }
        try folder.write("1", to: "root")
        try folder.write("1", to: "other")
        await #expect(throws: Failure.self) {
            try await pie.session { _ = try await $0.update(.files(["root", "other"])) }
        }
    }

    /// Found by the oracle: seed 1931.
    @Test func R8_tasks_of_a_cycle_that_nobody_requires_any_more_are_left_alone() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "flag")
        let script = Play([
            "root": { context, script in
                try await context.number(in: "flag") > 0 ? context.need("one", of: script) : 0
            },
            "one": { context, script in try await context.need("two", of: script) },
            "two": { context, script in try await context.need("one", of: script) },
        ])
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: options(jobs: 1), trackers: [log])
        await #expect(throws: BuildError.self) { try await pie.session { try await $0.require(script["root"]) } }
        try folder.write("0", to: "flag")
        try await pie.session { _ = try await $0.require(script["root"]) }
        log.clear()
        try await pie.session { _ = try await $0.update(.detect) }
        #expect(log.executed == [])
    }

    /// Found by the oracle: seed 911191.
    @Test func R8_an_update_runs_nothing_that_it_has_made_observed_itself() async throws {
        let folder = try TemporaryFolder()
        try folder.write("0", to: "listing")
        let script = Play([
            "three": { context, script in
                if try await context.number(in: "listing") == 0 { return 0 }
                return try await context.require(Part(script: script, name: "seven"), stamper: .inconsequential())
            },
            "five": { context, script in try await context.need("three", of: script) },
            "seven": { context, script in
                let values = try await context.require(all: [Part(script: script, name: "three")])
                return try await context.need("five", of: script) + values[0]
            },
        ])
        let log = EventLog()
        var options = options(jobs: 1)
        options.keepGoing = true
        let pie = try Pie(root: folder.root, options: options, trackers: [log])
        try await pie.session { _ = try await $0.require(all: [script["three"]]) }
        try await pie.session { _ = try await $0.require(script["seven"], observing: false, forcing: true) }
        try folder.write("4", to: "listing")
        log.clear()
        // Seven fails, and with it three; five was seven's, before it was anybody's.
        await #expect(throws: BuildError.self) {
            try await pie.session { _ = try await $0.update(.files(["listing"])) }
        }
        #expect(log.executed == [AnyTask(script["three"]), AnyTask(script["seven"])])
    }

    @Test(.timeLimit(.minutes(10)))
    func R8_another_worker_leaves_alone_what_a_task_that_executes_has_made_observed() async throws {
        let folder = try TemporaryFolder()
        for name in ["root", "low", "other"] as [File] { try folder.write("0", to: name) }
        let script = Play([
            "root": { context, script in
                try await context.number(in: "root") > 0 ? context.need("late", of: script) : 0
            },
            "late": { context, script in
                if try await context.need("low", of: script) == 0 { return try await context.need("side", of: script) }
                // Long enough for another worker to come to what was required before.
                try await Task.sleep(for: .milliseconds(50))
                return 1
            },
            "low": { context, _ in try await context.number(in: "low") },
            "side": { context, script in try await context.need("low", of: script) },
            "other": { context, _ in try await context.number(in: "other") },
        ])
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: options(jobs: 4), trackers: [log])
        try await pie.session { _ = try await $0.require(all: [script["root"], script["other"]]) }
        try await pie.session { _ = try await $0.require(script["late"], observing: false, forcing: false) }
        for name in ["root", "low", "other"] as [File] { try folder.write("1", to: name) }
        try await pie.session { _ = try await $0.update(.files(["root", "low", "other"])) }
        #expect(log.executions(of: script["late"]) == 2)
        #expect(log.executions(of: script["side"]) == 1)
    }

    @Test(arguments: Circle.allCases)
    func R8_tasks_that_only_observe_each_other_are_left_alone(circle: Circle) async throws {
        let build = try await circle.build()
        build.log.clear()
        try await build.pie.session { _ = try await $0.update(.detect) }
        #expect(build.log.executed == [])
    }
}
