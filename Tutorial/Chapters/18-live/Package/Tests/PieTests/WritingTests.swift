import Testing

@testable import Pie

/// Writes the text of one file into another one, in capital letters.
private struct Shout: IncrementalTask {
    var source: File
    var target: File

    func execute(in context: some Context) async throws -> Bool {
        guard let text = try await context.readText(source) else { return false }
        try await context.write(text.uppercased(), to: target)
        return true
    }
}

@Test func aTaskPutsTheFilesItProvidesRight() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let files = FileSystem(root: folder.path)
    try folder.write("hello", to: "a.txt")
    let log = EventLog()
    let pie = Pie(root: folder.path, trackers: [log])
    let shout = Shout(source: "a.txt", target: "out/a.txt")
    func build() async throws -> [AnyTask] {
        try await pie.session { try await $0.require(shout) }
        #expect(try files.read("out/a.txt") == Array("HELLO".utf8))
        return log.takeExecuted()
    }

    #expect(try await build() == boxed(shout))
    #expect(try await build() == [])
    try folder.delete("out/a.txt")
    #expect(try await build() == boxed(shout))
    try folder.write("scribble", to: "out/a.txt")
    #expect(try await build() == boxed(shout))
}

@Test func twoTasksDoNotProvideOneFile() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("apple", to: "a.txt")
    try folder.write("pear", to: "b.txt")
    let pie = Pie(root: folder.path)
    let (a, b) = (Shout(source: "a.txt", target: "out.txt"), Shout(source: "b.txt", target: "out.txt"))
    await #expect(throws: BuildError.overlappingFile("out.txt", provider: AnyTask(a), other: AnyTask(b))) {
        try await pie.session { session in
            try await session.require(a)
            try await session.require(b)
        }
    }
    // The file is the first one's, and nothing was written over it.
    #expect(try FileSystem(root: folder.path).read("out.txt") == Array("APPLE".utf8))
}

@Test func twoTasksDoNotProvideOneFileInDifferentSessionsEither() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let pie = Pie(root: folder.path)
    try folder.write("apple", to: "a.txt")
    try folder.write("pear", to: "b.txt")
    let (a, b) = (Shout(source: "a.txt", target: "out.txt"), Shout(source: "b.txt", target: "out.txt"))
    try await pie.session { try await $0.require(a) }
    await #expect(throws: BuildError.overlappingFile("out.txt", provider: AnyTask(a), other: AnyTask(b))) {
        try await pie.session { session in
            // Reused, not executed; it provides the file all the same.
            try await session.require(a)
            try await session.require(b)
        }
    }
}

@Test func aFileMayGetAnotherProvider() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let files = FileSystem(root: folder.path)
    let pie = Pie(root: folder.path)
    try folder.write("apple", to: "a.txt")
    try folder.write("pear", to: "b.txt")
    for (source, contents) in [("a.txt", "APPLE"), ("b.txt", "PEAR"), ("a.txt", "APPLE")] {
        try await pie.session { try await $0.require(Shout(source: File(source), target: "out.txt")) }
        #expect(try files.read("out.txt") == Array(contents.utf8))
    }
}
