/// The resources of one type, as the engine reaches them without knowing the type.
// SAFETY: `@unchecked` because the class is not final; its only stored property is immutable, and its subclass's keys
// are immutable once they can be found.
@usableFromInline
class AnyResourceTable: @unchecked Sendable {
    /// The number of the type in the engine, from 1; 0 stands for files.
    let type: UInt32

    init(type: UInt32) {
        self.type = type
    }

    func stamp(_ local: UInt32, in scope: ResourceScope) async throws -> AnyStamp { preconditionFailure("abstract") }
    func describe(_ local: UInt32) -> String { preconditionFailure("abstract") }

    /// Decodes a resource of the table and gives it its place; users' code.
    func name(_ resource: ResourceID, _ encoding: [UInt8], in engine: Engine, _ store: EngineStore) -> Bool { false }

    /// How a resource is encoded; users' code.
    func encoding(_ local: UInt32, _ store: EngineStore) -> EncodedValue? { nil }
    var typeName: String { preconditionFailure("abstract") }

    /// Takes out what the last session has loaded, to let go of it; under the engine's lock.
    func takeLoaded() -> AnyObject? { nil }
}

/// The resources of a type that a store names and nobody has told of yet.
final class StoredResourceTable: AnyResourceTable, @unchecked Sendable {
    override var typeName: String { name }
    private let name: String

    init(type: UInt32, name: String) {
        self.name = name
        super.init(type: type)
    }
}

/// The resources of type `R`.
@usableFromInline
final class ResourceTable<R: Resource>: AnyResourceTable, @unchecked Sendable {
    /// The resources, each with what was loaded in this session if it stays the same until the end of it.
    @usableFromInline let index = InternTable<R, Loaded?>()

    /// What was loaded in a session.
    @usableFromInline
    struct Loaded {
        @usableFromInline let content: R.Content
        @usableFromInline let observation: ObservationID
    }

    /// The places of all that was loaded; the engine's lock gives exclusive access.
    @exclusivity(unchecked) private final var loaded: [UInt32] = []

    /// Keeps what was loaded until the end of the session, unless it is there already; under the engine's lock.
    func keep(_ content: R.Content, _ observation: ObservationID, _ local: UInt32) {
        guard index[local] == nil else { return }
        index[local] = Loaded(content: content, observation: observation)
        loaded.append(local)
    }

    override func takeLoaded() -> AnyObject? {
        if loaded.isEmpty { return nil }
        var taken: [R.Content] = []
        for local in loaded {
            if let item = index[local] { taken.append(item.content) }
            index[local] = nil
        }
        loaded = []
        return Garbage(taken)
    }

    override func stamp(_ local: UInt32, in scope: ResourceScope) async throws -> AnyStamp {
        Stamp(try await index.key(local).stamp(in: scope))
    }

    override func name(_ resource: ResourceID, _ encoding: [UInt8], in engine: Engine, _ store: EngineStore) -> Bool {
        guard let value = try? store.decode(R.self, from: encoding) else { return false }
        while case .missing(let hash, let count) = index.search(value) {
            let isAdded = engine.state.withLock { state -> Bool in
                guard let local = index.nextIndex(after: count) else { return false }
                index.add(value, nil, hash: hash, id: resource)
                state.graph.resources[resource].local = local
                if let input = value as? any InputResource { state.addInput(input.key, resource) }
                return true
            }
            if isAdded { return true }
        }
        return false
    }

    override func encoding(_ local: UInt32, _ store: EngineStore) -> EncodedValue? {
        try? store.encode(index.key(local))
    }

    override func describe(_ local: UInt32) -> String {
        "\(R.self) \(index.key(local))"
    }

    override var typeName: String { String(reflecting: R.self) }
}
