import Foundation
import PIE
import Synchronization

struct Mismatch: Error, CustomStringConvertible {
    var kind: String
    var text: String
    var description: String { "\(kind): \(text)" }
}

enum Outcome: Equatable, CustomStringConvertible {
    case value(Int)
    case error(String)
    var description: String {
        switch self {
        case .value(let v): "\(v)"
        case .error(let e): "error \(e)"
        }
    }
    var isError: Bool { if case .error = self { true } else { false } }
}

func kind(_ error: any Error) -> String {
    switch error {
    case let e as UserError: return "user\(e.id)"
    case is CancellationError: return "cancelled"
    case let e as BuildError:
        switch e.kind {
        case .cycle: return "cycle"
        case .hiddenDependency(let r, let p, let f): return "hidden(\(r) \(p) \(f.path))"
        case .overlap(let a, let b, let f): return "overlap(\(a) \(b) \(f.path))"
        case .failures: return "failures"
        default: return e.title
        }
    default: return "\(error)"
    }
}

final class Recorder: Tracker {
    let reasons = Mutex<[Int: String]>([:])
    let events = Mutex<[String]>([])
    let lastEvents = Mutex<[String]>([])
    func handle(_ event: BuildEvent) {
        events.withLock { $0.append("\(event)") }
        if case .executing(let task, let reason) = event {
            let text: String
            switch reason {
            case .dependency(let change):
                switch change.target {
                case .task(let t): text = "task \(taskID(t))"
                case .failed(let t): text = "failed \(taskID(t))"
                case .file(let f): text = "file \(f.path)"
                case .provided(let f): text = "provided \(f.path)"
                case .resource(let t): text = "resource \(t)"
                }
            default: text = "\(reason)"
            }
            reasons.withLock { $0[taskID(task)] = text }
        }
    }
}

/// One Pie with its folder.
final class Driver: @unchecked Sendable {
    let name: String
    let root: String
    let w: Int
    let world: World
    let pie: Pie
    let recorder = Recorder()
    var changed: Set<String> = []
    var roots: Set<Int> = []
    /// Those that were certainly required, and so are observed.
    var definite: Set<Int> = []
    var definiteBefore: Set<Int> = []
    var inputs: [Int: Int] = [:]

    init(_ name: String, _ c: Case, jobs: Int) throws {
        self.name = name
        root = makeFolder()
        world = World(programs: c.programs, root: root)
        w = World.add(world)
        var options = PieOptions()
        options.jobs = jobs
        options.keepGoing = c.keepGoing
        pie = try Pie(root: root, options: options, trackers: c.tracked ? [recorder] : [])
        for (f, v) in c.initial.enumerated() where v >= 0 { writeFile(root + "/" + srcName(f), "\(v)") }
    }

    deinit {
        World.remove(w)
        removeFolder(root)
    }

    func apply(_ edits: [Edit]) {
        for edit in edits {
            switch edit {
            case .set(let f, let v):
                writeFile(root + "/" + srcName(f), "\(v)")
                changed.insert(srcName(f))
            case .touch(let f):
                _ = utimensat(AT_FDCWD, root + "/" + srcName(f), nil, 0)
                changed.insert(srcName(f))
            case .rewrite(let f):
                if let old = readFile(root + "/" + srcName(f)) {
                    unlink(root + "/" + srcName(f))
                    writeFile(root + "/" + srcName(f), String(decoding: old, as: UTF8.self))
                }
                changed.insert(srcName(f))
            case .delete(let f):
                unlink(root + "/" + srcName(f))
                changed.insert(srcName(f))
            case .input(let i, let v):
                pie.set(input(i), to: v)
                inputs[i] = v
            case .setGen(let g, let v):
                writeFile(root + "/" + genName(g), "\(v)")
                changed.insert(genName(g))
            case .deleteGen(let g):
                unlink(root + "/" + genName(g))
                changed.insert(genName(g))
            }
        }
    }

    func changes(_ detect: Bool) -> ChangeSet { detect ? .detect : .files(changed.sorted().map { File($0) }) }

    func reset() {
        world.log.withLock {
            $0.started = [:]
            $0.ended = [:]
            $0.written = []
            $0.failed = []
        }
        recorder.reasons.withLock { $0 = [:] }
        let events = recorder.events.withLock { $0 }
        recorder.lastEvents.withLock { $0 = events }
        recorder.events.withLock { $0 = [] }
    }

    var executed: Set<Int> { world.log.withLock { Set($0.ended.keys) } }
    var failed: Set<Int> { world.log.withLock { $0.failed } }
    var started: Set<Int> { world.log.withLock { Set($0.started.keys) } }

    func require(_ id: Int, _ session: Session) async -> Outcome {
        do {
            return id % 2 == 0
                ? .value(try await session.require(Op(w: w, id: id))) : .value(try await session.require(Odd(w: w, id: id)))
        } catch {
            return .error(kind(error))
        }
    }
}

let folderCounter = Mutex<Int>(0)
let base = "/dev/shm/pie-fuzz-\(getpid())"
func makeFolder() -> String {
    let n = folderCounter.withLock {
        $0 += 1
        return $0
    }
    let path = base + "/\(n)"
    for p in [base, path, path + "/src", path + "/src/sub", path + "/gen"] { mkdir(p, 0o755) }
    return path
}
func removeFolder(_ path: String) {
    for i in 0..<12 {
        unlink(path + "/" + srcName(i))
        unlink(path + "/" + genName(i))
    }
    for p in ["/src/sub", "/src", "/gen", ""] { rmdir(path + p) }
}

/// What a run from scratch gives over a copy of a folder.
struct Scratch {
    var outcomes: [Int: Outcome] = [:]
    var executed: Set<Int> = []
    var failed: Set<Int> = []
    var written: [Int: String] = [:]

    func isClean(_ roots: some Sequence<Int>) -> Bool { roots.allSatisfy { outcomes[$0].map { !$0.isError } ?? false } }
}

func copyFolder(_ d: Driver, _ c: Case) -> String {
    let path = makeFolder()
    for f in 0..<c.sources {
        if let b = readFile(d.root + "/" + srcName(f)) { writeFile(path + "/" + srcName(f), String(decoding: b, as: UTF8.self)) }
    }
    for g in 0..<c.gens {
        if let b = readFile(d.root + "/" + genName(g)) { writeFile(path + "/" + genName(g), String(decoding: b, as: UTF8.self)) }
    }
    return path
}

func scratch(_ roots: [Int], of d: Driver, _ c: Case, copy: String) async throws -> Scratch {
    var result = Scratch()
    let world = World(programs: c.programs, root: copy)
    let w = World.add(world)
    defer {
        World.remove(w)
        removeFolder(copy)
    }
    let pie = try Pie(root: copy)
    for (i, v) in d.inputs { pie.set(input(i), to: v) }
    let context = NonIncrementalContext(of: pie)
    for id in roots where result.outcomes[id] == nil {
        do {
            result.outcomes[id] = .value(
                id % 2 == 0 ? try await context.require(Op(w: w, id: id)) : try await context.require(Odd(w: w, id: id)))
        } catch {
            result.outcomes[id] = .error(kind(error))
        }
    }
    let log = world.log.withLock { $0.copy }
    result.executed = Set(log.started.keys)
    result.failed = log.failed
    for g in log.written { result.written[g] = readFile(copy + "/" + genName(g)).map { String(decoding: $0, as: UTF8.self) } }
    return result
}

// MARK: - Running a case

struct Options {
    var verbose = false
}

final class CaseRunner {
    let c: Case
    var a: Driver
    var b: Driver
    var t: Driver?
    var taintTwin: Set<Int> = []
    var taintJobs: Set<Int> = []
    var stepIndex = 0
    let verbose: Bool
    let hasAsync: Bool
    var steps = 0

    init(_ c: Case, verbose: Bool) throws {
        self.c = c
        self.verbose = verbose
        a = try Driver("jobs1", c, jobs: 1)
        b = try Driver("jobs\(c.jobs)", c, jobs: c.jobs)
        t = c.twin ? try Driver("twin", c, jobs: 1) : nil
        hasAsync = "\(c.programs)".contains("async")
    }

    func fail(_ kind: String, _ text: String) -> Mismatch { Mismatch(kind: kind, text: "step \(stepIndex): \(text)") }

    func run() async throws {
        for (index, step) in c.steps.enumerated() {
            stepIndex = index
            progress.withLock { $0.step = index }
            for d in [a, b, t].compactMap({ $0 }) { d.apply(step.edits) }
            if verbose { print("step", index, step) }
            switch step.action {
            case .session(let roots): try await session(roots, 0)
            case .concurrent(let roots): try await session(roots, 1)
            case .all(let roots): try await session(roots, 2)
            case .update(let detect, let again): try await update(detect, again)
            case .cancelSession(let roots, let k):
                for d in [a, b] { try await cancelSession(d, roots, k) }
            case .cancelUpdate(let detect, let k):
                for d in [a, b] { try await cancelUpdate(d, detect, k) }
            case .cancelOne(let x, let y, let k):
                for d in [a, b] { try await cancelOne(d, x, y, k) }
            case .supersede(let roots, let k, let next, let edits):
                for d in [a, b] { try await supersede(d, roots, k, next, edits, nil) }
            case .supersedeUpdate(let detect, let k, let next, let edits):
                for d in [a, b] { try await supersede(d, [], k, next, edits, detect) }
            }
            steps += 1
        }
    }

    // MARK: Plain sessions

    func doSession(_ d: Driver, _ roots: [Int], _ mode: Int) async throws -> [Int: Outcome] {
        d.roots.formUnion(roots)
        d.definite.formUnion(roots)
        return try await d.pie.session { session in
            var outcomes: [Int: Outcome] = [:]
            switch mode {
            case 0:
                for id in roots { outcomes[id] = await d.require(id, session) }
            case 1:
                try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
                    for id in roots { group.addTask { (id, await d.require(id, session)) } }
                    for try await (id, outcome) in group { outcomes[id] = outcome }
                }
            default:
                do {
                    try await session.require(all: roots.filter { $0 % 2 == 0 }.map { Op(w: d.w, id: $0) })
                    try await session.require(all: roots.filter { $0 % 2 == 1 }.map { Odd(w: d.w, id: $0) })
                } catch {}
                for id in roots { outcomes[id] = await d.require(id, session) }
            }
            return outcomes
        }
    }

    func session(_ roots: [Int], _ mode: Int) async throws {
        var executed: [Set<Int>] = []
        var reasons: [[Int: String]] = []
        var clean = true
        var last = Scratch()
        for d in [a, b, t].compactMap({ $0 }) {
            let copy = copyFolder(d, c)
            d.reset()
            let outcomes = try await doSession(d, roots, mode)
            executed.append(d.executed)
            reasons.append(d.recorder.reasons.withLock { $0 })
            let s = try await scratch(roots, of: d, c, copy: copy)
            try compare(d, roots, outcomes, s, "session")
            clean = clean && s.failed.isEmpty
            last = s
            // The same again executes nothing.
            d.reset()
            _ = try await doSession(d, roots, mode)
            let extra = d.executed.subtracting(s.failed).subtracting(d.failed)
            if !extra.isEmpty && s.isClean(roots) {
                if verbose { print((d.recorder.lastEvents.withLock { $0 } + d.recorder.events.withLock { $0 }).joined(separator: "\n")) }
                throw fail("repeat", "\(d.name): a second session executed \(extra.sorted()) \(d.recorder.reasons.withLock { $0 }), failing \(s.failed)")
            }
        }
        try compareSets(executed, reasons, last, clean, "session")
    }

    func compare(_ d: Driver, _ roots: [Int], _ outcomes: [Int: Outcome], _ s: Scratch, _ what: String) throws {
        if verbose { print("  ", d.name, what, "executed", d.executed.sorted(), outcomes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) }
        for id in roots {
            let mine = outcomes[id]
            let expected = s.outcomes[id]
            if mine == expected { continue }
            if let mine, let expected, mine.isError && expected.isError {
                if mine == .error("failures") || c.keepGoing { continue }
                // Which of several errors comes first may depend on where a cycle is entered.
                if mine == .error("cycle") || expected == .error("cycle") { continue }
                if d.name != "jobs1" && d.name != "twin" { continue }
            }
            if verbose { print(d.recorder.events.withLock { $0.joined(separator: "\n") }) }
            throw fail("outcome", "\(d.name) \(what): task \(id) gave \(mine.map { "\($0)" } ?? "nothing"), from scratch \(expected.map { "\($0)" } ?? "nothing")")
        }
        let twice = d.world.log.withLock { $0.ended.filter { $0.value > 1 } }
        if !s.failed.isEmpty && hasAsync { sawFailure = true }
        if !twice.isEmpty && !sawFailure { throw fail("twice", "\(d.name) \(what): executed twice \(twice)") }
        if s.failed.isEmpty {
            for (g, text) in s.written.sorted(by: { $0.key < $1.key }) {
                let mine = readFile(d.root + "/" + genName(g)).map { String(decoding: $0, as: UTF8.self) }
                if mine != text { throw fail("file", "\(d.name) \(what): gen \(g) is \(mine ?? "missing"), from scratch \(text)") }
            }
        }
    }

    func compareSets(_ executed: [Set<Int>], _ reasons: [[Int: String]], _ s: Scratch, _ clean: Bool, _ what: String) throws {
        if !clean { sawFailure = true }
        guard t != nil, !(sawFailure && hasAsync) else { return }
        check("jobs", executed[0], executed[1], &taintJobs, s, clean)
        if let bad = lastBad {
            throw fail("jobs-set", "\(what): jobs 1 executed \(executed[0].sorted()), jobs \(c.jobs) \(executed[1].sorted()); differing \(bad.sorted()); reasons \(reasons[0]) / \(reasons[1])")
        }
        if clean && c.tracked && !hasAsync && !sawFailure {
            for id in executed[0].intersection(executed[1]).subtracting(taintJobs) where reasons[0][id] != reasons[1][id] {
                throw fail("jobs-reason", "\(what): task \(id): jobs 1 \(reasons[0][id] ?? "-"), jobs \(c.jobs) \(reasons[1][id] ?? "-")")
            }
        }
        check("twin", executed[0], executed[2], &taintTwin, s, clean)
        if let bad = lastBad {
            throw fail("twin-set", "\(what): mixed executed \(executed[0].sorted()), top-down \(executed[2].sorted()); differing \(bad.sorted()); reasons \(reasons[0]) / \(reasons[2])")
        }
    }

    var sawFailure = false
    var lastBad: Set<Int>?
    func check(_ name: String, _ x: Set<Int>, _ y: Set<Int>, _ taint: inout Set<Int>, _ s: Scratch, _ clean: Bool) {
        lastBad = nil
        let both = x.intersection(y)
        let difference = x.symmetricDifference(y)
        if clean {
            let bad = difference.subtracting(taint).filter { s.executed.contains($0) }
            if !bad.isEmpty {
                lastBad = bad
                return
            }
            taint.subtract(both)
        }
        taint.formUnion(difference)
        if !clean { taint.formUnion(s.failed) }
    }

    // MARK: Updates

    /// Updates, then requires all roots.
    func doUpdate(_ d: Driver, _ detect: Bool) async throws -> (thrown: String?, after: Set<Int>, outcomes: [Int: Outcome]) {
        let roots = d.roots.sorted()
        let changes = d.changes(detect)
        let result = try await d.pie.session { session -> (String?, Set<Int>, [Int: Outcome]) in
            var thrown: String?
            do { try await session.update(changes) } catch { thrown = kind(error) }
            let before = d.executed
            var outcomes: [Int: Outcome] = [:]
            for id in roots where d.definite.contains(id) { outcomes[id] = await d.require(id, session) }
            let after = d.executed.subtracting(before)
            for id in roots where !d.definite.contains(id) { outcomes[id] = await d.require(id, session) }
            return (thrown, after, outcomes)
        }
        let definite = d.definite
        d.definite.formUnion(roots)
        if result.0 == nil { d.changed = [] }
        d.definiteBefore = definite
        return result
    }

    func update(_ detect: Bool, _ again: Bool) async throws {
        var executed: [Set<Int>] = []
        var reasons: [[Int: String]] = []
        var clean = true
        var last = Scratch()
        for d in [a, b] {
            last = try await updateOne(d, detect, again, &executed, &reasons)
            clean = clean && last.failed.isEmpty
        }
        if let t {
            t.roots.formUnion(a.roots)
            let roots = t.roots.sorted()
            let copy = copyFolder(t, c)
            t.reset()
            let outcomes = try await doSession(t, roots, 0)
            executed.append(t.executed)
            reasons.append(t.recorder.reasons.withLock { $0 })
            let s = try await scratch(roots, of: t, c, copy: copy)
            try compare(t, roots, outcomes, s, "session")
            clean = clean && s.failed.isEmpty
        }
        try compareSets(executed, reasons, last, clean, "update")
    }

    func updateOne(_ d: Driver, _ detect: Bool, _ again: Bool, _ executed: inout [Set<Int>], _ reasons: inout [[Int: String]]) async throws -> Scratch {
        let roots = d.roots.sorted()
        let copy = copyFolder(d, c)
        d.reset()
        let (thrown, after, outcomes) = try await doUpdate(d, detect)
        executed.append(d.executed)
        reasons.append(d.recorder.reasons.withLock { $0 })
        let s = try await scratch(roots, of: d, c, copy: copy)
        try compare(d, roots, outcomes, s, "update")
        if thrown == nil {
            if !after.isEmpty { throw fail("late", "\(d.name): after the update a require executed \(after.sorted())") }
            if !s.isClean(d.definiteBefore) { throw fail("silent", "\(d.name): the update returned, but roots fail: \(s.outcomes)") }
        } else if s.isClean(roots) {
            throw fail("thrown", "\(d.name): the update threw \(thrown!), but no root fails")
        }
        if again {
            d.reset()
            let second = try await d.pie.session { session -> Set<Int> in
                _ = try? await session.update(.files(d.changed.sorted().map { File($0) }))
                return d.executed
            }
            var extra = second.subtracting(s.failed).subtracting(d.failed)
            let isClean = s.isClean(roots)
            if thrown == nil && !extra.isEmpty && isClean { throw fail("repeat-update", "\(d.name): a second update executed \(extra.sorted()) \(d.recorder.reasons.withLock { $0 }) failing \(s.failed)") }
            d.reset()
            let third = try await doSession(d, roots, 0)
            if third != outcomes && !c.keepGoing && s.failed.isEmpty { throw fail("repeat-top", "\(d.name): other outcomes") }
            extra = d.executed.subtracting(s.failed).subtracting(d.failed)
            if !extra.isEmpty && isClean { throw fail("repeat-top", "\(d.name): a session after the update executed \(extra.sorted()) \(d.recorder.reasons.withLock { $0 })  failing \(s.failed)") }
            d.reset()
            _ = try? await doUpdate(d, true)
            extra = d.executed.subtracting(s.failed).subtracting(d.failed)
            if !extra.isEmpty && isClean { throw fail("repeat-detect", "\(d.name): a third update executed \(extra.sorted())") }
        }
        return s
    }

    // MARK: Cancellation

    func arm(_ d: Driver, _ k: Int, _ action: @escaping @Sendable () -> Void) {
        d.world.log.withLock { $0.trigger = (at: $0.count + k, action: action) }
    }
    func disarm(_ d: Driver) { d.world.log.withLock { $0.trigger = nil } }

    func cancelSession(_ d: Driver, _ roots: [Int], _ k: Int) async throws {
        let box = Mutex<Task<Void, any Error>?>(nil)
        let holder = Holder(box)
        arm(d, k) { holder.cancel() }
        let task = Task { [d] in
            _ = try await d.pie.session { session in
                for id in roots { _ = await d.require(id, session) }
            }
        }
        holder.set(task)
        _ = await task.result
        disarm(d)
        d.roots.formUnion(roots)
        try await verify(d)
    }

    func cancelUpdate(_ d: Driver, _ detect: Bool, _ k: Int) async throws {
        let holder = Holder(Mutex(nil))
        let changes = d.changes(detect)
        arm(d, k) { holder.cancel() }
        let returned = Mutex(false)
        let flag = Flag()
        _ = returned
        let task = Task { [d] in
            _ = try await d.pie.session { session in
                try await session.update(changes)
                flag.set()
            }
        }
        holder.set(task)
        _ = await task.result
        disarm(d)
        if flag.isSet { d.changed = [] }
        try await verify(d)
    }

    func cancelOne(_ d: Driver, _ x: Int, _ y: Int, _ k: Int) async throws {
        let holder = Holder(Mutex(nil))
        d.roots.formUnion([x, y])
        let copy = copyFolder(d, c)
        d.reset()
        arm(d, k) { holder.cancel() }
        let outcome = try await d.pie.session { [d] session in
            let task = Task {
                _ = await d.require(x, session)
            }
            holder.set(task)
            let outcome = await d.require(y, session)
            _ = await task.result
            return outcome
        }
        disarm(d)
        let s = try await scratch([y], of: d, c, copy: copy)
        if outcome != s.outcomes[y], !(outcome.isError && s.outcomes[y]!.isError) {
            throw fail("cancel-one", "\(d.name): task \(y) gave \(outcome), from scratch \(s.outcomes[y]!)")
        }
        try await verify(d)
    }

    func supersede(_ d: Driver, _ roots: [Int], _ k: Int, _ next: [Int], _ edits: [Edit], _ detect: Bool?) async throws {
        d.roots.formUnion(roots + next)
        let flag = Flag()
        let changes = d.changes(detect ?? false)
        let second = Second()
        let unsafe = UnsafeBox(d)
        arm(d, k) {
            second.start {
                let d = unsafe.value
                d.apply(edits)
                return try await d.pie.session(superseding: true) { session in
                    var outcomes: [Int: Outcome] = [:]
                    for id in next { outcomes[id] = await d.require(id, session) }
                    return outcomes
                }
            }
        }
        let task = Task { [d] in
            try await d.pie.session { session in
                if detect != nil {
                    try await session.update(changes)
                    flag.set()
                } else {
                    for id in roots { _ = await d.require(id, session) }
                }
            }
        }
        _ = await task.result
        disarm(d)
        if let second = second.task {
            let outcomes = try await second.value
            let s = try await scratch(next, of: d, c, copy: copyFolder(d, c))
            try compareOutcomes(d, next, outcomes, s, "superseding")
        } else {
            d.apply(edits)
        }
        if flag.isSet { d.changed = Set(edits.compactMap(editedName)) }
        try await verify(d)
    }

    func compareOutcomes(_ d: Driver, _ roots: [Int], _ outcomes: [Int: Outcome], _ s: Scratch, _ what: String) throws {
        for id in roots where outcomes[id] != s.outcomes[id] {
            if outcomes[id]?.isError ?? false, s.outcomes[id]?.isError ?? false { continue }
            if verbose { print(d.recorder.events.withLock { $0.joined(separator: "\n") }) }
            throw fail("outcome", "\(d.name) \(what): task \(id) gave \(outcomes[id]!), from scratch \(s.outcomes[id]!)")
        }
    }

    /// After something unusual half of the time nothing is checked at once, so that states add up.
    func verify(_ d: Driver) async throws {
        if stepIndex % 3 != 0 { return }
        var executed: [Set<Int>] = []
        var reasons: [[Int: String]] = []
        _ = try await updateOne(d, false, false, &executed, &reasons)
    }
}

func editedName(_ edit: Edit) -> String? {
    switch edit {
    case .set(let f, _), .touch(let f), .rewrite(let f), .delete(let f): srcName(f)
    case .setGen(let g, _), .deleteGen(let g): genName(g)
    case .input: nil
    }
}

struct UnsafeBox<T>: @unchecked Sendable {
    let value: T
    init(_ value: T) { self.value = value }
}

final class Flag: Sendable {
    private let state = Mutex(false)
    func set() { state.withLock { $0 = true } }
    var isSet: Bool { state.withLock { $0 } }
}

final class Second: Sendable {
    private let state = Mutex<Task<[Int: Outcome], any Error>?>(nil)
    func start(_ body: @escaping @Sendable () async throws -> [Int: Outcome]) {
        let task = Task.detached { try await body() }
        state.withLock { $0 = task }
    }
    var task: Task<[Int: Outcome], any Error>? { state.withLock { $0 } }
}

final class Holder: Sendable {
    private struct State {
        var cancel: (@Sendable () -> Void)?
        var isCancelled = false
    }
    private let state = Mutex(State())
    init(_ unused: consuming Mutex<Task<Void, any Error>?>) {}
    func set<F: Error>(_ task: Task<Void, F>) {
        let now = state.withLock { s -> Bool in
            s.cancel = { task.cancel() }
            return s.isCancelled
        }
        if now { task.cancel() }
    }
    func cancel() {
        let c = state.withLock { s in
            s.isCancelled = true
            return s.cancel
        }
        c?()
    }
}

struct ProgressState {
    var seed: UInt64 = 0
    var step = 0
    var since = ContinuousClock.now
    var current: Case?
}
let progress = Mutex(ProgressState())
