/// The machine behind a ``Pie``: ids and tables over one locked state, and a driver that acts on its decisions.
///
/// Decisions are taken in ``EngineState`` under the lock. This class does what they ask for outside of it: it executes
/// tasks, looks at files, compares users' values, suspends and resumes.
@usableFromInline
final class Engine: Sendable {
    @usableFromInline let state: Lock<EngineState>
    /// The nodes of the state, for what is immutable of them.
    @usableFromInline let nodes: StableColumn<Node>.Addresses
    /// A task that a store lost, or never had, has the type 0.
    @usableFromInline let tables = TypeMap<AnyTaskTable>(none: StoredTaskTable(identifier: ""))
    @usableFromInline let resourceTables = TypeMap<AnyResourceTable>()
    let reducerTables = TypeMap<AnyReducerTable>()
    let files: InternTable<File, Void>
    let fileSystem: FileSystem
    let trackers: [any Tracker]
    @usableFromInline let isTracked: Bool
    let jobs: Int
    let keepGoing: Bool

    /// With one job everything runs on one serial executor, so that builds are the same each time (R18).
    let executor: SerialExecutor?

    let helpers = Helpers()

    /// What survives the process; nil if nothing does.
    @usableFromInline let store: EngineStore?

    /// Makes an engine that remembers nothing.
    ///
    /// - Parameters:
    ///   - scope: What resources are loaded from.
    ///   - options: How to build.
    ///   - trackers: Who is told of every event.
    convenience init(scope: ResourceScope, options: PieOptions, trackers: [any Tracker]) {
        let files = InternTable<File, Void>()
        let state = EngineState(options: options, scope: scope, isTracked: !trackers.isEmpty, files: files)
        self.init(scope: scope, options: options, trackers: trackers, files: files, state: state, store: nil)
    }

    /// Makes an engine that goes on from a state.
    ///
    /// - Parameters:
    ///   - scope: What resources are loaded from.
    ///   - options: How to build.
    ///   - trackers: Who is told of every event.
    ///   - files: The files of the state.
    ///   - state: The state.
    ///   - store: Where it came from, if it did.
    init(
        scope: ResourceScope,
        options: PieOptions,
        trackers: [any Tracker],
        files: InternTable<File, Void>,
        state: consuming EngineState,
        store: EngineStore?
    ) {
        self.store = store
        self.files = files
        self.trackers = trackers
        isTracked = !trackers.isEmpty
        jobs = max(1, options.jobs)
        keepGoing = options.keepGoing
        fileSystem = scope.fileSystem
        executor = jobs == 1 ? SerialExecutor() : nil
        nodes = state.graph.nodes.addresses
        self.state = Lock(state)
    }

    deinit {
        for continuation in state.withLock({ $0.outputWaiters.clear() }) { continuation.resume() }
    }

    /// What a body under the lock has left to be done outside of it.
    @usableFromInline
    struct Aftermath {
        var wake: [UnsafeContinuation<Void, Never>] = []
        var cancels: [@Sendable () -> Void] = []
        var garbage: [AnyObject] = []
    }

    /// Runs a body under the lock, then resumes whom it woke, lets go of what it dropped and delivers its events.
    ///
    /// Not for handlers of cancellations: the runtime holds a lock of the cancelled Swift task around them.
    @inlinable
    func locked<Result, Failure: Error>(
        _ body: (inout EngineState) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var aftermath: Aftermath?
        defer {
            if let aftermath { resume(after: aftermath) }
            if isTracked { deliver() }
        }
        return try state.withLock { (state) throws(Failure) -> Result in
            defer {
                if state.hasAftermath { aftermath = takeAftermath(of: &state) }
            }
            return try body(&state)
        }
    }

    @usableFromInline
    func takeAftermath(of state: inout EngineState) -> Aftermath? {
        if !state.graph.droppedOutputs.isEmpty {
            for dropped in state.graph.droppedOutputs where dropped.place != 0 {
                if GraphStorage.isStored(dropped.place) {
                    state.graph.storage?.dropOlder(at: dropped.place)
                    continue
                }
                tables.table(state.graph.nodes[dropped.task].type).dropOlder(at: dropped.place)
            }
            state.graph.droppedOutputs.removeAll(keepingCapacity: true)
        }
        if state.wake.isEmpty && state.dueCancels.isEmpty && state.graph.garbage.isEmpty { return nil }
        var aftermath = Aftermath()
        swap(&aftermath.wake, &state.wake)
        swap(&aftermath.cancels, &state.dueCancels)
        swap(&aftermath.garbage, &state.graph.garbage)
        return aftermath
    }

    @usableFromInline
    func resume(after aftermath: consuming Aftermath) {
        for cancel in aftermath.cancels { cancel() }
        for continuation in aftermath.wake { continuation.resume() }
    }

    /// Gives the trackers the events that have come up, in their order, unless another thread is at it.
    @usableFromInline
    func deliver() {
        var notes = state.withLock { $0.outbox.begin() }
        while let batch = notes {
            for note in batch {
                let event = event(for: note)
                for tracker in trackers { tracker.handle(event) }
            }
            var wake: [UnsafeContinuation<Void, Never>] = []
            notes = state.withLock { $0.outbox.goOn(after: batch.count, &wake) }
            for continuation in wake { continuation.resume() }
        }
    }

    /// Waits until the trackers have handled every event that has come up until now.
    @usableFromInline
    func waitForDelivery() async {
        guard isTracked else { return }
        deliver()
        await withUnsafeContinuation { continuation in
            let isWaiting = state.withLock { $0.outbox.wait(continuation) }
            if !isWaiting { continuation.resume() }
        }
    }
}
