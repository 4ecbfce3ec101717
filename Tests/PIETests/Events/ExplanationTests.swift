// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

@Suite struct ExplanationTests {
    private struct Step: IncrementalTask {
        static let typeIdentifier = "ExplanationTests.Step"
        var index: Int

        func execute(in context: some Context) async throws -> Int {
            if index == 0 { return try await context.read(Input<Int>("start")) }
            return try await context.require(Step(index: index - 1)) + 1
        }
    }

    private func explanation(length: Int) async throws -> Explanation {
        let pie = try Pie()
        let last = Step(index: length - 1)
        pie.set(Input<Int>("start"), to: 1)
        try await pie.session { try await $0.require(last) }
        pie.set(Input<Int>("start"), to: 2)
        return try #require(
            await pie.session { session in
                try await session.require(last)
                return session.explain(last)
            }
        )
    }

    @Test func R19_anExplanationLeadsFromTheTaskToTheChangedLeaf() async throws {
        let explanation = try await explanation(length: 3)
        #expect(explanation.outcome == .executed)
        #expect(explanation.chain.map(\.task) == [2, 1, 0].map { AnyTask(Step(index: $0)) })
        guard case .dependency(let change)? = explanation.chain.last?.reason, case .resource = change.target else {
            Issue.record("the last link does not name the input")
            return
        }
        #expect(change.before != change.after)
    }

    @Test func R19_aLongExplanationPrintsItsEnds() async throws {
        let explanation = try await explanation(length: 1_000)
        #expect(explanation.chain.count == 1_000)
        let lines = explanation.description.split(separator: "\n")
        #expect(lines.count == 22)
        #expect(lines.contains { $0.contains("980 more") })
        #expect(lines.last?.contains("Step(index: 0)") ?? false)
    }
}
