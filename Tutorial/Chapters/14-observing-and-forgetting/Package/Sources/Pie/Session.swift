/// One look at the world: each task is made consistent at most once.
public final class Session {
    private(set) var graph: Graph
    let files: FileSystem
    private let trackers: [any Tracker]
    private var outcomes: [AnyTask: Result<any TaskOutput, any Error>] = [:]
    private var recordings: [AnyTask: Recording] = [:]
    /// Which task waits for which other one, executing or being checked.
    private var waiting: [AnyTask: AnyTask] = [:]
    /// What the library has objected to in an executing task.
    private var objections: [AnyTask: BuildError] = [:]
    /// Whether this session was told what has changed, and so knows that all else has not.
    private var isBottomUp = false
    /// Who has written which file in this session.
    private var claims: [File: AnyTask] = [:]
    /// Who has read which file while executing in this session.
    private var readers: [File: Set<AnyTask>] = [:]

    init(graph: Graph, files: FileSystem, trackers: [any Tracker]) {
        self.graph = graph
        self.files = files
        self.trackers = trackers
    }

    /// Makes a task consistent and returns its output.
    @discardableResult
    public func require<T: IncrementalTask>(_ task: T) async throws -> T.Output {
        graph.roots.insert(AnyTask(task))
        if let output = known(AnyTask(task)) { return task.typed(output) }
        return try await TopDownContext(session: self, task: nil).require(task)
    }

    /// Makes all tasks consistent that a change affects.
    ///
    /// `changed` names all files that have changed since the last update, or since the first session.
    /// When a task fails the others go on, and the first error is thrown at the end.
    public func update(_ changed: [File]) async throws {
        for file in changed { scheduleTasks(affectedBy: file) }
        isBottomUp = true
        var firstError: (any Error)?
        while let task = graph.nextScheduled(where: { outcomes[$0] == nil && graph.isObserved($0) }) {
            do { _ = try await makeConsistent(task, for: nil) } catch { firstError = firstError ?? error }
        }
        if let firstError { throw firstError }
    }

    /// The output of a task that no change has reached.
    private func known(_ task: AnyTask) -> (any TaskOutput)? {
        isBottomUp && !graph.isReachedByChange(task) ? graph[task]?.output : nil
    }

    /// Returns what is known of a task to another one, which depends on it from now on.
    func requireKnown(_ task: AnyTask, by requirer: AnyTask) -> (any TaskOutput)? {
        guard let output = known(task) else { return nil }
        record(.task(TaskDependency(task: task, output: output)), by: requirer)
        return output
    }

    /// The output of a task: as it is known, or else after making the task consistent.
    private func currentOutput(of task: AnyTask, for requirer: AnyTask?) async throws -> any TaskOutput {
        if let output = known(task) { return output }
        return try await makeConsistent(task, for: requirer)
    }

    /// Puts the tasks in line that have read or written a file, and for which it does not look as it did.
    private func scheduleTasks(affectedBy file: File) {
        for task in [graph.provider(of: file)].compactMap(\.self) + graph.readers(of: file) {
            let holds = graph[task]?.dependencies.allSatisfy { dependency in
                switch dependency {
                case .file(let used), .provided(let used):
                    used.file != file || (try? used.isConsistent(in: files)) == true
                case .task: true
                }
            }
            if holds == false { graph.schedule(task) }
        }
    }

    /// Puts the tasks in line for which a task that was executed does not look as it did.
    private func scheduleTasks(affectedBy task: AnyTask, before: Record?) {
        guard let record = graph[task] else { return }
        for requirer in graph.requirers(of: task) {
            let holds = graph[requirer]?.dependencies.allSatisfy { dependency in
                guard case .task(let used) = dependency, used.task == task else { return true }
                return used.output.map { $0.isEqual(to: record.output) } ?? false
            }
            if holds == false { graph.schedule(requirer) }
        }
        for case .provided(let file) in record.dependencies + (before?.dependencies ?? []) {
            scheduleTasks(affectedBy: file.file)
        }
    }

    /// Makes a task consistent for another one, which depends on it from now on.
    func require(_ task: AnyTask, by requirer: AnyTask?) async throws -> any TaskOutput {
        // The question is recorded first: it counts even if the answer is an error, and its place is that of asking.
        record(.task(TaskDependency(task: task, output: nil)), by: requirer)
        do {
            let output = try await makeConsistent(task, for: requirer)
            record(.task(TaskDependency(task: task, output: output)), by: requirer)
            return output
        } catch let error as BuildError {
            throw objection(error, to: requirer)
        }
    }

    /// Remembers an error, so that the task fails with it even if it catches it.
    private func objection(_ error: BuildError, to task: AnyTask?) -> BuildError {
        if let task { objections[task] = error }
        return error
    }

    /// Reads a file for a task, which depends on it from now on.
    func read(_ file: File, stamper: FileStamper, by reader: AnyTask?) throws -> [UInt8]? {
        if let reader {
            try checkProvider(of: file, for: reader)
            readers[file, default: []].insert(reader)
        }
        let (bytes, stamp) = try files.read(file, by: stamper)
        record(.file(FileDependency(file: file, stamper: stamper, stamp: stamp)), by: reader)
        return bytes
    }

    /// Writes a file for a task, which provides it from now on.
    func write(_ bytes: [UInt8], to file: File, by provider: AnyTask?) throws {
        if let provider {
            try claim(file, for: provider)
            try checkReaders(of: file, for: provider)
        }
        // A file that is right already keeps its modification time.
        if try files.read(file) != bytes { try files.write(bytes, to: file) }
        record(.provided(FileDependency(file: file, stamper: .content, stamp: .content(of: bytes))), by: provider)
    }

    /// Makes a task consistent, unless that was done before in this session; records nothing.
    func makeConsistent(_ task: AnyTask, for requirer: AnyTask?) async throws -> any TaskOutput {
        if let outcome = outcomes[task] { return try outcome.get() }
        if let requirer {
            if let cycle = cycle(from: task, to: requirer) { throw BuildError.cycle(cycle) }
            waiting[requirer] = task
        }
        defer { if let requirer { waiting[requirer] = nil } }
        do {
            let output = try await checkOrExecute(task)
            outcomes[task] = .success(output)
            graph.unschedule(task)
            return output
        } catch {
            outcomes[task] = .failure(error)
            graph.schedule(task)
            for requirer in graph.requirers(of: task) { graph.schedule(requirer) }
            throw error
        }
    }

    /// Makes sure that no other task of this session provides a file.
    private func claim(_ file: File, for task: AnyTask) throws {
        if let other = claims[file] ?? graph.provider(of: file), other != task {
            if claims[file] != nil || isConsistent(other) {
                throw objection(.overlappingFile(file, provider: other, other: task), to: task)
            }
            // It belongs to an earlier session, and may never be required again.
            graph.remove(other)
        }
        claims[file] = task
    }

    /// Makes sure that a task which reads a file has required its provider.
    private func checkProvider(of file: File, for reader: AnyTask) throws {
        guard let provider = claims[file] ?? graph.provider(of: file), provider != reader else { return }
        let required = recordings[reader]?.tasks ?? []
        guard required.contains(where: { $0 == provider || graph.requires($0, provider) }) else {
            throw objection(.hiddenDependency(file, reader: reader, provider: provider), to: reader)
        }
    }

    /// Makes sure that nobody has read a file before it is written.
    private func checkReaders(of file: File, for provider: AnyTask) throws {
        let readNow = readers[file] ?? []
        // In alphabetical order, so that the error always names the same one.
        let all = readNow.union(graph.readers(of: file)).sorted { "\($0)" < "\($1)" }
        for reader in all where reader != provider {
            if readNow.contains(reader) || isConsistent(reader) {
                throw objection(.hiddenDependency(file, reader: reader, provider: provider), to: provider)
            }
            if !graph.requires(reader, provider) { graph.remove(reader) }
        }
    }

    /// Whether a task was made consistent in this session, or is known to be and wanted by the host.
    private func isConsistent(_ task: AnyTask) -> Bool {
        if case .success = outcomes[task] { return true }
        return outcomes[task] == nil && graph.roots.contains(task) && known(task) != nil
    }

    /// The cycle that is closed when one task waits for another, or `nil` if none is.
    private func cycle(from task: AnyTask, to requirer: AnyTask) -> [AnyTask]? {
        var path = [task]
        var last = task
        while last != requirer {
            guard let next = waiting[last] else { return nil }
            path.append(next)
            last = next
        }
        return path + [task]
    }

    private func record(_ dependency: Dependency, by task: AnyTask?) {
        if let task { recordings[task]?.add(dependency) }
    }

    private func checkOrExecute(_ task: AnyTask) async throws -> any TaskOutput {
        guard let record = graph[task] else { return try await execute(task, because: .new) }
        tell(.checking(task))
        guard let reason = await firstInconsistent(of: record.dependencies, for: task) else {
            tell(.reused(task))
            return record.output
        }
        return try await execute(task, because: reason)
    }

    /// The first dependency that does not hold, as a reason to execute; `nil` if all hold.
    private func firstInconsistent(of dependencies: [Dependency], for requirer: AnyTask) async -> ExecutionReason? {
        for dependency in dependencies {
            switch dependency {
            case .file(let file), .provided(let file):
                // A file that cannot be looked at does not hold either.
                if (try? file.isConsistent(in: files)) != true { return .file(file.file) }
            case .task(let task):
                // A task that fails does not return what it returned: its requirer runs and meets the error itself.
                guard let known = task.output,
                    let output = try? await currentOutput(of: task.task, for: requirer),
                    output.isEqual(to: known)
                else { return .task(task.task) }
            }
        }
        return nil
    }

    private func execute(_ task: AnyTask, because reason: ExecutionReason) async throws -> any TaskOutput {
        tell(.executing(task, reason))
        recordings[task] = Recording()
        defer { recordings[task] = nil }
        do {
            let output =
                isBottomUp
                ? try await task.execute(in: BottomUpContext(session: self, task: task))
                : try await task.execute(in: TopDownContext(session: self, task: task))
            if let error = objections[task] { throw error }
            let before = graph[task]
            let changed = before.map { !$0.output.isEqual(to: output) } ?? true
            graph.commit(Record(output: output, dependencies: recordings[task]?.dependencies ?? []), of: task)
            tell(.executed(task, changed: changed))
            scheduleTasks(affectedBy: task, before: before)
            return output
        } catch {
            tell(.failed(task, error))
            throw error
        }
    }

    private func tell(_ event: BuildEvent) {
        for tracker in trackers { tracker.handle(event) }
    }
}
