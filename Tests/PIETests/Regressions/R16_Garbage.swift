// swift-format-ignore-file: AlwaysUseLowerCamelCase
import PIE
import Testing

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
}
