import Pie
import Synchronization
import Testing

/// The names of the tasks that were executed, in order.
private let executed = Mutex<[String]>([])

/// The names noted since the last call.
private func takeExecuted() -> [String] {
    executed.withLock { names in
        defer { names = [] }
        return names
    }
}

private struct Count: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> Int {
        executed.withLock { $0.append("count \(file)") }
        return try await context.readText(file)?.split(whereSeparator: \.isWhitespace).count ?? 0
    }
}

private struct Total: IncrementalTask {
    func execute(in context: some Context) async throws -> Int {
        executed.withLock { $0.append("total") }
        var total = 0
        for name in try await context.readText("list.txt")?.split(separator: "\n") ?? [] {
            total += try await context.require(Count(file: File(String(name))))
        }
        return total
    }
}

@Suite(.serialized) struct TopDownTests {
    @Test func onlyWhatAnEditAffectsIsExecuted() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("a.txt\nb.txt\n", to: "list.txt")
        try folder.write("one two", to: "a.txt")
        try folder.write("three", to: "b.txt")
        let pie = Pie(root: folder.path)
        func total() async throws -> Int {
            try await pie.session { try await $0.require(Total()) }
        }

        #expect(try await total() == 3)
        #expect(takeExecuted() == ["total", "count a.txt", "count b.txt"])

        // Nothing has changed.
        #expect(try await total() == 3)
        #expect(takeExecuted() == [])

        // As many words as before.
        try folder.write("eins zwei", to: "a.txt")
        #expect(try await total() == 3)
        #expect(takeExecuted() == ["count a.txt"])

        // Another number of words.
        try folder.write("one two three", to: "a.txt")
        #expect(try await total() == 4)
        #expect(takeExecuted() == ["count a.txt", "total"])

        // A text is not in the list any more; whatever happens to it is of no interest.
        try folder.write("b.txt\n", to: "list.txt")
        #expect(try await total() == 1)
        #expect(takeExecuted() == ["total"])
        try folder.write("", to: "a.txt")
        #expect(try await total() == 1)
        #expect(takeExecuted() == [])
    }
}

private struct Missing: Error {}

private struct Strict: IncrementalTask {
    func execute(in context: some Context) async throws -> String {
        guard let text = try await context.readText("note.txt") else { throw Missing() }
        return text
    }
}

private struct Lenient: IncrementalTask {
    func execute(in context: some Context) async throws -> String {
        do {
            return try await context.require(Strict())
        } catch {
            return "no note"
        }
    }
}

@Suite struct CatchingTests {
    @Test func aTaskMayCatchTheErrorsOfOthers() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let pie = Pie(root: folder.path)
        func note() async throws -> String {
            try await pie.session { try await $0.require(Lenient()) }
        }

        #expect(try await note() == "no note")
        try folder.write("buy milk", to: "note.txt")
        #expect(try await note() == "buy milk")
        try folder.delete("note.txt")
        #expect(try await note() == "no note")
    }
}
