/// The tasks of one type, and their outputs, as the engine reaches them without knowing the type.
// SAFETY: `@unchecked` because the class is not final and its columns are raw memory: keys are immutable once they can
// be found, everything else is touched under the engine's lock.
@usableFromInline
class AnyTaskTable: @unchecked Sendable {
    /// The number of the type in the engine, from 1.
    @usableFromInline let type: UInt32

    init(type: UInt32) {
        self.type = type
    }

    var typeIdentifier: String { preconditionFailure("abstract") }
    /// The version that the type has now; users' code.
    var presentVersion: Int { preconditionFailure("abstract") }
    /// The versions seen so far: the graph stores places in this list.
    var versions: [Int] = []

    func box(_ local: UInt32) -> AnyTask { preconditionFailure("abstract") }

    /// Executes a task and commits or fails its claim.
    ///
    /// - Returns: What came of it.
    func execute(_ local: UInt32, _ key: ExecutionKey, in engine: Engine, isUpdating: Bool) async -> Execution {
        preconditionFailure("abstract")
    }

    /// The present output; under the engine's lock.
    func output(_ local: UInt32) -> (any Equatable & Codable & Sendable)? { preconditionFailure("abstract") }

    /// Lets go of an older output that nobody compares with any more; under the engine's lock.
    func dropOlder(_ local: UInt32, version: UInt32) -> AnyObject? { preconditionFailure("abstract") }

    /// Lets go of outputs of earlier sessions; under the engine's lock.
    func dropPrevious(_ locals: [UInt32]) -> AnyObject? { preconditionFailure("abstract") }
}

/// How an execution ended.
struct Execution {
    /// Whether it held a job slot at its end, which is the caller's then.
    let hasSlot: Bool

    /// Whether it was thrown a cancellation: nothing of it was kept.
    let isCancelled: Bool
}

/// The tasks of type `T` and their outputs.
@usableFromInline
final class TaskTable<T: IncrementalTask>: AnyTaskTable, @unchecked Sendable {
    /// The tasks, found by value.
    @usableFromInline let index = InternTable<T>()

    /// The present outputs.
    @usableFromInline let outputs = StableColumn<T.Output?>()

    /// What this session has replaced, for `previousOutput(of:)`.
    @usableFromInline let previous = StableColumn<T.Output?>()

    /// Outputs that are not present any more, but that requirers have seen (R5).
    @usableFromInline var older: [UInt32: [Older]] = [:]

    @usableFromInline
    struct Older {
        @usableFromInline let version: UInt32
        @usableFromInline let output: T.Output

        @usableFromInline
        init(version: UInt32, output: T.Output) {
            self.version = version
            self.output = output
        }
    }

    /// Adds the place of a task that was interned; under the engine's lock.
    @usableFromInline
    func addPlace() {
        outputs.append(nil)
        previous.append(nil)
    }

    override var typeIdentifier: String { T.typeIdentifier }
    override var presentVersion: Int { T.version }

    override func box(_ local: UInt32) -> AnyTask { AnyTask(index.key(local)) }

    override func execute(_ local: UInt32, _ key: ExecutionKey, in engine: Engine, isUpdating: Bool) async -> Execution
    {
        let task = index.key(local)
        do {
            let output: T.Output
            if isUpdating {
                output = try await task._execute(bottomUp: BottomUpContext(engine: engine, key: key))
            } else {
                output = try await task._execute(topDown: TopDownContext(engine: engine, key: key))
            }
            let kept = try await engine.commit(output, to: self, local, key)
            return Execution(hasSlot: kept.hasSlot, isCancelled: false)
        } catch {
            return Execution(
                hasSlot: engine.fail(key, engine.error(for: error)),
                isCancelled: error is CancellationError
            )
        }
    }

    override func output(_ local: UInt32) -> (any Equatable & Codable & Sendable)? { outputs[local] }

    override func dropOlder(_ local: UInt32, version: UInt32) -> AnyObject? {
        guard let place = older[local]?.firstIndex(where: { $0.version == version }) else { return nil }
        let output = older[local]?.remove(at: place)
        if older[local]?.isEmpty ?? false { older[local] = nil }
        return Garbage(output)
    }

    override func dropPrevious(_ locals: [UInt32]) -> AnyObject? {
        var dropped: [T.Output] = []
        for local in locals {
            if let output = previous[local] {
                dropped.append(output)
                previous[local] = nil
            }
        }
        return dropped.isEmpty ? nil : Garbage(dropped)
    }
}

/// Values on their way out of the lock: to destroy them may run users' code.
final class Garbage<Value> {
    private let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
