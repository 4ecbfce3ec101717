// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PIE
import Testing

/// Fans and stacked diamonds (R13): linear time in all three contexts.
extension ShapeTests {
    @Suite(.serialized) struct WideTests {
        #if DEBUG
            private let count = 200_000
        #else
            private let count = 1_000_000
        #endif

        private func makePie(jobs: Int) throws -> Pie {
            var options = PieOptions()
            options.jobs = jobs
            let pie = try Pie(options: options)
            pie.set(Leaf.value, to: 1)
            return pie
        }

        @Test(arguments: [4]) func R13_aFanOfAMillionIsBuiltCheckedAndUpdated(jobs: Int) async throws {
            let pie = try makePie(jobs: jobs)
            let fan = Fan(count: count)
            #expect(try await pie.session { try await $0.require(fan) } == count)
            #expect(try await pie.session { try await $0.require(fan) } == count)
            pie.set(Leaf.odd, to: 5)
            let report = try await pie.session { try await $0.update(.files([])) }
            #expect(report.executed == 2)
            #expect(pie.lastOutput(of: fan) == count + 5)
        }

        @Test func R13_aFanOfAMillionIsBuiltFromScratch() async throws {
            let pie = try makePie(jobs: 1)
            #expect(try await NonIncrementalContext(of: pie).require(Fan(count: count)) == count)
        }

        @Test(arguments: [1, 4]) func R13_sixtyStackedDiamonds(jobs: Int) async throws {
            let world = try World(jobs: jobs, ["f": "1"])
            let top = Diamond(level: 60, side: 0)
            let fresh = try await world.fresh(top)
            #expect(try await world.require(top) == fresh)
            #expect(world.executed.count == 120)
            try await world.require(top)
            #expect(world.runs == [])
            #expect(world.log.checked.count == 120)

            try world.write("3", to: "f")
            #expect(try await world.require(top) == fresh &* 3)
            #expect(world.executed.count == 120)
            try world.write("5", to: "f")
            try await world.update("f")
            #expect(world.executed.count == 120)
            #expect(world.pie.lastOutput(of: top) == fresh &* 5)
        }

        @Test(arguments: [1, 4]) func R13_aHiddenDependencyBelowSixtyDiamondsIsJudgedInLinearTime(jobs: Int)
            async throws
        {
            // The way from the reader to the provider leads through all the diamonds; from the other reader there is none.
            let world = try World(jobs: jobs, ["f": "1"])
            let knowing = DiamondReader(level: 60)
            #expect(try await world.require(knowing) == "1")
            let ignorant = DiamondReader(level: 60, reads: "bottom", offset: 1)
            let error = await objection { try await world.require(all: [knowing, ignorant]) }
            #expect(error == .hidden(reader: ignorant, provider: Diamond(level: 0, side: 0), "bottom"))
        }
    }
}

/// Reads an input.
private struct Leaf: IncrementalTask {
    static let value = Input<Int>("value")
    static let odd = Input<Int>("odd", default: 0)

    var index: Int

    func execute(in context: some Context) async throws -> Int {
        index == 4711 ? try await context.read(Self.odd) + 1 : 1
    }
}

/// Requires many leaves at once.
private struct Fan: IncrementalTask {
    var count: Int

    func execute(in context: some Context) async throws -> Int {
        try await context.require(all: (0..<count).map { Leaf(index: $0) }).reduce(0, &+)
    }
}

/// Requires both diamonds of the level below; the lowest writes a file.
private struct Diamond: IncrementalTask {
    var level: Int
    var side: Int

    func execute(in context: some Context) async throws -> Int {
        if level == 0 {
            let text = try await context.readText("f") ?? ""
            try await context.write(text, to: "bottom")
            return Int(text) ?? 0
        }
        if level == 1 { return try await context.require(Diamond(level: 0, side: 0)) }
        let left = try await context.require(Diamond(level: level - 1, side: 0))
        let right = try await context.require(Diamond(level: level - 1, side: 1))
        return left &+ right
    }
}

/// Reads what the lowest of the diamonds has written, or a stack of diamonds over nothing.
private struct DiamondReader: IncrementalTask {
    var level: Int
    var reads: File = "bottom"
    var offset = 0

    func execute(in context: some Context) async throws -> String {
        if offset == 0 {
            try await context.require(Diamond(level: level, side: 0))
        } else {
            try await context.require(Hollow(level: level, side: 0))
        }
        return try await context.readText(reads) ?? "none"
    }
}

/// Stacked diamonds over nothing.
private struct Hollow: IncrementalTask {
    var level: Int
    var side: Int

    func execute(in context: some Context) async throws -> Int {
        if level == 0 { return 1 }
        let left = try await context.require(Hollow(level: level - 1, side: 0))
        return left &+ (try await context.require(Hollow(level: level - 1, side: 1)))
    }
}
