// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Testing

@testable import PIE

/// Histories that the oracle misjudged, made smaller.
struct SeedTests {
    /// Which error a task fails with may depend on earlier sessions: a conflict that is judged only when the task has
    /// come to its end is not judged if it fails before, but at once where the provider has the file already.
    @Test func R9_seed_500057817() async throws {
        let program = Oracle.Program(
            tasks: [
                [.write("generated/g0")],
                [.read("generated/g0", .content), .require(0, .whole), .require(2, .whole)],
                [.require(1, .ignored)],
            ],
            moduli: [1000, 2, 100000],
            sources: ["s0"],
            generated: ["generated/g0"],
            isCareless: true
        )
        let history = Oracle.History(
            jobs: 1,
            keepGoing: false,
            contents: [2],
            steps: [
                .init(edits: [], action: .require([0], .oneByOne), comparesFromScratch: false, kill: nil),
                .init(edits: [], action: .require([2], .oneByOne), comparesFromScratch: false, kill: nil),
            ]
        )
        let result = try await Oracle.$life.withValue(.inMemory) {
            try await Oracle.Case(program: program, history: history).run()
        }
        #expect(result.discrepancy == nil)
    }

    /// Of two tasks that write a file at once, one fails by itself: there is no conflict to tell of.
    @Test func R11_seed_900009367() async throws {
        let program = Oracle.Program(
            tasks: [
                [],
                [.write("generated/g2"), .fail(3), .branch([], [])],
                [.write("generated/g2")],
                [.all([0], isBoxed: true), .all([2, 1], isBoxed: true), .previous, .fail(6)],
                [.read("s0", .content), .branch([], [.attempt(3)])],
            ],
            moduli: [2, 2, 100000, 3, 2],
            sources: ["s0"],
            generated: ["generated/g2"],
            isCareless: true
        )
        let history = Oracle.History(
            jobs: 4,
            keepGoing: false,
            contents: [3],
            steps: [.init(edits: [], action: .require([4], .atOnce), comparesFromScratch: true, kill: nil)]
        )
        let result = try await Oracle.$life.withValue(.inMemory) {
            try await Oracle.Case(program: program, history: history).run()
        }
        #expect(result.discrepancy == nil)
    }

    /// A process that dies loses that a buffer was saved: what a task has seen of the buffer has no time, so that a
    /// touch of the file does not matter to it.
    @Test func R17_seed_600000129() async throws {
        let program = Oracle.Program(
            tasks: [
                [.read("listed/a0", .modified)],
                [.require(0, .whole)],
                [.choose([0])],
                [.require(0, .whole)],
                [.require(2, .whole), .read("listed/a0", .content)],
            ],
            moduli: [100000, 5, 2, 100000, 5],
            sources: ["listed/a0"],
            generated: [],
            isCareless: false
        )
        let history = Oracle.History(
            jobs: 1,
            keepGoing: false,
            contents: [4],
            steps: [
                .init(edits: [.buffer(0, 5)], action: .require([3], .atOnce), comparesFromScratch: false, kill: nil),
                .init(edits: [.buffer(0, nil)], action: .require([1], .oneByOne), comparesFromScratch: false, kill: 22),
                .init(edits: [.write(0, 5)], action: .require([2], .oneByOne), comparesFromScratch: true, kill: 51),
                .init(edits: [.touch(0)], action: .require([4], .asGroup), comparesFromScratch: true, kill: 38),
            ]
        )
        let result = try await Oracle.$life.withValue(.killing) {
            try await Oracle.Case(program: program, history: history).run()
        }
        #expect(result.discrepancy == nil)
    }

    /// An update executes a task before the one that requires it from scratch, and so it may read that one's file while
    /// nobody has come to it: the claim to the file lapses.
    @Test func R9_seed_1300040810() async throws {
        let program = Oracle.Program(
            tasks: [
                [
                    .read("listed/a0", .content), .branch([.read("generated/g0", .content)], []),
                    .branch([.require(3, .whole)], []), .read("listed/a0", .content),
                ],
                [],
                [
                    .choose([0, 0]), .earlier(1), .input(1), .read("listed/a0", .content),
                    .branch([], [.write("generated/g0")]), .read("listed/a0", .content),
                    .branch([.write("generated/g1")], []),
                ],
                [
                    .read("listed/a0", .content), .branch([], [.require(0, .whole)]), .pair(2, 1), .depend("listed/a0"),
                    .require(1, .whole), .read("listed/a0", .content),
                ],
            ],
            moduli: [5, 5, 3, 2],
            sources: ["listed/a0"],
            generated: ["generated/g0", "generated/g1"],
            isCareless: true
        )
        let history = Oracle.History(
            jobs: 1,
            keepGoing: true,
            contents: [2],
            steps: [
                .init(edits: [], action: .require([3], .oneByOne), comparesFromScratch: false, kill: 222),
                .init(
                    edits: [.delete(0)],
                    action: .update(.generously, requiringAll: false),
                    comparesFromScratch: false,
                    kill: nil
                ),
                .init(
                    edits: [.write(0, 4)],
                    action: .update(.generously, requiringAll: false),
                    comparesFromScratch: false,
                    kill: nil
                ),
                .init(
                    edits: [.delete(0)],
                    action: .update(.detect, requiringAll: false),
                    comparesFromScratch: false,
                    kill: 278
                ),
            ]
        )
        let result = try await Oracle.$life.withValue(.inMemory) {
            try await Oracle.Case(program: program, history: history).run()
        }
        #expect(result.discrepancy == nil)
    }

    /// A task that is not observed, and then required again, is not observed if the process dies in between.
    @Test func R9_seed_1300000354() async throws {
        let program = Oracle.Program(
            tasks: [
                [],
                [],
                [],
                [],
                [],
                [],
            ],
            moduli: [5, 1000, 1000, 3, 5, 100000],
            sources: ["listed/a0", "s1"],
            generated: [],
            isCareless: false
        )
        let history = Oracle.History(
            jobs: 1,
            keepGoing: false,
            contents: [nil, nil],
            steps: [
                .init(
                    edits: [],
                    action: .demand(3, observing: true, forcing: true),
                    comparesFromScratch: false,
                    kill: 996
                ),
                .init(
                    edits: [.unobserve(3)],
                    action: .superseded(
                        .require([1, 4, 5], .atOnce),
                        at: 20,
                        edits: [.variable(1, 1), .input(0, 2)],
                        by: .require([1, 3, 3], .oneByOne)
                    ),
                    comparesFromScratch: false,
                    kill: 273
                ),
                .init(edits: [], action: .collectGarbage(deleting: true), comparesFromScratch: false, kill: nil),
            ]
        )
        let result = try await Oracle.$life.withValue(.killing) {
            try await Oracle.Case(program: program, history: history).run()
        }
        #expect(result.discrepancy == nil)
    }

    /// Tasks that only ever failed are forgotten too, and are not if the process dies before that is written.
    @Test func R9_seed_1300000894() async throws {
        let program = Oracle.Program(
            tasks: [
                [.branch([.previous, .fail(3)], []), .read("listed/a0", .content)],
                [.require(0, .ignored)],
                [.require(1, .field), .require(1, .whole), .require(1, .projected(2))],
                [],
                [.input(0), .fail(5), .require(3, .stamped(2)), .read("listed/a0", .content), .require(2, .ignored)],
                [
                    .read("listed/a0", .content), .branch([.require(7, .whole)], []), .previous, .require(2, .boxed),
                    .read("listed/a0", .content), .choose([4, 2, 2, 3]),
                ],
                [.read("listed/a0", .content), .all([5, 1, 3, 4], isBoxed: true)],
                [
                    .read("listed/a0", .content), .branch([], [.require(5, .stamped(2))]), .all([1, 3], isBoxed: true),
                    .all([4, 2, 1], isBoxed: false), .require(3, .whole),
                ],
            ],
            moduli: [100000, 100000, 100000, 100000, 5, 100000, 2, 2],
            sources: ["listed/a0"],
            generated: [],
            isCareless: false
        )
        let history = Oracle.History(
            jobs: 4,
            keepGoing: false,
            contents: [5],
            steps: [
                .init(edits: [], action: .require([6], .atOnce), comparesFromScratch: false, kill: nil),
                .init(
                    edits: [.unobserve(6)],
                    action: .collectGarbage(deleting: false),
                    comparesFromScratch: false,
                    kill: 38
                ),
                .init(
                    edits: [.write(0, 0)],
                    action: .update(.exactly, requiringAll: false),
                    comparesFromScratch: false,
                    kill: nil
                ),
            ]
        )
        let result = try await Oracle.$life.withValue(.killing) {
            try await Oracle.Case(program: program, history: history).run()
        }
        #expect(result.discrepancy == nil)
    }
}
