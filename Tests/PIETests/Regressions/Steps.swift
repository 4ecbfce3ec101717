@testable import PIE

/// What a test sends to tasks that wait for it, and hears from them.
final class Signal: Sendable {
    private struct State {
        var isSet = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())

    func set() {
        let waiters = state.withLock { state in
            state.isSet = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isSet = state.withLock { state in
                if !state.isSet { state.waiters.append(continuation) }
                return state.isSet
            }
            if isSet { continuation.resume() }
        }
    }
}

/// A task whose program is looked up by its name, so that a test can say what it does.
struct Part: IncrementalTask {
    static var typeIdentifier: String { "Part" }

    var script: Int
    var name: String

    func execute(in context: some Context) async throws -> Int {
        guard let body = Play.all.withLock({ $0[script]?[name] }) else { return -1 }
        return try await body(context, script)
    }
}

/// The programs of a test's tasks.
struct Play {
    typealias Body = @Sendable (any Context, Int) async throws -> Int

    static let all = Lock<[Int: [String: Body]]>([:])
    private static let last = Lock(0)

    let number: Int

    init(_ bodies: [String: Body]) {
        let number = Self.last.withLock { last in
            last += 1
            return last
        }
        self.number = number
        Self.all.withLock { $0[number] = bodies }
    }

    subscript(name: String) -> Part { Part(script: number, name: name) }
}

extension Context {
    func number(in file: File) async throws -> Int { Int(try await readText(file) ?? "") ?? -1 }

    func need(_ name: String, of script: Int) async throws -> Int {
        try await require(Part(script: script, name: name))
    }
}

struct Parity: Projection {
    func project(_ output: Int) -> Int { output % 2 }
}

func options(jobs: Int) -> PieOptions {
    var options = PieOptions()
    options.jobs = jobs
    return options
}
