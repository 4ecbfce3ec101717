import Foundation
import Testing

@testable import Pie

/// A life of a process: opens the store, does something, saves, and returns what was executed.
private func live(
    in folder: TemporaryFolder,
    _ body: (Pie) async throws -> Void
) async throws -> [AnyTask] {
    let log = EventLog()
    let pie = try Pie(root: folder.path, store: "\(folder.path)/store", tasks: [Cell.self], trackers: [log])
    try await body(pie)
    try pie.save()
    return log.takeExecuted()
}

@Test func whatWasSavedIsKnownInTheNextLife() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("base 1", to: "top")
    try folder.write("2", to: "base")
    func top(_ pie: Pie) async throws {
        try await pie.session { try await $0.require(Cell("top")) }
    }

    #expect(try await live(in: folder, top) == boxed(Cell("top"), Cell("base")))
    #expect(try await live(in: folder, top) == [])
    try folder.write("3", to: "base")
    #expect(try await live(in: folder, top) == boxed(Cell("base"), Cell("top")))
    // The new process is told what has changed, and does no more.
    try folder.write("1 2", to: "base")
    let executed = try await live(in: folder) { pie in try await pie.session { try await $0.update(["base"]) } }
    #expect(executed == boxed(Cell("base")))
}

@Test func aDamagedStoreIsNoStore() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("2", to: "base")
    func base(_ pie: Pie) async throws {
        try await pie.session { try await $0.require(Cell("base")) }
    }

    _ = try await live(in: folder, base)
    let store = try Data(contentsOf: URL(filePath: "\(folder.path)/store"))
    for length in stride(from: 0, to: store.count, by: 7) {
        try store.prefix(length).write(to: URL(filePath: "\(folder.path)/store"))
        #expect(try await live(in: folder, base) == boxed(Cell("base")))
    }
}

private struct Hidden: IncrementalTask {
    func execute(in context: some Context) async throws -> Int { 1 }
}

@Test func aTypeWithoutAStableNameIsRefused() {
    #expect(throws: BuildError.self) { try TaskRegistry([Hidden.self]) }
    #expect(throws: BuildError.duplicateTypeIdentifier("PieTests.Cell")) { try TaskRegistry([Cell.self, Cell.self]) }
}

struct FirstLine: IncrementalTask {
    var file: File

    func execute(in context: some Context) async throws -> String? {
        try await context.readText(file)?.split(separator: "\n").first.map(String.init)
    }
}

@Test func outputsThatAreNilSurvive() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for life in 1...2 {
        let log = EventLog()
        let pie = try Pie(root: folder.path, store: "\(folder.path)/store", tasks: [FirstLine.self], trackers: [log])
        #expect(try await pie.session { try await $0.require(FirstLine(file: "none.txt")) } == nil)
        try pie.save()
        #expect(log.takeExecuted().count == (life == 1 ? 1 : 0))
    }
}
