import Pie
import Testing

@Suite struct TopDownTests {
    @Test func onlyWhatAnEditAffectsIsExecuted() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("a.txt\nb.txt\n", to: "list.txt")
        try folder.write("one two", to: "a.txt")
        try folder.write("three", to: "b.txt")
        let log = EventLog()
        let pie = Pie(root: folder.path, trackers: [log])
        let (total, a, b) = (TotalWords(list: "list.txt"), CountWords(file: "a.txt"), CountWords(file: "b.txt"))

        #expect(try await pie.session { try await $0.require(total) } == 3)
        #expect(log.takeExecuted() == boxed(total, a, b))

        // Nothing has changed.
        #expect(try await pie.session { try await $0.require(total) } == 3)
        #expect(log.takeExecuted() == [])

        // As many words as before.
        try folder.write("eins zwei", to: "a.txt")
        #expect(try await pie.session { try await $0.require(total) } == 3)
        #expect(log.takeExecuted() == boxed(a))

        // Another number of words.
        try folder.write("one two three", to: "a.txt")
        #expect(try await pie.session { try await $0.require(total) } == 4)
        #expect(log.takeExecuted() == boxed(a, total))

        // A text is not in the list any more; whatever happens to it is of no interest.
        try folder.write("b.txt\n", to: "list.txt")
        #expect(try await pie.session { try await $0.require(total) } == 1)
        #expect(log.takeExecuted() == boxed(total))
        try folder.write("", to: "a.txt")
        #expect(try await pie.session { try await $0.require(total) } == 1)
        #expect(log.takeExecuted() == [])
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
