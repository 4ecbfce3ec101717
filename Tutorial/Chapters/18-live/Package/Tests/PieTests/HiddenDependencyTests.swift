import Testing

@testable import Pie

/// Writes a text in capital letters.
private struct Shout: IncrementalTask {
    func execute(in context: some Context) async throws -> Bool {
        try await context.write(context.readText("a.txt")?.uppercased() ?? "", to: "shout.txt")
        return true
    }
}

/// Reads what `Shout` writes, but does not require it.
private struct Echo: IncrementalTask {
    func execute(in context: some Context) async throws -> String {
        try await context.readText("shout.txt") ?? "silence"
    }
}

@Test func aReaderThatDoesNotRequireTheProviderIsFound() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("hello", to: "a.txt")
    let error = BuildError.hiddenDependency("shout.txt", reader: AnyTask(Echo()), provider: AnyTask(Shout()))
    await #expect(throws: error) {
        try await Pie(root: folder.path).session { session in
            try await session.require(Echo())
            try await session.require(Shout())
        }
    }
    await #expect(throws: error) {
        try await Pie(root: folder.path).session { session in
            try await session.require(Shout())
            try await session.require(Echo())
        }
    }
}

/// Requires the provider before it reads.
private struct GoodEcho: IncrementalTask {
    func execute(in context: some Context) async throws -> String {
        try await context.require(Shout())
        return try await context.readText("shout.txt") ?? "silence"
    }
}

/// Requires the provider through another task.
private struct DistantEcho: IncrementalTask {
    func execute(in context: some Context) async throws -> Int {
        try await context.require(GoodEcho())
        return try await context.readText("shout.txt")?.count ?? 0
    }
}

@Test func whoRequiresTheProviderMayRead() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let pie = Pie(root: folder.path)
    for text in ["hello", "hello", "goodbye"] {
        try folder.write(text, to: "a.txt")
        let (letters, echo) = try await pie.session { session in
            (try await session.require(DistantEcho()), try await session.require(GoodEcho()))
        }
        #expect(letters == text.count)
        #expect(echo == text.uppercased())
    }
}

@Test func aFileMayGetAProviderAfterItWasRead() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("hello", to: "a.txt")
    try folder.write("by hand", to: "shout.txt")
    let pie = Pie(root: folder.path)
    #expect(try await pie.session { try await $0.require(Echo()) } == "by hand")
    #expect(try await pie.session { try await $0.require(GoodEcho()) } == "HELLO")
    await #expect(throws: BuildError.self) {
        try await pie.session { try await $0.require(Echo()) }
    }
}
