/// One look at the world: each task is made consistent at most once.
public final class Session {
    private(set) var graph: Graph
    let files: FileSystem
    private let trackers: [any Tracker]
    private var outcomes: [AnyTask: Result<any TaskOutput, any Error>] = [:]
    private var recordings: [AnyTask: Recording] = [:]
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
        try await TopDownContext(session: self, task: nil).require(task)
    }

    /// Makes a task consistent for another one, which depends on it from now on.
    func require(_ task: AnyTask, by requirer: AnyTask?) async throws -> any TaskOutput {
        // The question is recorded first: it counts even if the answer is an error, and its place is that of asking.
        record(.task(TaskDependency(task: task, output: nil)), by: requirer)
        let output = try await makeConsistent(task)
        record(.task(TaskDependency(task: task, output: output)), by: requirer)
        return output
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
    func makeConsistent(_ task: AnyTask) async throws -> any TaskOutput {
        if let outcome = outcomes[task] { return try outcome.get() }
        do {
            let output = try await checkOrExecute(task)
            outcomes[task] = .success(output)
            return output
        } catch {
            outcomes[task] = .failure(error)
            throw error
        }
    }

    /// Makes sure that no other task of this session provides a file.
    private func claim(_ file: File, for task: AnyTask) throws {
        if let other = claims[file] ?? graph.provider(of: file), other != task {
            if claims[file] != nil || isConsistent(other) {
                throw BuildError.overlappingFile(file, provider: other, other: task)
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
            throw BuildError.hiddenDependency(file, reader: reader, provider: provider)
        }
    }

    /// Makes sure that nobody has read a file before it is written.
    private func checkReaders(of file: File, for provider: AnyTask) throws {
        let readNow = readers[file] ?? []
        // In alphabetical order, so that the error always names the same one.
        let all = graph.readers(of: file).union(readNow).sorted { "\($0)" < "\($1)" }
        for reader in all where reader != provider {
            if readNow.contains(reader) || isConsistent(reader) {
                throw BuildError.hiddenDependency(file, reader: reader, provider: provider)
            }
            if !graph.requires(reader, provider) { graph.remove(reader) }
        }
    }

    /// Whether a task was made consistent in this session.
    private func isConsistent(_ task: AnyTask) -> Bool {
        if case .success = outcomes[task] { true } else { false }
    }

    private func record(_ dependency: Dependency, by task: AnyTask?) {
        if let task { recordings[task]?.add(dependency) }
    }

    private func checkOrExecute(_ task: AnyTask) async throws -> any TaskOutput {
        guard let record = graph[task] else { return try await execute(task, because: .new) }
        tell(.checking(task))
        guard let reason = await firstInconsistent(of: record.dependencies) else {
            tell(.reused(task))
            return record.output
        }
        return try await execute(task, because: reason)
    }

    /// The first dependency that does not hold, as a reason to execute; `nil` if all hold.
    private func firstInconsistent(of dependencies: [Dependency]) async -> ExecutionReason? {
        for dependency in dependencies {
            switch dependency {
            case .file(let file), .provided(let file):
                // A file that cannot be looked at does not hold either.
                if (try? file.isConsistent(in: files)) != true { return .file(file.file) }
            case .task(let task):
                // A task that fails does not return what it returned: its requirer runs and meets the error itself.
                guard let known = task.output, let output = try? await makeConsistent(task.task),
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
            let output = try await task.execute(in: TopDownContext(session: self, task: task))
            let changed = graph[task].map { !$0.output.isEqual(to: output) } ?? true
            graph.commit(Record(output: output, dependencies: recordings[task]?.dependencies ?? []), of: task)
            tell(.executed(task, changed: changed))
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
