// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import PIE
import Testing

@Suite struct R12_Waits {
    /// Found by the oracle: seed 31.
    @Test(.timeLimit(.minutes(10)))
    func R12_who_comes_too_late_to_wait_for_a_task_does_not_wait_for_another() async throws {
        // Of the readers of the file, one is checked and finds source busy. Until it waits, source is done and its
        // worker at the reader above, which has something slow to look at first.
        struct Delay: Tracker {
            let task: AnyTask

            func handle(_ event: BuildEvent) {
                if case .checking(task) = event { Thread.sleep(forTimeInterval: 0.003) }
            }
        }
        struct Slow: Resource {
            func load(in scope: ResourceScope) async throws -> (Void, Bool) { ((), true) }

            func stamp(in scope: ResourceScope) async throws -> Bool {
                try await Task.sleep(for: .milliseconds(8))
                return true
            }
        }
        let folder = try TemporaryFolder()
        let script = Play([
            "source": { context, _ in
                let value = try await context.number(in: "file")
                try await Task.sleep(for: .milliseconds(1))
                return value / 1_000
            },
            "low": { context, script in try await context.need("source", of: script) },
            "middle": { context, script in
                try await context.need("low", of: script) + context.number(in: "file")
            },
            "high": { context, script in
                try await context.read(Slow())
                return try await context.need("middle", of: script) + context.number(in: "file")
            },
        ])
        try folder.write("0", to: "file")
        let delay = Delay(task: AnyTask(script["low"]))
        let pie = try Pie(root: folder.root, options: options(jobs: 4), trackers: [delay])
        try await pie.session { _ = try await $0.require(script["high"]) }
        for value in 1...20 {
            try folder.write("\(value)", to: "file")
            try await pie.session { _ = try await $0.update(.files(["file"])) }
            #expect(pie.lastOutput(of: script["high"]) == 2 * value)
        }
    }
}
