/// The stamp of an output, as a requirer saw it, with the stamper that made it.
// SAFETY: `@unchecked` because the class is not final. It has no stored property, and its only subclass is final with
// `let` properties of `Sendable` types.
@usableFromInline
class AnyOutputStamp: @unchecked Sendable {
    /// Whether the present output of a task has this stamp; runs users' code.
    func holds(for task: TaskID, in engine: Engine) -> Bool { preconditionFailure("abstract") }
}

/// Something that reduces an output to what a requirer depends on: a stamper or a projection.
protocol OutputReducer<Output, Stamp>: Hashable, Sendable {
    associatedtype Output
    associatedtype Stamp: Equatable & Sendable
    func reduce(_ output: Output) -> Stamp
    /// The stamper or projection as Swift would print it.
    var text: String { get }
}

/// A stamper as a reducer.
struct StamperReducer<S: OutputStamper>: OutputReducer {
    let stamper: S
    func reduce(_ output: S.Output) -> S.Stamp { stamper.stamp(output) }
    var text: String { String(describing: stamper) }
}

/// A projection as a reducer.
struct ProjectionReducer<P: Projection>: OutputReducer {
    let projection: P
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

    override func holds(for task: TaskID, in engine: Engine) -> Bool {
        guard let output = engine.presentOutput(of: task, as: T.self) else { return false }
        return reducer.reduce(output) == stamp
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
    let index = InternTable<R>()

    override var texts: [(id: StamperID, text: String)] {
        (0..<UInt32(index.count)).map { place in
            let entry = index.entries.publishedAddress(place).pointee
            return (entry.id, entry.key.text)
        }
    }
}
