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
