/// What the two incremental contexts have in common: all but how a task is executed.
extension ExecutingContext {
    @discardableResult
    public func require<T: IncrementalTask, S: OutputStamper>(
        _ task: T,
        stamper: S
    ) async throws -> T.Output where S.Output == T.Output {
        if S.self == EqualStamper<T.Output>.self { return try await require(task) }
        return try await engine.require(task, reducing: StamperReducer(stamper: stamper), in: self).output
    }

    @discardableResult
    public func require<T: IncrementalTask, P: Projection>(
        _ task: T,
        projecting: P
    ) async throws -> P.Projected where P.Output == T.Output {
        try await engine.require(task, reducing: ProjectionReducer(projection: projecting), in: self).stamp
    }

    @discardableResult
    public func require(_ task: AnyTask) async throws -> any Equatable & Codable & Sendable {
        let id = task.box.intern(in: engine)
        try await engine.require(all: [id], by: key)
        return engine.anyOutput(of: id)
    }

    @discardableResult
    public func require<T: IncrementalTask>(all tasks: [T]) async throws -> [T.Output] {
        let locations = tasks.map { engine.locate($0) }
        try await engine.require(all: locations.map(\.id), by: key)
        return engine.outputs(at: locations)
    }

    @discardableResult
    public func require(all tasks: [AnyTask]) async throws -> [any Equatable & Codable & Sendable] {
        let ids = tasks.map { $0.box.intern(in: engine) }
        try await engine.require(all: ids, by: key)
        return ids.map(engine.anyOutput)
    }

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
        return (engine.output(at: first), engine.output(at: second), repeat engine.output(at: each others))
    }

    public func read(_ file: File, stamper: FileStamper) async throws -> [UInt8]? {
        try await engine.read(file, stamper: stamper, by: key)
    }

    public func depend(on file: File, stamper: FileStamper) async throws {
        try await engine.depend(on: file, stamper: stamper, by: key)
    }

    public func write(_ bytes: some Sequence<UInt8> & Sendable, to file: File) async throws {
        try await engine.write(bytes as? [UInt8] ?? Array(bytes), to: file, by: key)
    }

    public func provide(_ file: File) async throws {
        try await engine.write(nil, to: file, by: key)
    }

    public func read<R: Resource>(_ resource: R) async throws -> R.Content {
        try await engine.read(resource, by: key)
    }

    public func previousOutput<T: IncrementalTask>(of task: T) async -> T.Output? {
        engine.previousOutput(of: task)
    }
}
