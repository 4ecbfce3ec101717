@testable import PIE

/// Builds that tasks reach by number.
final class Worlds: Sendable {
    private let all = Lock<[World]>([])

    func add(_ world: World) -> Int {
        all.withLock { all in
            all.append(world)
            return all.count - 1
        }
    }

    subscript(number: Int) -> World { all.withLock { $0[number] } }
}

/// Contexts that tasks let escape, by number.
final class Contexts: Sendable {
    private let all = Lock<[TopDownContext?]>([])

    func add() -> Int {
        all.withLock { all in
            all.append(nil)
            return all.count - 1
        }
    }

    func set(_ context: TopDownContext, _ number: Int) {
        all.withLock { $0[number] = context }
    }

    subscript(number: Int) -> TopDownContext? { all.withLock { $0[number] } }
}
