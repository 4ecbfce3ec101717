import Foundation
import Testing

@testable import PIE

/// A folder, a build in it, and a record of what the last session did.
final class World: Sendable {
    let folder: TemporaryFolder
    let log = RecordingTracker()
    private let present: Lock<Pie>
    private let processes = Lock(0)

    /// Variables of the environment, before those that the process has.
    private let variables = Lock<[String: String]>([:])
    private let options: PieOptions
    private let trackers: [any Tracker]

    /// How a world goes from one session to the next: in one process unless the environment says otherwise.
    enum Life: String {
        case inMemory
        /// Each session has a process of its own, as it were, which closes the store or just lets go of it.
        case closing
        case dropping
        /// What happened becomes a snapshot each time.
        case folding

        /// What happened becomes a snapshot from time to time: else it stays in journals, closed or not.
        case mixing

        /// Each process dies with the store written up to some byte; only the oracle has such.
        case killing

        /// One process, which folds beside each session and keeps no output in memory that the store has.
        case forgetting

        static var fromEnvironment: Life { named ?? .inMemory }

        /// The lives that tests try: those that matter, unless the environment names one.
        static var toTest: [Life] {
            named.map { [$0] } ?? [.inMemory, .dropping, .folding, .mixing, .forgetting, .killing]
        }

        /// Whether the next session is another process's.
        var reopens: Bool { self != .inMemory && self != .forgetting }

        /// Ends a process, apart from letting go of its store.
        func end(_ pie: Pie, number: Int) async throws {
            let folds = self == .folding || self == .mixing && number.isMultiple(of: 3)
            if folds { pie.engine.store?.closingSize = 0 }
            if self == .mixing && !folds { pie.engine.store?.closingSize = .max }
            if folds || self == .closing || self == .mixing && number % 3 == 1 { try await pie.close() }
        }

        private static var named: Life? { ProcessInfo.processInfo.environment["PIE_LIFE"].flatMap(Life.init) }
    }

    let life: Life

    var pie: Pie { present.withLock { $0 } }

    init(
        jobs: Int = 1,
        keepGoing: Bool = false,
        life: Life = .fromEnvironment,
        trackers: [any Tracker] = [],
        _ files: [File: String] = [:]
    ) throws {
        folder = try TemporaryFolder()
        var options = PieOptions()
        options.jobs = jobs
        options.keepGoing = keepGoing
        if life == .forgetting { options.outputMemory = 0 }
        self.options = options
        self.life = life
        self.trackers = [log] + trackers
        present = Lock(try Self.open(life, folder, options, self.trackers, variables))
        for (file, text) in files { try folder.write(text, to: file) }
    }

    private static func open(
        _ life: Life,
        _ folder: TemporaryFolder,
        _ options: PieOptions,
        _ trackers: [any Tracker],
        _ variables: Lock<[String: String]>,
        _ types: [any IncrementalTask.Type] = []
    ) throws -> Pie {
        let folder = folder.root
        let pie = try Pie(
            store: life == .inMemory ? .inMemory : .directory(folder + ".store", .waiting(atMost: .seconds(20))),
            root: folder,
            tasks: types,
            projections: [FirstWord.self],
            options: options,
            trackers: trackers,
            system: .live,
            environment: ProcessEnvironment { name in
                variables.withLock { $0[name] } ?? ProcessEnvironment.live.value(name)
            }
        )
        if life == .forgetting { pie.engine.store?.foldingSize = 0 }
        return pie
    }

    /// Goes on as another process would.
    func reopen() async throws {
        if !life.reopens { return }
        let number = processes.withLock { processes in
            processes += 1
            return processes
        }
        try await life.end(pie, number: number)
        let types = pie.engine.store?.knownTypes ?? []
        // The store is free when the last one lets go of it.
        present.withLock { $0 = Self.nobody }
        let pie = try Self.open(life, folder, options, trackers, variables, types)
        for case .keptAside(_, _, let why) in pie.engine.store?.notices ?? [] {
            Issue.record("the store was not taken back: \(why)")
        }
        present.withLock { $0 = pie }
    }

    private static let nobody: Pie = {
        do { return try Pie() } catch { preconditionFailure("\(error)") }
    }()

    // MARK: The environment

    /// Sets a variable for this world alone: to set one of the process is not safe beside those who read it.
    func setVariable(_ name: String, to value: String) { variables.withLock { $0[name] = value } }

    // MARK: Files

    func write(_ text: String, to file: File) throws { try folder.write(text, to: file) }

    func text(of file: File) throws -> String? { try folder.text(of: file) }

    func remove(_ file: File) throws { try folder.remove(file.path) }

    // MARK: Sessions

    /// A session whose events alone are in the log afterwards.
    func session<R: Sendable>(
        superseding: Bool = false,
        _ body: (Session) async throws -> R
    ) async throws -> R {
        try await reopen()
        log.clear()
        return try await pie.session(superseding: superseding, body)
    }

    /// Requires a task in a session of its own.
    @discardableResult
    func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try await session { try await $0.require(task) }
    }

    /// Requires tasks at once in a session of their own.
    @discardableResult
    func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output] {
        try await session { try await $0.require(all: tasks) }
    }

    /// Updates bottom-up in a session of its own.
    @discardableResult
    func update(_ files: File...) async throws -> UpdateReport {
        try await session { try await $0.update(.files(files)) }
    }

    @discardableResult
    func detect() async throws -> UpdateReport {
        try await session { try await $0.update(.detect) }
    }

    /// What a task's output is from scratch.
    func fresh<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        try await NonIncrementalContext(of: pie).require(task)
    }

    // MARK: What the last session did

    /// The executions in the order in which they began, and why.
    var runs: [Run] { log.runs }

    /// The tasks that began to execute, in this order.
    var executed: [AnyTask] { log.runs.map(\.task) }
}

/// What another program does to files.
struct FileSystemOutside {
    var root: String

    func copy(_ input: File, to output: File) throws {
        let disk = FileSystem(root: root)
        let bytes = try disk.read(at: input)?.bytes ?? []
        _ = try disk.writeUnlessEqual(bytes, at: output)
    }
}
