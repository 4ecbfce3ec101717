// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

@Suite struct R12_Helpers {
    @Test(.timeLimit(.minutes(10)))
    func R12_a_helper_that_comes_to_require_the_checked_task_does_not_stop_it() async throws {
        let folder = try TemporaryFolder()
        let script = Play([
            "first": { context, _ in
                let value = try await context.number(in: "first")
                // Long enough for a helper to come to wait.
                if value > 0 { try? await Task.sleep(for: .milliseconds(50)) }
                return value
            },
            "second": { context, script in
                if try await context.number(in: "second") > 0 { return try await context.need("root", of: script) }
                return 0
            },
            "root": { context, script in
                try await context.require(all: [
                    Part(script: script, name: "first"), Part(script: script, name: "second"),
                ]).reduce(0, +)
            },
        ])
        try folder.write("0", to: "first")
        try folder.write("0", to: "second")
        let pie = try Pie(root: folder.root, options: options(jobs: 4))
        _ = try await pie.session { try await $0.require(script["root"]) }
        try folder.write("1", to: "first")
        try folder.write("1", to: "second")
        let error = await #expect(throws: BuildError.self) {
            try await pie.session { try await $0.require(script["root"]) }
        }
        guard case .cycle(let path)? = error?.kind else {
            Issue.record("expected a cycle, got \(String(describing: error))")
            return
        }
        #expect(path.count == 2)
        try folder.write("0", to: "second")
        #expect(try await pie.session { try await $0.require(script["root"]) } == 1)
    }

    /// A build once came to a stop here, with nobody left to go on: the requirement of the root waited for its helper, the
    /// helper's task for the top, and that for the root.
    @Test(.timeLimit(.minutes(10)), arguments: [true, false])
    func R12_a_helper_that_comes_to_require_a_task_above_the_checked_one_is_not_waited_for(
        isNeeded: Bool
    ) async throws {
        let folder = try TemporaryFolder()
        let script = Play([
            "first": { context, _ in
                let value = try await context.number(in: "first")
                if value > 0 { try? await Task.sleep(for: .milliseconds(50)) }
                return value
            },
            "second": { context, script in
                if try await context.number(in: "second") > 0 { return try await context.need("top", of: script) }
                return 0
            },
            "root": { context, script in
                if !isNeeded, try await context.require(Part(script: script, name: "first")) > 0 { return 1 }
                return try await context.require(all: [
                    Part(script: script, name: "first"), Part(script: script, name: "second"),
                ]).reduce(0, +)
            },
            "top": { context, script in
                _ = try await context.number(in: "top")
                return try await context.need("root", of: script)
            },
        ])
        for name in ["first", "second", "top"] as [File] { try folder.write("0", to: name) }
        let pie = try Pie(root: folder.root, options: options(jobs: 4))
        _ = try await pie.session { try await $0.require(script["top"]) }
        for name in ["first", "second", "top"] as [File] { try folder.write("1", to: name) }
        let result = await Task { try await pie.session { try await $0.require(script["top"]) } }.result
        switch result {
        case .success(let output):
            #expect(!isNeeded && output == 1)
        case .failure(let error):
            guard case .cycle(let path)? = (error as? BuildError)?.kind else { throw error }
            #expect(isNeeded && path.count == 3)
        }
        try folder.write("0", to: "second")
        #expect(try await pie.session { try await $0.require(script["top"]) } == 1)
    }
}
