import Foundation
import PIETesting

@testable import PIE

extension Oracle {
    /// Goes through a history in one of several ways, and judges nothing.
    ///
    /// Interrupted actions are done to their end, nothing is collected, and no process dies.
    final class Player {
        private let program: Program
        private let history: History
        private let variation: Variation
        private let stageNumber: Int
        private let folder: TemporaryFolder
        private let watcher = Watcher()
        private var pie: Pie
        private var storeNumber = 0
        private var disk = Disk()
        private var inputs: [Int: Int] = [:]
        private var earlier: [File: Int?] = [:]
        private var untold: Set<File> = []
        private var roots: Set<Int> = []
        private var order: SeededGenerator

        init(_ sample: Case, stageNumber: Int, _ variation: Variation) throws {
            program = sample.program
            history = sample.history
            self.variation = variation
            self.stageNumber = stageNumber
            order = SeededGenerator(seed: UInt64(sample.history.steps.count))
            folder = try TemporaryFolder()
            try folder.createFolder("listed")
            try folder.createFolder("generated")
            pie = try Pie()
            try open()
            for (file, number) in zip(program.sources, history.contents) {
                if let number { try set(file, to: number) }
            }
        }

        /// Goes through the history, or to the first step that fails.
        func play() async throws -> [Account] {
            Oracle.setVersion(1)
            defer { Oracle.setVersion(1) }
            var accounts: [Account] = []
            for step in history.steps {
                for edit in step.edits { try apply(edit) }
                accounts.append(try await account(of: step.action.uninterrupted))
                if accounts.last?.hasFailed == true { break }
                try await goOn()
            }
            return accounts
        }

        // MARK: Steps

        private func account(of action: Action) async throws -> Account {
            watcher.clear()
            let notes = Lock<(answers: [String], hasFailed: Bool)>(([], false))
            for part in parts(of: action) {
                do {
                    let answers = try await pie.session { try await part($0) }
                    notes.withLock { $0.answers += answers }
                } catch {
                    notes.withLock { $0 = ($0.answers + ["\(error)"], true) }
                }
            }
            for (file, number) in try folder.numbers(in: program.generated) where disk[file] != number {
                disk.set(file, to: number)
            }
            let executing = Sighting(watcher.events).executing
            let (answers, hasFailed) = notes.withLock { $0 }
            let isLoose = program.tasks.contains { $0.contains { $0.startsChildren } }
            return Account(
                lines: [
                    .answers: answers,
                    .outputs: program.tasks.indices.map { "\($0): \(pie.lastOutput(of: task($0)) ?? -1)" },
                    .files: try folder.numbers(in: program.generated).map { "\($0.path): \($1)" }.sorted(),
                    .executed: executing.map(\.task).sorted().map(String.init),
                    .reasons: executing.map { "\($0.task): \($0.reason)" }.sorted(),
                    .causes: executing.map { "\($0.task): \($0.reason.cause)" }.sorted(),
                    .graph: pie.graphLines,
                    .dependencies: pie.dependencyLines(areSorted: isLoose),
                    .events: watcher.events.map(\.timeless),
                ],
                hasFailed: hasFailed
            )
        }

        private typealias Part = @Sendable (Session) async throws -> [String]

        /// What each session of a step does.
        private func parts(of action: Action) -> [Part] {
            switch action {
            case .require(let numbers, let manner):
                roots.formUnion(numbers)
                let tasks = numbers.map(task)
                if variation.splitsSessions { return tasks.map { task in { ["\(try await $0.require(task))"] } } }
                return [{ session in try await Self.require(tasks, manner, in: session).map(String.init) }]
            case .demand(let number, let observing, let forcing):
                if observing { roots.insert(number) }
                let task = task(number)
                return [{ ["\(try await $0.require(task, observing: observing, forcing: forcing))"] }]
            case .update(let naming, let requiringAll):
                let changes = changes(naming)
                let tasks = requiringAll ? roots.sorted().map(task) : []
                untold = []
                let update: Part = { session in
                    try await session.update(changes)
                    return []
                }
                let requires = tasks.map { task -> Part in { ["\(try await $0.require(task))"] } }
                if variation.splitsSessions { return [update] + requires }
                return [
                    { session in
                        var answers = try await update(session)
                        for require in requires { answers += try await require(session) }
                        return answers
                    }
                ]
            // What the host wants to be observed takes effect with the next session, whichever that is.
            case .collectGarbage: return [{ _ in [] }]
            case .cancelled, .superseded: return []
            }
        }

        private static func require(_ tasks: [OracleTask], _ manner: Manner, in session: Session) async throws -> [Int]
        {
            switch manner {
            case .asGroup: return try await session.require(all: tasks)
            case .oneByOne:
                var outputs: [Int] = []
                for task in tasks { outputs.append(try await session.require(task)) }
                return outputs
            case .atOnce:
                return try await withThrowingTaskGroup(of: (Int, Int).self) { group in
                    for (place, task) in tasks.enumerated() {
                        group.addTask { (place, try await session.require(task)) }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
                }
            }
        }

        private func changes(_ naming: Naming) -> ChangeSet {
            var files: [File]
            switch naming {
            case .exactly: files = Array(untold)
            case .generously: files = program.sources + program.generated
            case .detect: return .detect
            }
            files.sort { $0.path < $1.path }
            switch variation.naming {
            case .sorted: break
            case .reversed: files.reverse()
            case .shuffled: files.shuffle(using: &order)
            }
            return .files(files)
        }

        private func task(_ number: Int) -> OracleTask { OracleTask(stage: stageNumber, number: number) }

        // MARK: Stores

        private var store: String { "\(folder.root).store/\(storeNumber)" }

        private func open() throws {
            var options = PieOptions()
            options.jobs = variation.jobs
            pie = try Pie(
                store: variation.keeping == .inMemory ? .inMemory : .directory(store, .waiting(atMost: .seconds(20))),
                root: folder.root,
                tasks: [OracleTask.self],
                resources: [DirectoryListing.self, Input<Int>.self],
                stampers: [RemainderStamper.self],
                projections: [Remainder.self],
                options: options,
                trackers: [watcher]
            )
            if variation.keeping == .folded { pie.engine.store?.closingSize = 0 }
            for (number, value) in inputs { pie.set(Oracle.input(number), to: value) }
            for (file, value) in disk.buffers { pie.setContents(Array("\(value)".utf8), of: file) }
        }

        /// Goes on with the next step, perhaps as another process.
        private func goOn() async throws {
            switch variation.keeping {
            case .inMemory, .open: return
            case .dropped: break
            case .closed, .folded, .copied: try await pie.close()
            }
            // The store is free when the last one lets go of it.
            pie = try Pie()
            if variation.keeping == .copied {
                let old = store
                storeNumber += 1
                try FileManager.default.copyItem(atPath: old, toPath: store)
            }
            try open()
        }

        // MARK: Edits

        private func apply(_ edit: Edit) throws {
            let files = program.sources + program.generated
            switch edit {
            // Whether another process looks at the environment anew depends on the variation.
            case .variable: break
            case .input(let number, let value):
                inputs[number] = value
                pie.set(Oracle.input(number), to: value)
            case .buffer(let number, let value):
                disk.buffers[files[number]] = value
                pie.setContents(value.map { Array("\($0)".utf8) }, of: files[number])
            case .version(let version): Oracle.setVersion(version)
            case .observe(let number): pie.observe(task(number))
            case .unobserve(let number): pie.unobserve(task(number))
            case .write(let file, let number), .slip(let file, let number), .disguise(let file, let number):
                try set(files[file], to: number)
            case .touch(let file): if let number = disk[files[file]] { try set(files[file], to: number) }
            case .rewrite(let file):
                if let number = disk[files[file]] { try set(files[file], to: number, isNewFile: true) }
            case .delete(let file): try set(files[file], to: nil)
            case .undo(let file): if let number = earlier[files[file]] { try set(files[file], to: number) }
            case .swap(let first, let second):
                let number = disk[files[first]]
                try set(files[first], to: disk[files[second]])
                try set(files[second], to: number)
            }
        }

        private func set(_ file: File, to number: Int?, isNewFile: Bool = false) throws {
            if number != disk[file] { earlier[file] = .some(disk[file]) }
            disk.set(file, to: number)
            untold.insert(file)
            try Change(file: file, entry: disk.entries[file], isNewFile: isNewFile).make(in: folder)
        }
    }
}

extension Oracle.Action {
    /// What is done if nothing comes in between.
    fileprivate var uninterrupted: Self {
        switch self {
        case .cancelled(let action, at: _), .superseded(let action, at: _, edits: _, by: _): action.uninterrupted
        default: self
        }
    }
}

extension Oracle.Instruction {
    /// Whether a task is required by child tasks, in an order that nobody knows.
    var startsChildren: Bool {
        switch self {
        case .together: true
        case .branch(let yes, let no): (yes + no).contains { $0.startsChildren }
        default: false
        }
    }
}

extension ExecutionReason {
    /// What changed, but not from what to what: a process may not know how to describe what another has seen.
    fileprivate var cause: String {
        guard case .dependency(let change) = self else { return description }
        return change.target.description
    }
}

extension BuildEvent {
    /// The event without how long anything took.
    fileprivate var timeless: String {
        guard case .updateEnded(let report) = self else { return description }
        return "update ended: \(report.executed) executed, \(report.reused) reused"
    }
}
