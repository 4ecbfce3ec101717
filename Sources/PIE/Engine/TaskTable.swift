internal import Synchronization

/// The tasks of one type, and their outputs, as the engine reaches them without knowing the type.
// SAFETY: `@unchecked` because the class is not final and its columns are raw memory: keys are immutable once they can
// be found, and so is the special executor, which is written once by who has begun it; everything else is touched under
// the engine's lock.
@usableFromInline
class AnyTaskTable: @unchecked Sendable {
    /// The number of the type in the engine, from 1; set once, before anybody can find the table.
    @usableFromInline final var type: UInt32 = 0

    /// Executes a task of the table, which it finds by the order, and ends the execution.
    @usableFromInline typealias Executor = @Sendable (ExecutionOrder, Engine) async -> Execution

    /// The executor that the table was made with: one for all types, if the type was told to a ``Pie``.
    private let general: Executor

    /// The executor that was specialised for the type where somebody required a task of it; there once it is ready.
    @exclusivity(unchecked) private final var special: Executor?

    /// How far that is.
    ///
    /// An `AtomicLazyReference` would say the same, but is not specialised across modules.
    private let specialising = Atomic<UInt8>(Specialising.not)

    private enum Specialising {
        static let not: UInt8 = 0
        static let begun: UInt8 = 1
        static let done: UInt8 = 2
    }

    final var executor: Executor { (isSpecialised ? special : nil) ?? general }

    /// Whether there is an executor that was specialised for the type.
    @usableFromInline final var isSpecialised: Bool { specialising.load(ordering: .acquiring) == Specialising.done }

    @usableFromInline
    init(executor: @escaping Executor) {
        general = executor
    }

    /// Takes an executor that was specialised for the type.
    @usableFromInline
    final func specialise(_ executor: @escaping Executor) {
        let (isFirst, _) = specialising.compareExchange(
            expected: Specialising.not,
            desired: Specialising.begun,
            ordering: .relaxed
        )
        if !isFirst { return }
        special = executor
        specialising.store(Specialising.done, ordering: .releasing)
    }

    var typeIdentifier: String { preconditionFailure("abstract") }
    /// Whether the type has a name that is the same in every run; found out when it is first stored.
    final lazy var isStorable = TaskRegistry.isStable(typeIdentifier)
    /// Whether the program has told the type, so that its tasks can be decoded and executed.
    var isKnown: Bool { true }
    /// The version that the type has now; users' code.
    var presentVersion: Int { preconditionFailure("abstract") }
    /// The versions seen so far: the graph stores places in this list.
    @exclusivity(unchecked) final var versions: [Int] = []

    func box(_ local: UInt32) -> AnyTask { preconditionFailure("abstract") }

    /// Decodes a task of the table and gives it its place; users' code.
    func name(_ task: TaskID, _ encoding: [UInt8], in engine: Engine, _ store: EngineStore) -> Bool { false }

    /// Decodes an output; users' code.
    func decode(_ encoding: [UInt8], _ store: EngineStore) -> AnyObject? { nil }

    /// Puts a decoded output in its place, unless one is there; under the engine's lock.
    ///
    /// - Returns: Whether it was put there.
    func setOutput(_ local: UInt32, _ output: AnyObject) -> Bool { false }

    /// The output that ``decode(_:_:)`` has returned.
    func output(in garbage: AnyObject) -> (any Equatable & Codable & Sendable)? { nil }

    /// Whether the present output is decoded; under the engine's lock.
    func hasOutput(_ local: UInt32) -> Bool { false }

    /// A task and its present output, to be encoded; under the engine's lock.
    func take(_ local: UInt32, withOutput: Bool) -> StorableTask? { nil }

    /// An older output, to be encoded; under the engine's lock.
    func takeOlder(at place: UInt32) -> StorableTask? { nil }

    /// The present output; under the engine's lock.
    func output(_ local: UInt32) -> (any Equatable & Codable & Sendable)? { nil }

    /// Lets go of an older output that nobody compares with any more; under the engine's lock.
    func dropOlder(at place: UInt32) {}

    /// Takes out the present output of a task that is forgotten, to let go of it; under the engine's lock.
    func takeOutput(_ local: UInt32) -> AnyObject? { nil }

    /// Takes out what only the last session needed, to let go of it; under the engine's lock.
    func takePrevious() -> AnyObject? { nil }
}

/// The tasks of a type that a store names and nobody has told of yet: they are kept as they are.
final class StoredTaskTable: AnyTaskTable, @unchecked Sendable {
    private let identifier: String

    init(identifier: String) {
        self.identifier = identifier
        super.init { _, _ in preconditionFailure("a task of an unknown type is never executed") }
    }

    override var typeIdentifier: String { identifier }
    override var isKnown: Bool { false }
    override var presentVersion: Int { versions.last ?? 0 }
}

/// How an execution ended.
@usableFromInline
struct Execution {
    /// Whether it held a job slot at its end, which is the caller's then.
    let hasSlot: Bool

    /// Whether it was thrown a cancellation: nothing of it was kept.
    let isCancelled: Bool

    /// Whether stamps may wait to be compared.
    let hasComparisons: Bool

    /// One that was committed.
    @usableFromInline
    init(_ committed: EngineState.Committed) {
        hasSlot = committed.hasSlot
        isCancelled = false
        hasComparisons = committed.hasComparisons
    }

    /// One that failed.
    @usableFromInline
    init(hasSlot: Bool, isCancelled: Bool, isUpdating: Bool) {
        self.hasSlot = hasSlot
        self.isCancelled = isCancelled
        hasComparisons = isUpdating
    }
}

/// The tasks of type `T` and their outputs.
@usableFromInline
final class TaskTable<T: IncrementalTask>: AnyTaskTable, @unchecked Sendable {
    /// The tasks, found by value, each with its present output beside it: in the line of memory that finding it brings.
    @usableFromInline let index = InternTable<T, T.Output?>()

    /// Notes which task is probably required next.
    ///
    /// - Parameter place: Its place; ``Node/unnamed`` if nobody knows.
    @inlinable
    func expect(_ place: UInt32) {
        if place != Node.unnamed { index.expect(place) }
    }

    /// The present outputs, by place.
    @inlinable var outputs: InternTable<T, T.Output?> { index }

    // The engine's lock gives exclusive access to the variables: to check for it at run time would cost as much as the
    // access.

    /// What this session has replaced, for `previousOutput(of:)`.
    @exclusivity(unchecked) @usableFromInline final var previous = PreviousOutputs<T.Output>()

    /// Outputs that are not present any more, but that requirers have seen (R5).
    @exclusivity(unchecked) @usableFromInline final var older = OlderOutputs<T.Output>()

    override var typeIdentifier: String { T.typeIdentifier }
    override var presentVersion: Int { T.version }

    override func box(_ local: UInt32) -> AnyTask { AnyTask(index.key(local)) }

    override func name(_ task: TaskID, _ encoding: [UInt8], in engine: Engine, _ store: EngineStore) -> Bool {
        guard let value = try? store.decode(T.self, from: encoding) else { return false }
        while case .missing(let hash, let count) = index.search(value) {
            let isAdded = engine.state.withLock { state -> Bool in
                guard let local = index.nextIndex(after: count) else { return false }
                state.graph.nodes[task].local = local
                index.add(value, nil, hash: hash, id: task)
                state.forgive(task)
                return true
            }
            if isAdded { return true }
        }
        return false
    }

    override func decode(_ encoding: [UInt8], _ store: EngineStore) -> AnyObject? {
        (try? store.decode(T.Output.self, from: encoding)).map { Garbage($0) }
    }

    override func setOutput(_ local: UInt32, _ output: AnyObject) -> Bool {
        guard outputs[local] == nil else { return false }
        // It was made by `decode`.
        outputs[local] = unsafeDowncast(output, to: Garbage<T.Output>.self).value
        return true
    }

    override func output(in garbage: AnyObject) -> (any Equatable & Codable & Sendable)? {
        unsafeDowncast(garbage, to: Garbage<T.Output>.self).value
    }

    override func hasOutput(_ local: UInt32) -> Bool { outputs[local] != nil }

    override func take(_ local: UInt32, withOutput: Bool) -> StorableTask? {
        TypedStorableTask<T>(index.key(local), withOutput ? outputs[local] : nil)
    }

    override func takeOlder(at place: UInt32) -> StorableTask? {
        TypedStorableTask<T>(nil, older.outputs[Int(place)])
    }

    override func output(_ local: UInt32) -> (any Equatable & Codable & Sendable)? { outputs[local] }

    override func dropOlder(at place: UInt32) { older.free.append(place) }

    override func takeOutput(_ local: UInt32) -> AnyObject? {
        guard let output = outputs[local] else { return nil }
        outputs[local] = nil
        return Garbage(output)
    }

    override func takePrevious() -> AnyObject? {
        let free = older.takeFree()
        if previous.entries.isEmpty && free.isEmpty { return nil }
        defer { previous = PreviousOutputs() }
        return Garbage((previous, free))
    }
}

/// Values on their way out of the lock: to destroy them may run users' code.
@usableFromInline
final class Garbage<Value> {
    @usableFromInline let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
