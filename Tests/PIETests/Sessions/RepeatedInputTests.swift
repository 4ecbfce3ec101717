// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Synchronization
import Testing

/// Inputs that many tasks of one session read.
@Suite struct RepeatedInputTests {
    /// Reads an input with a default of its own.
    struct Reader: IncrementalTask {
        var number: Int

        func execute(in context: some Context) async throws -> Int {
            try await context.read(Input<Int>("shared", default: number))
        }
    }

    /// A value that knows how many of it there are.
    final class Tracked: Equatable, Codable, Sendable {
        static let alive = Mutex(0)
        let number: Int

        init(_ number: Int) {
            self.number = number
            Self.alive.withLock { $0 += 1 }
        }

        init(from decoder: any Decoder) throws {
            number = try Int(from: decoder)
            Self.alive.withLock { $0 += 1 }
        }

        deinit { Self.alive.withLock { $0 -= 1 } }

        func encode(to encoder: any Encoder) throws { try number.encode(to: encoder) }

        static func == (left: Tracked, right: Tracked) -> Bool { left.number == right.number }
    }

    struct TrackedReader: IncrementalTask {
        static let input = Input<Tracked>("tracked")
        var number: Int

        func execute(in context: some Context) async throws -> Int {
            try await context.read(Self.input).number + number
        }
    }

    private func outputs(_ pie: Pie, of count: Int = 5) async throws -> [Int] {
        try await pie.session { try await $0.require(all: (0..<count).map { Reader(number: $0) }) }
    }

    @Test(arguments: [1, 4]) func eachReaderHasItsDefaultAsLongAsNothingIsSet(jobs: Int) async throws {
        var options = PieOptions()
        options.jobs = jobs
        let pie = try Pie(options: options)
        #expect(try await outputs(pie) == [0, 1, 2, 3, 4])
        pie.set(Input<Int>("shared"), to: 9)
        #expect(try await outputs(pie) == [9, 9, 9, 9, 9])
        #expect(try await outputs(pie, of: 7) == Array(repeating: 9, count: 7))
    }

    @Test(arguments: [1, 4]) func R3_everyReaderRunsAfterAnInputChanged(jobs: Int) async throws {
        var options = PieOptions()
        options.jobs = jobs
        let log = EventLog()
        let pie = try Pie(options: options, trackers: [log])
        for (value, executions) in [(3, 5), (4, 5), (4, 0), (3, 5)] {
            pie.set(Input<Int>("shared"), to: value)
            log.clear()
            #expect(try await outputs(pie) == Array(repeating: value, count: 5))
            #expect(log.count(of: Reader.self) == executions)
        }
    }

    /// A value that counts how often it is compared.
    struct Compared: Equatable, Codable, Sendable {
        static let comparisons = Mutex(0)
        var number: Int

        static func == (left: Compared, right: Compared) -> Bool {
            comparisons.withLock { $0 += 1 }
            return left.number == right.number
        }
    }

    struct ComparedReader: IncrementalTask {
        static let input = Input<Compared>("compared")

        func execute(in context: some Context) async throws -> Int { try await context.read(Self.input).number }
    }

    @Test func R3_anInputIsComparedOnlyIfItWasSet() async throws {
        let log = EventLog()
        let pie = try Pie(trackers: [log])
        pie.set(ComparedReader.input, to: Compared(number: 1))
        func comparisons() async throws -> Int {
            Compared.comparisons.withLock { $0 = 0 }
            log.clear()
            #expect(try await pie.session { try await $0.require(ComparedReader()) } == 1)
            return Compared.comparisons.withLock { $0 }
        }
        _ = try await comparisons()
        #expect(try await comparisons() == 0)
        pie.set(ComparedReader.input, to: Compared(number: 1))
        #expect(try await comparisons() > 0)
        #expect(log.executed == [])
        #expect(try await comparisons() == 0)
    }

    /// Reads an input without a default.
    struct Demanding: IncrementalTask {
        func execute(in context: some Context) async throws -> Int { try await context.read(Input<Int>("shared")) }
    }

    @Test func R3_anInputThatSomebodyCouldNotReadIsLookedAtAgain() async throws {
        let log = EventLog()
        let pie = try Pie(trackers: [log])
        _ = try await outputs(pie)
        await #expect(throws: BuildError.self) { try await pie.session { try await $0.require(Demanding()) } }
        log.clear()
        #expect(try await outputs(pie) == [0, 1, 2, 3, 4])
        #expect(log.executed == [])
    }

    @Test func aValueThatWasReplacedIsLetGoOf() async throws {
        let pie = try Pie()
        for value in 0..<5 {
            pie.set(TrackedReader.input, to: Tracked(value))
            let outputs = try await pie.session { session in
                try await session.require(all: (0..<10).map { TrackedReader(number: $0) })
            }
            #expect(outputs == (0..<10).map { $0 + value })
        }
        // What is set, and at most what was set before.
        #expect(Tracked.alive.withLock { $0 } <= 2)
    }
}
