import Pie
import Synchronization
import Testing

private struct Greeting: IncrementalTask {
    var name: String

    func execute(in context: some Context) async throws -> String {
        "Hello, \(name)"
    }
}

private struct Length: IncrementalTask {
    var name: String

    func execute(in context: some Context) async throws -> Int {
        try await context.require(Greeting(name: name)).count
    }
}

@Test func aTaskReturnsItsOutput() async throws {
    let context = NonIncrementalContext()
    #expect(try await context.require(Greeting(name: "Ada")) == "Hello, Ada")
}

@Test func aTaskMayRequireTasksOfOtherTypes() async throws {
    let context = NonIncrementalContext()
    #expect(try await context.require(Length(name: "Ada")) == 10)
}

private struct Fibonacci: IncrementalTask {
    static let executions = Atomic(0)
    var index: Int

    func execute(in context: some Context) async throws -> Int {
        Self.executions.add(1, ordering: .relaxed)
        guard index > 1 else { return index }
        return try await context.require(Fibonacci(index: index - 1)) + context.require(Fibonacci(index: index - 2))
    }
}

@Test func everythingRunsEachTime() async throws {
    #expect(try await NonIncrementalContext().require(Fibonacci(index: 10)) == 55)
    #expect(Fibonacci.executions.load(ordering: .relaxed) == 177)
}

@Test func tasksReadFiles() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("a.txt\nb.txt\n", to: "list.txt")
    try folder.write("one two", to: "a.txt")
    try folder.write("three", to: "b.txt")
    let context = NonIncrementalContext(root: folder.path)
    #expect(try await context.require(TotalWords(list: "list.txt")) == 3)
    try folder.write("one two four", to: "a.txt")
    #expect(try await context.require(TotalWords(list: "list.txt")) == 4)
}
