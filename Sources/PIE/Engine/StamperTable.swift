/// The stamp of an output, as a requirer saw it, with the stamper that made it.
// SAFETY: `@unchecked` because the class is not final. It has no stored property, and its only subclass is final with
// `let` properties of `Sendable` types.
@usableFromInline
class AnyOutputStamp: @unchecked Sendable {
    /// The stamp as it is to be stored; nil if it cannot be encoded.
    ///
    /// Runs users' code.
    func encoding(in store: EngineStore) -> EncodedValue? { preconditionFailure("abstract") }

    /// The name of the type of the stamper or projection, and how it is encoded; nil if it cannot be.
    ///
    /// Runs users' code.
    func reducer(in store: EngineStore) -> (type: String, encoding: EncodedValue)? { nil }

    /// The stamp as it is stored already.
    var storedBytes: [UInt8]? { nil }

    /// Whether the present output of a task has this stamp; runs users' code.
    func holds(for task: TaskID, in engine: Engine) -> Bool { preconditionFailure("abstract") }
}

/// Something that reduces an output to what a requirer depends on: a stamper or a projection.
protocol OutputReducer<Output, Stamp>: Hashable, Sendable {
    associatedtype Output
    associatedtype Stamp: Equatable & Codable & Sendable
    associatedtype Stored: Codable
    /// The name of the stamper's or projection's type in a store.
    static var name: String { get }
    /// What a store keeps of it.
    var stored: Stored { get }
    init(stored: Stored)
    func reduce(_ output: Output) -> Stamp
    /// The stamper or projection as Swift would print it.
    var text: String { get }
}

/// A stamper as a reducer.
struct StamperReducer<S: OutputStamper>: OutputReducer {
    let stamper: S
    static var name: String { "stamper \(String(reflecting: S.self))" }
    var stored: S { stamper }

    init(stamper: S) {
        self.stamper = stamper
    }

    init(stored: S) {
        stamper = stored
    }

    func reduce(_ output: S.Output) -> S.Stamp { stamper.stamp(output) }
    var text: String { String(describing: stamper) }
}

/// A projection as a reducer.
struct ProjectionReducer<P: Projection>: OutputReducer {
    let projection: P
    static var name: String { "projection \(String(reflecting: P.self))" }
    var stored: P { projection }

    init(projection: P) {
        self.projection = projection
    }

    init(stored: P) {
        projection = stored
    }

    func reduce(_ output: P.Output) -> P.Projected { projection.project(output) }
    var text: String { String(describing: projection) }
}

/// A stamp made by a reducer of type `R` of the output of a task of type `T`.
final class OutputStamp<T: IncrementalTask, R: OutputReducer>: AnyOutputStamp, @unchecked Sendable
where R.Output == T.Output {
    let reducer: R
    let stamp: R.Stamp

    init(_ reducer: R, _ stamp: R.Stamp) {
        self.reducer = reducer
        self.stamp = stamp
    }

    override func encoding(in store: EngineStore) -> EncodedValue? { try? store.encode(stamp) }

    override func reducer(in store: EngineStore) -> (type: String, encoding: EncodedValue)? {
        (try? store.encode(reducer.stored)).map { (R.name, $0) }
    }

    override func holds(for task: TaskID, in engine: Engine) -> Bool {
        guard let output = engine.output(of: task, in: engine.table(of: T.self)) else { return false }
        return reducer.reduce(output.value) == stamp
    }
}

/// The stampers and projections of one type, as the engine reaches them without knowing the type.
// SAFETY: `@unchecked` because the class is not final. It has no stored property, and its only subclass is final with
// one `let` of a `Sendable` type.
class AnyReducerTable: @unchecked Sendable {
    /// The stampers and projections as Swift would print them, by id; users' code.
    var texts: [(id: StamperID, text: String)] { preconditionFailure("abstract") }
}

/// The stampers and projections of one type, found by value.
final class ReducerTable<R: OutputReducer>: AnyReducerTable, @unchecked Sendable {
    let index = InternTable<R, Void>()

    override var texts: [(id: StamperID, text: String)] {
        (0..<UInt32(index.count)).map { (index.id($0), index.key($0).text) }
    }
}

/// The stamp of an output as bytes of a store, decoded when it is compared.
final class StoredOutputStamp: AnyOutputStamp, @unchecked Sendable {
    let reducer: StamperID

    /// How the stamp was encoded.
    let bytes: [UInt8]

    init(reducer: StamperID, _ bytes: [UInt8]) {
        self.reducer = reducer
        self.bytes = bytes
    }

    override var storedBytes: [UInt8]? { bytes }

    override func holds(for task: TaskID, in engine: Engine) -> Bool {
        guard let store = engine.store, let output = engine.presentOutput(of: task) else { return false }
        let (reducer, stamp) = engine.state.withLock { state -> (StoreCatalog.Reducer?, [UInt8]?) in
            guard let catalog = state.graph.storage?.catalog else { return (nil, nil) }
            return (catalog.reducer(self.reducer), try? catalog.encoding(of: bytes))
        }
        guard let reducer, let stamp, let coder = store.reducerCoder(reducer.type) else { return false }
        let value = engine.state.withLock { try? $0.graph.storage?.catalog.encoding(of: reducer.value) }
        guard let value else { return false }
        return coder.holds(value, stamp, output, store)
    }
}

/// Compares stored stamps of one type of stamper or projection.
// SAFETY: `@unchecked` because the class is not final. It has no stored property, and neither has its only subclass.
class AnyReducerCoder: @unchecked Sendable {
    /// Whether an output has a stamp, given the encodings of the stamper or projection and of the stamp.
    func holds(_ reducer: [UInt8], _ stamp: [UInt8], _ output: Any, _ store: EngineStore) -> Bool {
        preconditionFailure("abstract")
    }

    /// A stamper or projection as Swift would print it, given its encoding; nil if that does not decode.
    func text(_ reducer: [UInt8], _ store: EngineStore) -> String? { preconditionFailure("abstract") }
}

/// Compares stored stamps of stampers or projections of type `R`.
final class ReducerCoder<R: OutputReducer>: AnyReducerCoder, @unchecked Sendable {
    override func holds(_ reducer: [UInt8], _ stamp: [UInt8], _ output: Any, _ store: EngineStore) -> Bool {
        guard let output = output as? R.Output,
            let reducer = try? store.decode(R.Stored.self, from: reducer),
            let stamp = try? store.decode(R.Stamp.self, from: stamp)
        else { return false }
        return R(stored: reducer).reduce(output) == stamp
    }

    override func text(_ reducer: [UInt8], _ store: EngineStore) -> String? {
        (try? store.decode(R.Stored.self, from: reducer)).map { R(stored: $0).text }
    }
}
