import PIE
import PIETesting
import Testing

/// Sessions as parts of a log, and explanations from a log.
@Suite struct LogPartTests {
    private let build: Build
    private let total = Total("a", "b")

    init() throws {
        build = try Build(["a": "one two", "b": "one"])
    }

    private func session() async throws {
        try await build.pie.session { try await $0.require(total) }
    }

    @Test func eachSessionIsALogOfItsOwn() async throws {
        try await session()
        try build.workspace.append(" three", to: "b")
        try await session()
        try await session()
        #expect(build.log.sessions.map(\.executed.count) == [3, 2, 0])
        #expect(build.log.session(2).executed == [AnyTask(WordCount("b")), AnyTask(total)])
        #expect(build.log.lastSession.executed.isEmpty)
        #expect(build.log.session(4).events.isEmpty)
        let events = build.log.sessions.map(\.events.count).reduce(0, +)
        #expect(events == build.log.events.count)
    }

    @Test func theNumberOfASessionCountsThoseThatWereCleared() async throws {
        try await session()
        build.log.clear()
        try await session()
        #expect(build.log.session(1).events.isEmpty)
        #expect(build.log.session(2).lines == build.log.lines)
    }

    @Test func theLogExplainsAsTheSessionDoes() async throws {
        try await session()
        try build.workspace.append(" three", to: "b")
        build.log.clear()
        let explanations = try await build.pie.session { session in
            try await session.require(total)
            return [session.explain(total), session.explain(WordCount("b")), session.explain(WordCount("a"))]
        }
        #expect(build.log.explanation(of: total) == explanations[0])
        #expect(build.log.explanation(of: WordCount("b")) == explanations[1])
        #expect(build.log.explanation(of: WordCount("a")) == explanations[2])
        #expect(build.log.explanation(of: WordCount("c")).outcome == .unvisited)
    }

    @Test func aFailureIsExplained() async throws {
        try build.workspace.write("bad", to: "b")
        await #expect(throws: BadWord.self) { try await session() }
        #expect(build.log.explanation(of: total).outcome == .failed)
    }
}
