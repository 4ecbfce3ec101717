import Testing

@testable import Pie

@Test func nobodyPaysForWhatNobodyWants() async throws {
    let sheet = try Sheet(["top": "middle", "middle": "base", "base": "1", "gate": "0"])
    defer { sheet.folder.remove() }
    #expect(try await sheet.value(of: "top") == 1)
    #expect(try await sheet.value(of: "gate") == 0)
    // From here on only the gate is of interest.
    sheet.pie.unobserve(Cell("top"))
    #expect(try await sheet.edit(["base": "2"]) == [])
    #expect(try await sheet.edit(["gate": "5"]) == boxed(Cell("gate")))
}

@Test func whatWasLeftAloneIsLookedAt() async throws {
    let sheet = try Sheet(["top": "middle", "middle": "base", "base": "1", "gate": "0"])
    defer { sheet.folder.remove() }
    #expect(try await sheet.value(of: "top") == 1)
    #expect(try await sheet.value(of: "gate") == 0)
    sheet.pie.unobserve(Cell("top"))
    try await sheet.edit(["base": "2"])
    // Somebody wants it again.
    try await sheet.edit(["gate": "top"])
    #expect(try await sheet.known("gate") == 2)
}

@Test func whatIsWantedAgainIsLookedAt() async throws {
    let sheet = try Sheet(["top": "middle", "middle": "base", "base": "1"])
    defer { sheet.folder.remove() }
    #expect(try await sheet.value(of: "top") == 1)
    sheet.pie.unobserve(Cell("top"))
    try await sheet.edit(["base": "2"])
    let value = try await sheet.pie.session { session in
        try await session.update([])
        return try await session.require(Cell("top"))
    }
    #expect(value == 2)
}

private struct Note: IncrementalTask {
    var file: File
    func execute(in context: some Context) async throws -> Bool {
        try await context.write("a note", to: file)
        return true
    }
}

@Test func whatNobodyWantsIsForgottenWithItsFiles() async throws {
    let sheet = try Sheet(["top": "base", "base": "1"])
    defer { sheet.folder.remove() }
    let files = FileSystem(root: sheet.folder.path)
    for file: File in ["a.txt", "b.txt", "c.txt"] {
        try await sheet.pie.session { try await $0.require(Note(file: file)) }
    }
    _ = try await sheet.value(of: "top")
    #expect(try sheet.pie.collectGarbage() == [])

    sheet.pie.unobserve(Note(file: "a.txt"))
    sheet.pie.unobserve(Note(file: "b.txt"))
    sheet.pie.unobserve(Cell("top"))
    // Somebody has made this file their own.
    try sheet.folder.write("mine", to: "b.txt")
    #expect(
        try sheet.pie.collectGarbage() == boxed(Note(file: "a.txt"), Note(file: "b.txt"), Cell("base"), Cell("top"))
    )
    #expect(try files.read("a.txt") == nil)
    #expect(try files.read("b.txt") == Array("mine".utf8))
    #expect(try files.read("c.txt") == Array("a note".utf8))
    #expect(try sheet.pie.collectGarbage() == [])
}
