internal import Synchronization

/// Everything the engine knows, and every decision it takes, as a value behind one lock.
///
/// All methods are synchronous, run no users' code and resume nobody: they change the state and answer with what is to
/// be done outside the lock, as a ``Step``. So the engine's decisions can be tested without a thread. Continuations to
/// resume are collected in `wake`, and resumed by `Engine.locked` after unlocking.
@usableFromInline
struct EngineState: ~Copyable {
    /// Ties the state to its address: to lend a value that may move, the compiler copies all of it for each call.
    private let anchor = Atomic<Bool>(false)

    var graph: Graph
    let files: InternTable<File, Void>

    // MARK: Claims

    let claims = StableColumn<Claim>()
    let recorded = StableColumn<Recorded>()
    let frames = StableColumn<SettlingFrame>()
    var freeClaim: ClaimID = 0
    var freeRecorded: UInt32 = 0
    var lastGeneration: UInt32 = 0
    /// How many claims are in use.
    var claimCount = 0

    // MARK: The session

    /// The number of the session, and of the last one when none runs.
    var epoch: Epoch = 0
    var isSessionOpen = false
    /// Whether `update` runs: tasks are made consistent bottom-up.
    var isUpdating = false
    /// Whether `update` returned in this session: what was kept up to date is consistent.
    var isUpToDate = false
    /// Whether any call was made in this session: `update` must be the first.
    var hasBeenUsed = false
    /// Why the store cannot be told that the session has begun: then nothing executes in it.
    var storeError: BuildError?
    /// Whether the store knows that the session has begun.
    var isSessionNoted = false
    /// How many writes are under way.
    var writes = 0
    /// Who waits until no write is under way: the next session, after one was superseded.
    var writeWaiters: [UnsafeContinuation<Void, Never>] = []
    /// The last session that was superseded: contexts of sessions up to it throw `CancellationError`.
    var lastSuperseded: Epoch = 0
    /// The errors of tasks that failed in this session.
    var failures: [TaskID: any Error] = [:]
    /// Tasks whose records were probed in this session, and do not hold.
    var refused: Set<TaskID> = []
    /// The errors of R10 to R12 that executions met: they fail with them, even if they catch them.
    var objections: [ClaimID: any Error] = [:]
    /// What resources are loaded from.
    var scope: ResourceScope
    let keepGoing: Bool
    let isTracked: Bool
    /// Events that were not handed over yet; empty when nobody listens.
    var outbox = Outbox()

    // MARK: Job slots and waiting

    let jobs: Int
    var freeSlots: Int
    var parking = Parking()
    var wake: [UnsafeContinuation<Void, Never>] = []

    /// The calls of the host under way, by number, and how to cancel them.
    var works: [UInt32: @Sendable () -> Void] = [:]
    var lastWork: UInt32 = 0
    /// Calls that were cancelled while others await what they execute, and those to be cancelled now.
    var deferredCancels: Set<UInt32> = []
    var dueCancels: [@Sendable () -> Void] = []

    // MARK: Change

    /// Tasks that the next update takes up.
    var pending: [TaskID] = []
    /// Tasks whose output changed since the last update returned.
    var changed: [TaskID] = []
    /// Tasks that executed in this session over an output that was made by another version.
    @usableFromInline var replacedVersions: Set<TaskID> = []
    /// Whether something observed has lost one of several observers since circles were last looked for.
    var hasLostObservers = false
    /// The last change of each resource that made a task execute, and those of tasks that had seen something else.
    var leafChanges: [ResourceID: LeafChange] = [:]
    var ownChanges: [TaskID: LeafChange] = [:]
    /// How often a file has got a new provider.
    var moves: UInt32 = 0
    /// Files that have no provider any more, and what was left of them.
    var orphans: [ResourceID: FileStamp] = [:]
    /// Files with an unsaved buffer.
    var buffered: Set<ResourceID> = []
    /// Who waits for the next output of a task.
    var outputWaiters = OutputWaiters()
    /// Inputs that were set since the last update, and types whose version changed.
    var changedResources: Set<ResourceID> = []
    /// What updates were told of that were cancelled; an update that runs now leaves it to the next one.
    var remembered: Set<ResourceID> = []
    var changedTypes: Set<UInt32> = []
    /// Whether what earlier updates kept up to date may be relied on.
    ///
    /// Not after a process has ended in the midst of a session, and not if a store is damaged: then the next update makes
    /// every root consistent top-down.
    var isTrusted = true
    /// Environment variables were checked by an update of this process.
    var hasCheckedEnvironment = false

    // MARK: An update

    var update = UpdateState()

    // MARK: Types

    /// The versions in force, by type; index 0 is no type.
    var versions: [UInt16] = [0]
    /// Directory listings by folder, and the folders in which files are provided.
    var listings = ListingIndex()
    /// Tasks that have read a file in this session while its provider was being made consistent, or may have.
    var early: Set<TaskID> = []
    /// The last session in which a listing showed a file whose provider was not consistent yet.
    var earlyListings: Epoch = 0
    /// The environment variables and inputs that tasks have read.
    var environment: [ResourceID] = []
    var inputs: [InputKey: ResourceID] = [:]
    /// While journals are replayed: the tasks whose records are not trusted, and their requirements.
    var distrusted: [TaskID: [DependencyID]] = [:]
    /// The inputs that came out of a store.
    var storedInputs: [ResourceID] = []
    /// The last id given to a stamper or projection.
    var lastReducer: StamperID = 0

    init(
        options: PieOptions,
        scope: ResourceScope,
        isTracked: Bool,
        files: InternTable<File, Void>,
        storage: GraphStorage? = nil
    ) {
        graph = Graph(storage: storage)
        jobs = max(1, options.jobs)
        freeSlots = jobs
        keepGoing = options.keepGoing
        self.scope = scope
        self.isTracked = isTracked
        claims.append(Claim())
        recorded.append(Recorded(target: 0, kind: .require, barrier: 0, position: 0))
        self.files = files
    }

    /// Whether something is to be done outside the lock.
    @usableFromInline var hasAftermath: Bool {
        !wake.isEmpty || !dueCancels.isEmpty || !graph.garbage.isEmpty || !graph.droppedOutputs.isEmpty
    }

    /// The file that a resource is.
    mutating func file(_ resource: ResourceID) -> File {
        if graph.resources[resource].local == Node.unnamed { nameFile(resource) }
        return files.key(graph.resources[resource].local)
    }

    /// The id that the next new task gets.
    @usableFromInline var nextTask: TaskID { TaskID(graph.nodes.count) }

    /// Adds a task that was interned.
    @usableFromInline
    mutating func addNode(type: UInt32, local: UInt32) {
        graph.addTask(type: type, local: local)
    }
}
