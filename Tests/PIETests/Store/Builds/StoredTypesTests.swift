// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import Testing

@testable import PIE

/// Types, versions and values that are not what they were when a store was written.
@Suite struct StoredTypesTests {
    private static func open(
        _ folder: TemporaryFolder,
        _ tasks: [any IncrementalTask.Type],
        _ log: EventLog? = nil
    ) throws -> Pie {
        var options = PieOptions()
        options.jobs = 1
        return try Pie(
            store: .directory(folder.root + ".store", .waiting(atMost: .seconds(10))),
            root: folder.root,
            tasks: tasks,
            options: options,
            trackers: log.map { [$0] } ?? []
        )
    }

    private static func executed(_ log: EventLog) -> [String] {
        log.events.compactMap { if case .executing(let task, _) = $0 { "\(task)" } else { nil } }
    }

    private static func notices(_ log: EventLog) -> [StoreNotice] {
        log.events.compactMap { if case .store(let notice) = $0 { notice } else { nil } }
    }

    @Test func R8_tasksOfAVersionThatWasRaisedAreTakenUpByTheFirstUpdate() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "a")
        var pie = try Self.open(folder, [Numbered.self, Job.self])
        Numbered.set(1)
        let top = Job("top", .read("a"))
        try await pie.session { session in
            try await session.require(Numbered(number: 1))
            try await session.require(top)
        }
        try await pie.close()
        Numbered.set(2)
        let log = EventLog()
        pie = try Self.open(folder, [Numbered.self, Job.self], log)
        _ = try await pie.session { try await $0.update(.files([])) }
        #expect(Self.executed(log) == ["versioned 1"])
        #expect(pie.lastOutput(of: Numbered(number: 1)) == 2)
        try await pie.close()
        Numbered.set(1)
    }

    @Test func R8_aVersionThatWasRaisedInAProcessWithoutAnUpdateIsTakenUpByALaterOne() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "a")
        let top = Job("top", .read("a"))
        var pie = try Self.open(folder, [Renumbered.self, Job.self])
        Renumbered.set(1)
        defer { Renumbered.set(1) }
        try await pie.session { _ = try await $0.require(Renumbered(number: 3)) }
        try await pie.close()
        Renumbered.set(2)
        // Another process knows the new version, and asks for something else; a third does not know the type at all.
        for types in [[Renumbered.self, Job.self], [Job.self]] as [[any IncrementalTask.Type]] {
            pie = try Self.open(folder, types)
            try folder.write("\(types.count)", to: "a")
            try await pie.session { session in
                if types.count == 1 { try await session.update(.detect) }
                _ = try await session.require(top)
            }
            try await pie.close()
        }
        let log = EventLog()
        pie = try Self.open(folder, [Renumbered.self, Job.self], log)
        _ = try await pie.session { try await $0.update(.files([])) }
        #expect(Self.executed(log) == ["renumbered 3"])
        try await pie.close()
    }

    @Test func R16_tasksOfAnUnknownTypeAreKeptAsTheyAre() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "a")
        try folder.write("x", to: "b")
        let low = Low(file: "a")
        let high = High(low: low)
        let other = Job("other", .read("b"))
        var pie = try Self.open(folder, [Low.self, High.self, Job.self])
        try await pie.session { session in
            try await session.require(high)
            try await session.require(other)
        }
        try await pie.close()

        // A program that knows only one of the types edits what that one depends on.
        var log = EventLog()
        pie = try Self.open(folder, [Job.self], log)
        try folder.write("y", to: "b")
        _ = try await pie.session { try await $0.update(.files(["b"])) }
        #expect(Self.executed(log) == ["other"])
        #expect(Set(Self.notices(log)) == [.unknownType(Low.typeIdentifier), .unknownType(High.typeIdentifier)])
        try await pie.close()

        log = EventLog()
        pie = try Self.open(folder, [Low.self, High.self, Job.self], log)
        let output = try await pie.session { try await $0.require(high) }
        #expect(output == "high low 1")
        #expect(Self.executed(log).isEmpty)
        try await pie.close()
    }

    @Test func R16_aTaskOfAnUnknownTypeThatWouldHaveToRunDoesNotHold() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "a")
        let high = High(low: Low(file: "a"))
        var pie = try Self.open(folder, [Low.self, High.self])
        try await pie.session { try await $0.require(high) }
        try await pie.close()
        try folder.write("2", to: "a")
        let log = EventLog()
        pie = try Self.open(folder, [High.self], log)
        _ = try await pie.session { try await $0.update(.files(["a"])) }
        // The requirer runs, and tells the type by requiring a task of it.
        #expect(Self.executed(log).count == 2)
        #expect(pie.lastOutput(of: high) == "high low 2")
        try await pie.close()
    }

    @Test func R16_outputsOfAGroupThatDoNotDecodeAnyMoreAreMadeAgain() async throws {
        let folder = try TemporaryFolder()
        let names = ["x", "y", "z"]
        var pie = try Self.open(folder, [OldOutput.self])
        _ = try await pie.session { try await $0.require(all: names.map { OldOutput(name: $0) }) }
        try await pie.close()
        let log = EventLog()
        pie = try Self.open(folder, [NewOutput.self], log)
        let outputs = try await pie.session { session in
            // Observed, and nothing changed: all are consistent, and none is decoded.
            _ = try await session.update(.files([]))
            return try await session.require(all: names.map { NewOutput(name: $0) })
        }
        #expect(outputs == [1, 1, 1])
        #expect(Self.notices(log) == Array(repeating: .undecodable(type: "Output", .output), count: 3))
        try await pie.close()
    }

    @Test(arguments: [1, 4]) func R16_outputsOfAGroupComeBackWhateverTheirSize(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        let tasks = [1, 3, 10_000, 5, 20_000, 7].map { Padding(size: $0) }
        var options = PieOptions()
        options.jobs = jobs
        for isFirst in [true, false] {
            let log = EventLog()
            let pie = try Pie(
                store: .directory(folder.root + ".store"),
                root: folder.root,
                tasks: [Padding.self],
                options: options,
                trackers: [log]
            )
            let outputs = try await pie.session { session in
                _ = try await session.update(.files([]))
                return try await session.require(all: tasks)
            }
            #expect(outputs.map(\.utf8.count) == tasks.map(\.size))
            #expect(log.executed.isEmpty != isFirst)
            try await pie.close()
        }
    }

    @Test func R16_anOutputThatDoesNotDecodeAnyMoreIsMadeAgain() async throws {
        let folder = try TemporaryFolder()
        var pie = try Self.open(folder, [OldOutput.self])
        try await pie.session { try await $0.require(OldOutput(name: "x")) }
        try await pie.close()
        let log = EventLog()
        pie = try Self.open(folder, [NewOutput.self], log)
        let output = try await pie.session { try await $0.require(NewOutput(name: "x")) }
        #expect(output == 1)
        #expect(Self.notices(log) == [.undecodable(type: "Output", .output)])
        try await pie.close()
    }

    @Test func R16_boxesOfUnknownTypesInsideAValueAreKept() async throws {
        let folder = try TemporaryFolder()
        let boxed = Holding(task: AnyTask(Low(file: "a")))
        var pie = try Self.open(folder, [Low.self, Holding.self])
        let output = try await pie.session { try await $0.require(boxed) }
        #expect(output == [AnyTask(Low(file: "a"))])
        try await pie.close()

        // The output is written again by a program that does not know what is in it.
        pie = try Self.open(folder, [Holding.self])
        pie.engine.store?.closingSize = 0
        let id = try #require(
            pie.engine.state.withLock { state in
                (1..<TaskID(state.graph.nodes.count)).first { task in
                    state.graph.bring(task)
                    return state.graph.nodes[task].version != 0
                }
            }
        )
        #expect(pie.engine.decodeOutput(of: id))
        try await pie.close()

        let log = EventLog()
        pie = try Self.open(folder, [Low.self, Holding.self], log)
        #expect(try await pie.session { try await $0.require(boxed) } == [AnyTask(Low(file: "a"))])
        #expect(Self.executed(log).isEmpty)
        try await pie.close()
    }

    @Test func R16_aStoreOfALaterFormatIsKeptAside() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "a")
        var pie = try Self.open(folder, [Low.self])
        try await pie.session { try await $0.require(Low(file: "a")) }
        try await pie.close()
        let path = folder.root + ".store/journal-0"
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        bytes.setLittleEndian(UInt32(2), at: 8)
        let checksum = bytes.withUnsafeBytes { StoreChecksum.of(UnsafeRawBufferPointer(rebasing: $0[..<40])) }
        bytes.setLittleEndian(checksum, at: 40)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let log = EventLog()
        pie = try Self.open(folder, [Low.self], log)
        #expect(try await pie.session { try await $0.require(Low(file: "a")) } == "low 1")
        #expect(Self.notices(log).contains { if case .keptAside = $0 { true } else { false } })
        let kept = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + ".damaged-1")))
        #expect(kept == bytes)
        try await pie.close()
    }

    @Test func R16_aSessionInWhichNothingChangedWritesNothing() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "a")
        let pie = try Self.open(folder, [Low.self, High.self])
        let high = High(low: Low(file: "a"))
        try await pie.session { try await $0.require(high) }
        try await pie.close()
        let path = folder.root + ".store/journal-0"
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        for _ in 0..<3 {
            let again = try Self.open(folder, [Low.self, High.self])
            try await again.session { try await $0.require(high) }
            _ = try await again.session { try await $0.update(.detect) }
            _ = try await again.session { try await $0.update(.files(["a"])) }
            try await again.close()
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    /// `PIE_SESSIONS` says how many sessions; 400 without.
    @Test func R16_theStoreStaysSmallOverManySessionsOfOneEdit() async throws {
        let count = ProcessInfo.processInfo.environment["PIE_SESSIONS"].flatMap { Int($0) } ?? 400
        let folder = try TemporaryFolder()
        let high = High(low: Low(file: "a"))
        func size() throws -> Int {
            try #require(try StoreFiles(at: folder.root + ".store")).files.reduce(0) { $0 + $1.size }
        }
        let pie = try Self.open(folder, [Low.self, High.self])
        var largest = 0
        for number in 0..<count {
            try folder.write("\(number)", to: "a")
            _ = try await pie.session { try await $0.require(high) }
            if number % 100 == 99 { largest = max(largest, try size()) }
        }
        try await pie.close()
        // What happened is folded beside the build when it has come to 256 KiB, and when the store is closed.
        #expect(largest < 1_000_000)
        #expect(try size() < 20_000)
        if count > 400 { print("\(count) sessions: at most \(largest) bytes, \(try size()) in the end") }
        let again = try Self.open(folder, [Low.self, High.self])
        #expect(again.lastOutput(of: high) == "high low \(count - 1)")
    }

    @Test func R16_aCallThatFailsAnywhereLeadsToNoWrongOutput() async throws {
        let folder = try TemporaryFolder()
        let high = High(low: Low(file: "a"))
        let store = StoreLocation.directory(folder.root + ".store", .waiting(atMost: .seconds(10)))
        func open(_ system: StoreSystem, _ log: EventLog) throws -> Pie {
            try Pie(store: store, root: folder.root, tasks: [Low.self, High.self], trackers: [log], system: system)
        }
        for isForEver in [false, true] {
            try folder.write("first", to: "a")
            try? FileManager.default.removeItem(atPath: folder.root + ".store")
            var call = 0
            var isOver = false
            while !isOver {
                call += 1
                // What an update was told of that did not return has to be told again.
                var untold: [File] = []
                let faulty = FaultySystem(isForEver ? .from(call, ENOSPC) : .at(call, EIO))
                do {
                    let pie = try open(faulty.system, EventLog())
                    pie.engine.store?.closingSize = 0
                    for number in 0..<2 {
                        try folder.write("\(call) \(number)", to: "a")
                        untold = ["a"]
                        _ = try await pie.session { session in
                            _ = try await session.update(.files(["a"]))
                            #expect(try await session.require(high) == "high low \(call) \(number)")
                        }
                        untold = []
                    }
                    try await pie.close()
                } catch let error as BuildError {
                    // A store that cannot be opened, or cannot be written in any way, is an error, and says so.
                    #expect(error.kind.isStore, "call \(call): \(error)")
                }
                isOver = faulty.log.count < call
                // The next process names nothing, and gets what there is.
                let log = EventLog()
                let pie = try open(.live, log)
                pie.engine.store?.closingSize = 0
                try folder.write("after \(call)", to: "b")
                _ = try await pie.session { try await $0.update(.files(["b"] + untold)) }
                let expected = try String(contentsOfFile: folder.root + "/a", encoding: .utf8)
                let last = pie.lastOutput(of: high)
                #expect(
                    last == nil || last == "high low \(expected)",
                    "call \(call), for ever: \(isForEver), \(last ?? "") not \(expected), \(Self.notices(log)), \(faulty.log)"
                )
                #expect(try await pie.session { try await $0.require(high) } == "high low \(expected)")
                try await pie.close()
            }
            #expect(call > 20)
        }
    }
}

extension BuildError.Kind {
    fileprivate var isStore: Bool { if case .store = self { true } else { false } }
}

private struct Numbered: IncrementalTask, CustomStringConvertible {
    static let typeIdentifier = "Numbered"
    private static let present = Lock<Int>(1)
    static var version: Int { present.withLock { $0 } }
    static func set(_ version: Int) { present.withLock { $0 = version } }

    let number: Int
    var description: String { "versioned \(number)" }

    func execute(in context: some Context) async throws -> Int { Self.version }
}

/// Another one: tests run side by side.
private struct Renumbered: IncrementalTask, CustomStringConvertible {
    static let typeIdentifier = "Renumbered"
    private static let present = Lock<Int>(1)
    static var version: Int { present.withLock { $0 } }
    static func set(_ version: Int) { present.withLock { $0 = version } }

    let number: Int
    var description: String { "renumbered \(number)" }

    func execute(in context: some Context) async throws -> Int { Self.version }
}

private struct Low: IncrementalTask {
    static let typeIdentifier = "Low"
    let file: File

    func execute(in context: some Context) async throws -> String {
        "low " + (try await context.readText(file) ?? "none")
    }
}

private struct High: IncrementalTask {
    static let typeIdentifier = "High"
    let low: Low

    func execute(in context: some Context) async throws -> String {
        "high " + (try await context.require(low))
    }
}

private struct OldOutput: IncrementalTask {
    static let typeIdentifier = "Output"
    let name: String
    func execute(in context: some Context) async throws -> String { name }
}

/// A text of some size.
private struct Padding: IncrementalTask {
    static let typeIdentifier = "Padding"
    var size: Int

    func execute(in context: some Context) async throws -> String { String(repeating: "x", count: size) }
}

private struct NewOutput: IncrementalTask {
    static let typeIdentifier = "Output"
    let name: String
    func execute(in context: some Context) async throws -> Int { name.count }
}

private struct Holding: IncrementalTask {
    static let typeIdentifier = "Holding"
    let task: AnyTask
    func execute(in context: some Context) async throws -> [AnyTask] { [task] }
}
