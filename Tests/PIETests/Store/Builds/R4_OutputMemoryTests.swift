// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Synchronization
import Testing

@testable import PIE

/// Outputs that the store has are dropped from memory beyond a limit, and decoded again when somebody needs them.
@Suite struct R4_OutputMemoryTests {
    /// How many pages are in memory, by the number of their book: one for each test.
    private final class Shelf: Sendable {
        static let shared = Shelf()
        private let counts = Mutex<[Int: Int]>([:])

        func add(_ number: Int, to book: Int) { counts.withLock { $0[book, default: 0] += number } }
        func count(of book: Int) -> Int { counts.withLock { $0[book, default: 0] } }
    }

    /// A text that is counted as long as it is in memory.
    final class Page: Equatable, Codable, Sendable {
        let book: Int
        let text: String

        init(book: Int, _ text: String) {
            self.book = book
            self.text = text
            Shelf.shared.add(1, to: book)
        }

        convenience init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            self.init(book: try container.decode(Int.self), try container.decode(String.self))
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(book)
            try container.encode(text)
        }

        deinit { Shelf.shared.add(-1, to: book) }

        static func == (left: Page, right: Page) -> Bool { left.text == right.text }
    }

    /// Reads the first word of a file, and makes a long text of it.
    struct Printing: IncrementalTask {
        static let typeIdentifier = "R4_OutputMemoryTests.Printing"
        let book: Int
        let number: Int

        func execute(in context: some Context) async throws -> Page {
            let word = try await context.readText(File("word\(number)"))?.split(separator: " ").first ?? ""
            return Page(book: book, String(repeating: "\(word) ", count: 200))
        }
    }

    /// How long the pages of a book are together.
    struct Binding: IncrementalTask {
        static let typeIdentifier = "R4_OutputMemoryTests.Binding"
        let book: Int
        let pages: Int

        func execute(in context: some Context) async throws -> Int {
            var count = 0
            for page in try await context.require(all: (0..<pages).map { Printing(book: book, number: $0) }) {
                count += page.text.utf8.count
            }
            return count
        }
    }

    private static let pages = 100

    private static func makePie(_ folder: TemporaryFolder, _ log: RecordingTracker, limit: Int?) throws -> Pie {
        var options = PieOptions()
        options.outputMemory = limit
        return try Pie(
            store: .directory(folder.root + ".store"),
            root: folder.root,
            tasks: [Printing.self, Binding.self],
            options: options,
            trackers: [log]
        )
    }

    private static func write(_ folder: TemporaryFolder, _ word: String, to number: Int) throws {
        try folder.write(word, to: File("word\(number)"))
    }

    private static func prepared(book: Int) throws -> (TemporaryFolder, Binding) {
        let folder = try TemporaryFolder()
        for number in 0..<pages { try write(folder, "word", to: number) }
        return (folder, Binding(book: book, pages: pages))
    }

    @Test func what_the_store_has_is_dropped_beyond_the_limit() async throws {
        let (folder, binding) = try Self.prepared(book: 1)
        let pie = try Self.makePie(folder, RecordingTracker(), limit: 10_500)
        try await pie.session { try await $0.require(binding) }
        // Each page takes a thousand bytes and a few.
        #expect((5...10).contains(Shelf.shared.count(of: 1)))
    }

    @Test func without_a_limit_nothing_is_dropped() async throws {
        let (folder, binding) = try Self.prepared(book: 2)
        let pie = try Self.makePie(folder, RecordingTracker(), limit: nil)
        try await pie.session { try await $0.require(binding) }
        #expect(Shelf.shared.count(of: 2) == Self.pages)
        withExtendedLifetime(pie) {}
    }

    @Test func what_was_dropped_is_decoded_when_the_host_asks_for_it() async throws {
        let (folder, binding) = try Self.prepared(book: 3)
        let log = RecordingTracker()
        let pie = try Self.makePie(folder, log, limit: 5_000)
        try await pie.session { try await $0.require(binding) }
        log.clear()
        for number in 0..<Self.pages {
            let printing = Printing(book: 3, number: number)
            #expect(pie.lastOutput(of: printing)?.text.hasPrefix("word word ") ?? false)
            let page = try await pie.session { try await $0.require(printing) }
            #expect(page.text.utf8.count == 1_000)
            #expect(Shelf.shared.count(of: 3) <= 7)
        }
        #expect(log.runs.isEmpty)
    }

    @Test func an_equal_output_of_a_task_that_was_dropped_stops_a_change() async throws {
        let (folder, binding) = try Self.prepared(book: 4)
        let log = RecordingTracker()
        let pie = try Self.makePie(folder, log, limit: 0)
        try await pie.session { try await $0.require(binding) }
        log.clear()
        try Self.write(folder, "word and more", to: 7)
        try await pie.session { try await $0.update(.files([File("word7")])) }
        #expect(log.runs.map(\.task) == [AnyTask(Printing(book: 4, number: 7))])
        try Self.write(folder, "longer", to: 7)
        let count = try await pie.session { session in
            try await session.update(.files([File("word7")]))
            return try await session.require(binding)
        }
        #expect(count == Self.pages * 1_000 + 400)
        #expect(log.runs.count == 3)
    }

    @Test func R5_an_output_that_was_dropped_and_comes_back_is_no_change() async throws {
        let (folder, binding) = try Self.prepared(book: 5)
        let log = RecordingTracker()
        let pie = try Self.makePie(folder, log, limit: 0)
        try await pie.session { try await $0.require(binding) }
        let printing = Printing(book: 5, number: 7)
        try Self.write(folder, "other", to: 7)
        try await pie.session { try await $0.require(printing) }
        try Self.write(folder, "word", to: 7)
        try await pie.session { try await $0.require(printing) }
        log.clear()
        try await pie.session { try await $0.require(binding) }
        #expect(log.runs.isEmpty)
    }

    @Test func the_output_before_a_session_is_what_it_was_although_it_was_dropped() async throws {
        let (folder, _) = try Self.prepared(book: 6)
        let pie = try Self.makePie(folder, RecordingTracker(), limit: 0)
        let printing = Printing(book: 6, number: 0)
        try await pie.session { try await $0.require(printing) }
        try Self.write(folder, "other", to: 0)
        let before = try await pie.session { session in
            try await session.require(printing)
            return pie.engine.previousOutput(of: printing)?.text.prefix(4)
        }
        #expect(before == "word")
    }

    @Test func what_was_dropped_is_found_again_after_the_store_was_folded() async throws {
        let (folder, binding) = try Self.prepared(book: 7)
        let log = RecordingTracker()
        let pie = try Self.makePie(folder, log, limit: 0)
        pie.engine.store?.foldingSize = 0
        for round in 0..<4 {
            try Self.write(folder, "round\(round)", to: round)
            try await pie.session { try await $0.require(binding) }
        }
        log.clear()
        for number in 0..<Self.pages {
            let page = try await pie.session { try await $0.require(Printing(book: 7, number: number)) }
            #expect(page.text.hasPrefix(number < 4 ? "round\(number) " : "word "))
        }
        #expect(log.runs.isEmpty)
    }

    @Test func outputs_of_a_group_are_all_there_although_none_stays() async throws {
        let (folder, binding) = try Self.prepared(book: 8)
        let pie = try Self.makePie(folder, RecordingTracker(), limit: 0)
        try await pie.session { try await $0.require(binding) }
        let pages = try await pie.session { session in
            try await session.require(all: (0..<Self.pages).map { Printing(book: 8, number: $0) })
        }
        #expect(pages.count == Self.pages)
        #expect(pages.allSatisfy { $0.text.utf8.count == 1_000 })
    }

    @Test func a_reading_process_drops_what_it_decodes() async throws {
        let (folder, binding) = try Self.prepared(book: 9)
        let first = try Self.makePie(folder, RecordingTracker(), limit: nil)
        try await first.session { try await $0.require(binding) }
        try await first.close()
        var options = PieOptions()
        options.outputMemory = 5_000
        let pie = try Pie(
            store: .directory(folder.root + ".store", .readOnly),
            root: folder.root,
            tasks: [Printing.self, Binding.self],
            options: options
        )
        let before = Shelf.shared.count(of: 9)
        for number in 0..<Self.pages {
            #expect(pie.lastOutput(of: Printing(book: 9, number: number))?.text.utf8.count == 1_000)
        }
        #expect(Shelf.shared.count(of: 9) - before <= 5)
        withExtendedLifetime(first) {}
    }
}
