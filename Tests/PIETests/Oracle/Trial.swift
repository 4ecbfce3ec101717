@testable import PIE

extension Oracle {
    /// A `Pie` that is driven through a history, and the model beside it.
    final class Trial {
        let program: Program
        let history: History
        let folder: TemporaryFolder
        let stage: Stage
        let stageNumber: Int
        let watcher = Watcher()
        private(set) var pie: Pie
        let life: World.Life
        private let system = MortalSystem()

        /// The environment of the process: variables by their names.
        let environment: Lock<[String: String]>

        /// The files as they should be.
        var disk = Disk()
        var inputs: [Int: Int] = [:]
        var variables: [Int: Int] = [:]
        var memory = Memory()

        /// The files that the next update must be told of.
        var untold: Set<File> = [] {
            didSet { changedInStep.formUnion(untold) }
        }

        /// Whether this process has begun an update, which looks at the environment if it is the first (R8).
        var hasUpdated = false

        /// Whether the environment has changed since: only an update that detects changes finds that.
        var isEnvironmentUntold = false

        /// The files that an update must be told of if this step comes to nothing.
        private var changedInStep: Set<File> = []

        /// What files contained before their last changes.
        var earlier: [File: Int?] = [:]

        /// The tasks that were executed in this step, or began to be.
        var executing: Set<Int> = []

        /// Whether a session takes the place of another, some of whose executions may still come to their end.
        private(set) var isSuperseding = false

        /// How many processes have ended.
        private var processes = 0

        /// How many sessions were judged.
        private(set) var sessions = 0

        init(_ program: Program, _ history: History) throws {
            self.program = program
            self.history = history
            folder = try TemporaryFolder()
            try folder.createFolder("listed")
            try folder.createFolder("generated")
            stage = Stage(program)
            stageNumber = Stage.add(stage)
            life = Oracle.life
            environment = Lock([:])
            pie = try Self.open(life, folder, history, watcher, system, environment)
            for (file, number) in zip(program.sources, history.contents) {
                if let number { try change(file, to: number) }
            }
        }

        deinit {
            Stage.remove(stageNumber)
            Oracle.setVersion(1)
        }

        private static func open(
            _ life: World.Life,
            _ folder: TemporaryFolder,
            _ history: History,
            _ watcher: Watcher,
            _ mortal: MortalSystem,
            _ environment: Lock<[String: String]>
        ) throws -> Pie {
            var options = PieOptions()
            options.jobs = history.jobs
            options.keepGoing = history.keepGoing
            if life == .forgetting { options.outputMemory = 0 }
            let store = folder.root + ".store"
            let pie = try Pie(
                store: life == .inMemory ? .inMemory : .directory(store, .waiting(atMost: .seconds(20))),
                root: folder.root,
                tasks: [OracleTask.self],
                stampers: [RemainderStamper.self],
                projections: [Remainder.self],
                options: options,
                trackers: [watcher],
                system: life == .killing ? mortal.system : .live,
                environment: ProcessEnvironment { name in environment.withLock { $0[name] } }
            )
            if life == .forgetting { pie.engine.store?.foldingSize = 0 }
            return pie
        }

        /// Checks the graph itself, which brings all of a store into memory: so every other trial does without.
        private func checkInvariants(_ when: String) throws {
            guard life == .inMemory || program.tasks.count.isMultiple(of: 2) else { return }
            if let violation = pie.engine.state.withLock({ $0.invariantViolations() }).first {
                throw Discrepancy(kind: .unexpected, text: "\(when): \(violation)")
            }
        }

        /// Goes on as another process would, whose host sets the same inputs and buffers.
        private func reopen() async throws {
            if !life.reopens { return }
            try await life.end(pie, number: processes)
            processes += 1
            // The store is free when the last one lets go of it.
            pie = try Pie()
            system.die(after: nil)
            pie = try Self.open(life, folder, history, watcher, system, environment)
            (hasUpdated, isEnvironmentUntold) = (false, false)
            for notice in pie.engine.store?.notices ?? [] {
                if life == .killing, case .unfinished = notice { continue }
                throw Discrepancy(kind: .unexpected, text: "the store says: \(notice)")
            }
            for (number, value) in inputs.sorted(by: { $0.key < $1.key }) {
                pie.set(Oracle.input(number), to: value)
            }
            for (file, value) in disk.buffers { pie.setContents(Array("\(value)".utf8), of: file) }
        }

        func task(_ number: Int) -> OracleTask { OracleTask(stage: stageNumber, number: number) }

        /// Goes through the whole history.
        ///
        /// - Throws: A ``Discrepancy``.
        func run() async throws {
            for (index, step) in history.steps.enumerated() {
                do {
                    let before = (memory: memory, numbers: try folder.numbers(in: program.generated))
                    changedInStep = untold
                    executing = []
                    memory.unobserved = []
                    if life == .killing { system.die(after: step.kill) }
                    for edit in step.edits { try apply(edit) }
                    try await take(step)
                    try checkInvariants("after the session")
                    if system.isDead {
                        memory.doubt(since: before.memory, executing)
                        let numbers = try folder.numbers(in: program.generated)
                        untold.formUnion(changedInStep)
                        untold.formUnion(program.generated.filter { numbers[$0] != before.numbers[$0] })
                    }
                    try await reopen()
                    try checkInvariants("after opening the store again")
                } catch var discrepancy as Discrepancy {
                    discrepancy.step = index
                    discrepancy.events = (watcher.past + watcher.events).map(\.description)
                    throw discrepancy
                } catch let invalid as InvalidProgram {
                    throw invalid
                } catch {
                    throw Discrepancy(kind: .unexpected, text: "\(error)", step: index)
                }
            }
        }

        // MARK: Steps

        private func take(_ step: Step) async throws {
            begin()
            switch step.action {
            case .cancelled(let action, at: let event): try await cancel(action, at: event)
            case .superseded(let action, at: let event, let edits, by: let next):
                try await supersede(action, at: event, edits, by: next)
            case .collectGarbage(let deleting): try await collectGarbage(deleting: deleting)
            default:
                let plan = plan(step.action)
                let conductor = Conductor(self)
                try await conductor.run(plan)
                let isClean = try await judge(plan, conductor.result, watcher.events)
                if isClean && step.comparesFromScratch && plan.forced == nil { try await compareAgain(plan) }
            }
        }

        private func begin() {
            watcher.clear()
            stage.clear()
            sessions += 1
        }

        /// What an action is, as far as the trial knows.
        private func plan(_ action: Action) -> Conductor.Plan {
            switch action {
            case .require(let roots, let manner): return .require(roots, manner)
            case .demand(let task, let observing, let forcing):
                return .demand(task, observing: observing, forcing: forcing)
            case .collectGarbage: return .require([], .oneByOne)
            case .update(let naming, let requiringAll):
                let roots = requiringAll ? memory.possibleRoots.sorted() : []
                switch naming {
                case _ where isEnvironmentUntold: return .update(.detect, then: roots)
                case .exactly: return .update(.files(untold.sorted { $0.path < $1.path }), then: roots)
                case .generously: return .update(.files(program.sources + program.generated), then: roots)
                case .detect: return .update(.detect, then: roots)
                }
            case .cancelled(let action, _), .superseded(let action, _, _, _): return plan(action)
            }
        }

        private func cancel(_ action: Action, at event: Int) async throws {
            let plan = plan(action)
            let conductor = Conductor(self)
            let handle = Lock<Task<Void, any Error>?>(nil)
            watcher.at(event) { handle.withLock { $0 }?.cancel() }
            let task = Task {
                // The handle is there before the first event is.
                while handle.withLock({ $0 == nil }) { await Task.yield() }
                try await conductor.run(plan)
            }
            handle.withLock { $0 = task }
            _ = await task.result
            let isInterrupted = !watcher.disarm()
            _ = try await judge(plan, conductor.result, watcher.events, isInterrupted: isInterrupted)
        }

        private func supersede(_ action: Action, at event: Int, _ edits: [Edit], by next: Action) async throws {
            isSuperseding = true
            defer { isSuperseding = false }
            let first = plan(action)
            let conductor = Conductor(self)
            var edited = disk
            let changes = edits.compactMap { sourceChange($0, &edited) }
            untold.formUnion(changes.map(\.file))
            let second = plan(next)
            let successor = Conductor(self)
            let superseding = Lock<Task<Void, any Error>?>(nil)
            watcher.at(event) {
                let task = Task.detached { try await successor.run(second, superseding: true, after: changes) }
                superseding.withLock { $0 = task }
            }
            _ = await Task { try await conductor.run(first) }.result
            let isInterrupted = !watcher.disarm()
            if isInterrupted, let task = superseding.withLock({ $0 }) { try await task.value }
            let events = watcher.events
            let begins = events.indices.filter { if case .sessionBegan = events[$0] { true } else { false } }
            let end = isInterrupted ? begins.last ?? events.endIndex : events.endIndex
            let told = untold
            _ = try await judge(
                first,
                conductor.result,
                events[..<end],
                isInterrupted: isInterrupted,
                isSucceeded: isInterrupted
            )
            untold = told
            if !isInterrupted {
                begin()
                try await successor.run(second, after: changes)
            } else {
                sessions += 1
            }
            for change in changes { disk.adopt(change.entry, of: change.file) }
            for file in program.generated { adopt(successor.result.generated[file], of: file) }
            _ = try await judge(second, successor.result, watcher.events[(isInterrupted ? end : 0)...])
        }

        /// Does the same again, which must execute nothing, and from scratch, which must give the same.
        private func compareAgain(_ plan: Conductor.Plan) async throws {
            let before = try folder.numbers(in: program.generated)
            begin()
            let again: Conductor.Plan = plan.isUpdate ? .update(.detect, then: plan.roots) : plan
            let conductor = Conductor(self)
            try await conductor.run(again)
            if let (task, reason) = Sighting(watcher.events).executing.first {
                throw Discrepancy(kind: .tooMany, text: "done again, task \(task) is executed: \(reason)")
            }
            let context = NonIncrementalContext(of: pie)
            for root in memory.roots.sorted() where memory.records[root] != nil && plan.roots.contains(root) {
                let value = try await context.require(task(root))
                if value != conductor.result.outcomes[root]?.value {
                    throw Discrepancy(kind: .outcome, text: "task \(root) gives \(value) from scratch")
                }
            }
            if try folder.numbers(in: program.generated) != before {
                throw Discrepancy(kind: .file, text: "a run from scratch changes generated files")
            }
        }
    }

    /// A program that the model cannot judge.
    struct InvalidProgram: Error {
        var text: String
    }
}
