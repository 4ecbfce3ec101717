/// What the two incremental contexts have in common: all but how a task is executed.
extension ExecutingContext {
    /// Makes a task consistent and depends on the stamp of its output alone.
    @discardableResult
    public func require<T: IncrementalTask, S: OutputStamper>(
        _ task: T,
        stamper: S
    ) async throws -> T.Output where S.Output == T.Output {
        if S.self == EqualStamper<T.Output>.self { return try await require(task) }
        return try await engine.require(task, reducing: StamperReducer(stamper: stamper), in: self).output
    }

    /// Makes a task consistent and returns, and depends on, a part of its output.
    @discardableResult
    public func require<T: IncrementalTask, P: Projection>(
        _ task: T,
        projecting: P
    ) async throws -> P.Projected where P.Output == T.Output {
        try await engine.require(task, reducing: ProjectionReducer(projection: projecting), in: self).stamp
    }

    /// Makes a task of any type consistent and returns its output.
    @discardableResult
    public func require(_ task: AnyTask) async throws -> any Equatable & Codable & Sendable {
        let id = task.box.intern(in: engine)
        try await engine.require(all: [id], by: key)
        let output = try engine.anyOutput(of: id)
        try engine.confirm(key)
        return output
    }

    /// Makes several tasks consistent, in parallel.
    @inlinable
    @discardableResult
    public func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output] {
        let locations = tasks.map { engine.locate($0) }
        if let first = locations.first { engine.specialise(first.table) }
        try await engine.require(all: locations.map(\.id), by: key)
        let outputs = try engine.outputs(at: locations)
        try engine.confirm(key)
        return outputs
    }

    /// Makes several tasks of any types consistent, in parallel.
    @discardableResult
    public func require(all tasks: [AnyTask]) async throws -> [any Equatable & Codable & Sendable] {
        let ids = tasks.map { $0.box.intern(in: engine) }
        try await engine.require(all: ids, by: key)
        let outputs = try ids.map(engine.anyOutput)
        try engine.confirm(key)
        return outputs
    }

    /// Makes two or more tasks of different types consistent, in parallel.
    @inlinable
    @discardableResult
    public func require<A: IncrementalTask, B: IncrementalTask, each More: IncrementalTask>(
        _ a: A,
        _ b: B,
        _ more: repeat each More
    ) async throws -> (A.Output, B.Output, repeat (each More).Output) {
        let first = engine.locate(a)
        let second = engine.locate(b)
        let others = (repeat engine.locate(each more))
        var ids = [first.id, second.id]
        for other in repeat each others { ids.append(other.id) }
        try await engine.require(all: ids, by: key)
        let outputs = try (engine.output(at: first), engine.output(at: second), repeat engine.output(at: each others))
        try engine.confirm(key)
        return outputs
    }

    /// Reads a file.
    public func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        try await engine.read(file, stamper: stamper, by: key)
    }

    /// Depends on a file that another program reads, without reading it here.
    public func depend(on file: File, stamper: FileStamper) async throws {
        try await engine.depend(on: file, stamper: stamper, by: key)
    }

    /// Writes a file unless it has these bytes already, and provides it.
    public func write(_ bytes: some Sequence<UInt8> & Sendable, to file: File) async throws {
        try await engine.write(bytes as? [UInt8] ?? Array(bytes), to: file, by: key)
    }

    /// Provides a file that another program wrote just now.
    public func provide(_ file: File) async throws {
        try await engine.write(nil, to: file, by: key)
    }

    /// Reads a resource.
    @inlinable
    public func read<R: Resource>(_ resource: R) async throws -> R.Content {
        if let content = engine.loaded(resource, by: key) { return content }
        return try await engine.read(resource, by: key)
    }

    /// Returns what a task's output was before this session, without depending on it.
    public func previousOutput<T: IncrementalTask>(of task: T) async -> T.Output? {
        engine.previousOutput(of: task)
    }
}
