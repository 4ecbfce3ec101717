import Testing

@testable import Pie

/// Executes `TotalWords` over two texts, edits files, and tells whether what it used is consistent afterwards.
private func isConsistent(after edit: (TemporaryFolder) throws -> Void) async throws -> Bool {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("a.txt\nb.txt\n", to: "list.txt")
    try folder.write("one two", to: "a.txt")
    try folder.write("three", to: "b.txt")
    try folder.write("four", to: "c.txt")
    let context = RecordingContext(root: folder.path)
    _ = try await TotalWords(list: "list.txt").execute(in: context)
    #expect(context.dependencies.count == 3)

    try edit(folder)
    let files = FileSystem(root: folder.path)
    return try await context.dependencies.areConsistent(in: NonIncrementalContext(root: folder.path), files)
}

@Test func dependenciesHoldWhenNothingChanges() async throws {
    #expect(try await isConsistent { _ in })
}

@Test func aChangedListIsAChange() async throws {
    #expect(try await !isConsistent { try $0.write("a.txt\n", to: "list.txt") })
}

@Test func anotherNumberOfWordsIsAChange() async throws {
    #expect(try await !isConsistent { try $0.write("three and more", to: "b.txt") })
}

@Test func theSameNumberOfWordsIsNoChange() async throws {
    #expect(try await isConsistent { try $0.write("drei", to: "b.txt") })
}

@Test func aFileThatWasNotUsedIsNoChange() async throws {
    #expect(try await isConsistent { try $0.write("four and more", to: "c.txt") })
}
