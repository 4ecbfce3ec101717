import Testing

@testable import Pie

/// The sum of the numbers and the cells that a file names.
struct Cell: IncrementalTask, ExpressibleByStringLiteral {
    var name: String

    init(_ name: String) { self.name = name }
    init(stringLiteral name: String) { self.name = name }

    func execute(in context: some Context) async throws -> Int {
        var sum = 0
        for word in try await context.readText(File(name))?.split(separator: " ") ?? [] {
            if let number = Int(word) {
                sum += number
            } else {
                sum += try await context.require(Cell(String(word)))
            }
        }
        return sum
    }
}

/// A folder of cells, and a PIE over it.
struct Sheet {
    let folder: TemporaryFolder
    let log = EventLog()
    let pie: Pie

    init(_ cells: [String: String]) throws {
        folder = try TemporaryFolder()
        pie = Pie(root: folder.path, trackers: [log])
        for (name, text) in cells { try folder.write(text, to: File(name)) }
    }

    /// Requires a cell top-down.
    func value(of cell: Cell) async throws -> Int {
        try await pie.session { try await $0.require(cell) }
    }

    /// Edits cells, updates bottom-up, and returns which tasks were executed.
    @discardableResult
    func edit(_ edits: KeyValuePairs<String, String>) async throws -> [AnyTask] {
        for (name, text) in edits { try folder.write(text, to: File(name)) }
        _ = log.takeExecuted()
        try await pie.session { try await $0.update(edits.map { File($0.key) }) }
        return log.takeExecuted()
    }

    /// What the cell's record says, without a build.
    func known(_ cell: Cell) async throws -> Int? {
        try await known(AnyTask(cell))
    }

    /// What a task's record says, without a build.
    func known(_ task: AnyTask) async throws -> Int? {
        try await pie.session { await $0.graph[task]?.output as? Int }
    }
}

@Test func anUpdateExecutesWhatAChangeAffects() async throws {
    let sheet = try Sheet(["top": "left right", "left": "base 1", "right": "other", "base": "10", "other": "5"])
    defer { sheet.folder.remove() }
    #expect(try await sheet.value(of: "top") == 16)
    #expect(try await sheet.edit(["base": "20"]) == boxed(Cell("base"), Cell("left"), Cell("top")))
    #expect(try await sheet.known("top") == 26)
    // The same sum: nobody else is affected.
    #expect(try await sheet.edit(["base": "15 5"]) == boxed(Cell("base")))
    #expect(try await sheet.edit([:]) == [])
}

@Test func tasksAreExecutedAfterWhatTheyRequire() async throws {
    let sheet = try Sheet(["top": "middle", "middle": "base", "base": "1"])
    defer { sheet.folder.remove() }
    #expect(try await sheet.value(of: "top") == 1)
    #expect(
        try await sheet.edit(["top": "middle 100", "base": "2"]) == boxed(Cell("base"), Cell("middle"), Cell("top"))
    )
    #expect(try await sheet.known("top") == 102)
}

@Test func aNewDependencyMayStandHigherInLine() async throws {
    let sheet = try Sheet(["top": "middle", "middle": "base", "base": "1", "gate": "0"])
    defer { sheet.folder.remove() }
    #expect(try await sheet.value(of: "top") == 1)
    #expect(try await sheet.value(of: "gate") == 0)
    try await sheet.edit(["gate": "top", "base": "2"])
    #expect(try await sheet.known("gate") == 2)
    #expect(try await sheet.known("top") == 2)
}

private struct NoNumber: Error {}

/// The number in a file; fails if there is none.
private struct Number: IncrementalTask {
    func execute(in context: some Context) async throws -> Int {
        guard let number = Int(try await context.readText("number") ?? "") else { throw NoNumber() }
        return number
    }
}

/// The number in a file, or -1.
private struct Careful: IncrementalTask {
    func execute(in context: some Context) async throws -> Int {
        (try? await context.require(Number())) ?? -1
    }
}

@Test(arguments: ["1", "none"]) func failuresComeAndGo(start: String) async throws {
    let sheet = try Sheet(["number": start])
    defer { sheet.folder.remove() }
    #expect(try await sheet.pie.session { try await $0.require(Careful()) } == Int(start) ?? -1)
    for text in ["none", "1", "nothing", "none", "2"] {
        // The update throws the error of the task that failed.
        _ = try? await sheet.edit(["number": text])
        #expect(try await sheet.known(AnyTask(Careful())) == Int(text) ?? -1)
    }
}

/// Half of a cell; fails if that is no whole number.
private struct Half: IncrementalTask {
    var name: String

    func execute(in context: some Context) async throws -> Int {
        let value = try await context.require(Cell(name))
        guard value.isMultiple(of: 2) else { throw NoNumber() }
        return value / 2
    }
}

/// Writes half of a cell into a file.
private struct WriteHalf: IncrementalTask {
    var name: String

    func execute(in context: some Context) async throws -> Bool {
        let half = try? await context.require(Half(name: name))
        try await context.write(half.map(String.init) ?? "odd", to: File("\(name).half"))
        return true
    }
}

/// Reads what was written.
private struct ReadHalf: IncrementalTask {
    var name: String

    func execute(in context: some Context) async throws -> String? {
        try await context.require(WriteHalf(name: name))
        return try await context.readText(File("\(name).half"))
    }
}

/// Numbers that look random and are the same in each run.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 33)
    }
}

@Test(arguments: 1...20) func updatesGiveWhatARunFromScratchGives(seed: UInt64) async throws {
    var dice = Dice(state: seed)
    let names = (0..<8).map { "c\($0)" }
    let sheet = try Sheet([:])
    defer { sheet.folder.remove() }

    /// A cell with a number, and maybe cells with smaller numbers than its own; or somebody writes over a half.
    func edit() -> (name: String, text: String) {
        let index = Int.random(in: 0..<names.count, using: &dice)
        if Int.random(in: 1...5, using: &dice) == 1 { return ("\(names[index]).half", "scribble") }
        let others = names[..<index].shuffled(using: &dice).prefix(Int.random(in: 0...2, using: &dice))
        return (names[index], (others + ["\(Int.random(in: 0...2, using: &dice))"]).joined(separator: " "))
    }

    for _ in 1...15 {
        let edits = (0..<Int.random(in: 0...3, using: &dice)).map { _ in edit() }
        for (name, text) in edits { try sheet.folder.write(text, to: File(name)) }
        try await sheet.pie.session { session in
            // Throws if a half has failed.
            try? await session.update(edits.map { File($0.name) })
            for name in names {
                let value = try await NonIncrementalContext(root: sheet.folder.path).require(Cell(name))
                try #require(try await session.require(Cell(name)) == value)
                let half = value.isMultiple(of: 2) ? "\(value / 2)" : "odd"
                try #require(try await session.require(ReadHalf(name: name)) == half)
            }
        }
        // And what is remembered holds: a top-down build finds nothing to do.
        _ = sheet.log.takeExecuted()
        for name in names { _ = try await sheet.value(of: Cell(name)) }
        try #require(sheet.log.takeExecuted() == [])
    }
}
