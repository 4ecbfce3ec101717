/// An incremental build: it remembers what each task used and made, so that the next session runs only what a change
/// affects.
///
/// ```swift
/// let pie = try Pie(root: "project")
/// let count = try await pie.session { session in
///     try await session.require(WordCount(file: "README.md"))
/// }
/// ```
///
/// Sessions of one `Pie` run one after the other; inside a session any number of requirements run at once.
public final class Pie: Sendable {
    let engine: Engine
    let turns = SessionTurns()
    let settings: Lock<Settings>

    /// The absolute path of the folder that files are named relative to.
    package let root: String

    /// Where environment variables are looked up.
    let environment: ProcessEnvironment

    /// Opens a build.
    ///
    /// - Parameters:
    ///   - store: Where the results are kept.
    ///   - root: The folder that files are named relative to; `nil` for the working folder of the process.
    ///   - tasks: The task types of this build, checked for names that can be stored. Tasks of other types come back from
    ///     a store when they are required, but no update executes them before.
    ///   - resources: The types of your own resources, which a store would not know otherwise before they are read.
    ///   - stampers: The types of your own stampers: an output that changed is compared by those it knows.
    ///   - projections: The types of your projections, for the same reason.
    ///   - options: How to build.
    ///   - trackers: Who is told of every event.
    /// - Throws: A ``BuildError`` if the working folder is gone, if two task types share a type identifier, or if the store
    ///   cannot be opened: another process has it, or the system refuses. A damaged store is no error.
    public convenience init(
        store: StoreLocation = .inMemory,
        root: String? = nil,
        tasks: [any IncrementalTask.Type] = [],
        resources: [any Resource.Type] = [],
        stampers: [any OutputStamper.Type] = [],
        projections: [any Projection.Type] = [],
        options: PieOptions = PieOptions(),
        trackers: [any Tracker] = []
    ) throws {
        try self.init(
            store: store,
            root: root,
            tasks: tasks,
            resources: resources,
            stampers: stampers,
            projections: projections,
            options: options,
            trackers: trackers,
            system: .live
        )
    }

    /// Opens a build; its store is kept by the given system calls, and variables are looked up in the given environment.
    package init(
        store: StoreLocation,
        root: String?,
        tasks: [any IncrementalTask.Type],
        resources: [any Resource.Type] = [],
        stampers: [any OutputStamper.Type] = [],
        projections: [any Projection.Type] = [],
        options: PieOptions = PieOptions(),
        trackers: [any Tracker] = [],
        system: StoreSystem,
        environment: ProcessEnvironment = .live
    ) throws {
        let registry = try TaskRegistry(tasks)
        do {
            self.root = try FileSystem.absoluteRoot(root)
        } catch {
            throw BuildError.fileSystem(error)
        }
        self.environment = environment
        let scope = ResourceScope(root: self.root, environment: environment)
        switch store {
        case .inMemory:
            engine = Engine(scope: scope, options: options, trackers: trackers)
        case .directory(let path, let access):
            engine = try Engine(
                opening: path,
                access,
                registry: registry,
                scope: scope,
                options: options,
                trackers: trackers,
                system: system
            )
            for type in tasks { engine.register(type) }
            for type in resources { engine.register(type) }
            for type in stampers { engine.register(type) }
            for type in projections { engine.register(type) }
            engine.tellAboutStore()
        }
        settings = Lock(Settings())
    }

    /// Runs a session: one consistent view of tasks and files.
    ///
    /// Waits for its turn if another session runs. A session that ends early, by an error or a cancellation, keeps what
    /// finished and forgets no change.
    ///
    /// - Parameters:
    ///   - superseding: Whether to cancel the session that runs, and those that wait, and take its place. From then on
    ///     nothing more of the other is committed, and its calls throw `CancellationError`.
    ///   - body: What to do in the session; it must not use the session after it returns.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; a ``BuildError`` of kind `misuse` for a session of the same `Pie` inside a session;
    ///   `CancellationError` if the calling task is cancelled, or another session supersedes this one.
    @discardableResult
    public func session<R: Sendable>(
        superseding: Bool = false,
        _ body: (Session) async throws -> R
    ) async throws -> R {
        try refuseInsideSession("a session is begun inside a session of the same Pie")
        if superseding { turns.supersede()?.cancel() }
        let ticket = try await turns.take()
        defer { turns.pass(ticket) }
        await engine.waitForWrites()
        try Task.checkCancellation()
        if settings.withLock({ $0.isClosed }) { throw BuildError.closed() }
        engine.dropReplaced()
        let versions = engine.presentVersions()
        let session = try turns.begin(ticket) { Session(engine: engine, epoch: beginSession(versions)) }
        if engine.isTracked { engine.deliver() }
        let current = SessionTurns.current.union([ObjectIdentifier(self)])
        do {
            let result = try await SessionTurns.$current.withValue(current) { try await body(session) }
            let wasSuperseded = await session.end()
            await engine.endStoredSession()
            if wasSuperseded { throw CancellationError() }
            return result
        } catch {
            _ = await session.end()
            await engine.endStoredSession()
            throw error
        }
    }

    /// Refuses what waits for the session that it is called in.
    func refuseInsideSession(_ title: String) throws {
        guard SessionTurns.current.contains(ObjectIdentifier(self)) else { return }
        throw BuildError.misuse(
            title,
            hint: "use the session that is there, and its contexts; or do it after the session has returned"
        )
    }

    private func beginSession(_ versions: [UInt16]) -> Epoch {
        let settings = settings.withLock { $0.take() }
        return engine.state.withLock { state in
            state.beginSession(
                scope: scope(settings.buffers, settings.inputs),
                inputs: settings.changedInputs,
                versions: versions,
                buffers: settings.changedBuffers,
                observations: settings.observations
            )
            return state.epoch
        }
    }

    /// Returns a task's output as it was last committed, without checking it.
    ///
    /// - Parameter task: The task.
    /// - Returns: The output, or `nil` if there is none. Never waits for a session.
    public func lastOutput<T: IncrementalTask>(of task: T) -> T.Output? {
        engine.lastOutput(of: task)
    }

    /// Returns the tasks and resources that this build remembers, and what depends on what.
    ///
    /// - Returns: A copy of the graph as the last executions left it. Never waits for a session; one that runs waits for as
    ///   long as it takes to copy some numbers for each task and each dependency.
    /// - Complexity: O(*n* log *n*) in the size of the graph.
    public func graph() -> DependencyGraph {
        engine.graph()
    }

    /// Closes the build: folds and syncs its store, and gives it to the next process.
    ///
    /// Waits for its turn among the sessions. Afterwards no session can begin. A `Pie` that is dropped without being
    /// closed loses nothing; the next one has a little more to read.
    ///
    /// - Throws: A ``BuildError`` of kind `misuse` inside a session of the same `Pie`; `CancellationError` if the calling
    ///   task is cancelled, in which case the build is not closed.
    public func close() async throws {
        try refuseInsideSession("a Pie is closed inside one of its sessions")
        let ticket = try await turns.take()
        defer { turns.pass(ticket) }
        await engine.waitForWrites()
        try Task.checkCancellation()
        settings.withLock { $0.isClosed = true }
        applyObservations()
        await engine.closeStore()
        await engine.waitForDelivery()
    }
}
