// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import PIE
import Testing

@Suite struct R3_Resources {
    /// Found by the oracle: seed 716.
    @Test func R3_tasks_that_see_the_same_of_a_resource_at_once_hold_both() async throws {
        struct Slow: Resource {
            struct Stamp: Equatable, Codable, Sendable {
                var text: String

                static func == (one: Stamp, other: Stamp) -> Bool {
                    Thread.sleep(forTimeInterval: 0.01)
                    return one.text == other.text
                }
            }

            func load(in scope: ResourceScope) async throws -> (String, Stamp) {
                let text = try String(contentsOfFile: scope.root + "/file", encoding: .utf8)
                return (text, Stamp(text: text))
            }

            func stamp(in scope: ResourceScope) async throws -> Stamp { try await load(in: scope).1 }
        }
        let body: Play.Body = { context, _ in try await context.read(Slow()).count }
        let script = Play(["first": body, "one": body, "other": body])
        let folder = try TemporaryFolder()
        try folder.write("1", to: "file")
        let log = EventLog()
        let pie = try Pie(root: folder.root, options: options(jobs: 4), trackers: [log])
        try await pie.session { _ = try await $0.require(script["first"]) }
        try folder.write("2", to: "file")
        // Both compare with what the first has seen, and find something new.
        let both = [script["one"], script["other"]]
        try await pie.session { _ = try await $0.require(all: both) }
        log.clear()
        try await pie.session { _ = try await $0.require(all: both) }
        #expect(log.executed == [])
    }
}
