// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

@Suite struct R2_Repetitions {
    @Test func R2_a_file_that_changed_between_two_reads_of_a_task_is_not_taken_for_the_first() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "a")
        let counter = Counter()
        let script = Play([
            "twice": { context, _ in
                let first = try await context.number(in: "a")
                counter.add()
                if counter.value == 1 { try folder.write("5", to: "a") }
                return first * 10 + (try await context.number(in: "a"))
            }
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        #expect(try await pie.session { try await $0.require(script["twice"]) } == 15)
        try folder.write("1", to: "a")
        #expect(try await pie.session { try await $0.require(script["twice"]) } == 11)
        #expect(try await pie.session { try await $0.require(script["twice"]) } == 11)
        #expect(counter.value == 2)
    }

    @Test func R10_a_repetition_does_not_make_a_later_requirement_an_earlier_one() async throws {
        // What is read before the provider is required stays hidden, however often something else was read before.
        let folder = try TemporaryFolder()
        try folder.write("0", to: "flag")
        try folder.write("x", to: "source")
        try folder.write("0", to: "file")
        let script = Play([
            "provider": { context, _ in
                if try await context.number(in: "flag") > 0 { try await context.write("7", to: "file") }
                return 0
            },
            "reader": { context, script in
                for _ in 0..<3 { _ = try await context.read("source") }
                let value = try await context.number(in: "file")
                _ = try await context.need("provider", of: script)
                return value
            },
        ])
        let pie = try Pie(root: folder.root, options: options(jobs: 1))
        #expect(try await pie.session { try await $0.require(script["reader"]) } == 0)
        try folder.write("1", to: "flag")
        await #expect(throws: BuildError.self) {
            try await pie.session { session in
                _ = try await session.require(script["provider"])
                _ = try await session.require(script["reader"])
            }
        }
    }
}
