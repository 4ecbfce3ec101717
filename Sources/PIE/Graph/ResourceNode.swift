/// What the graph knows of one resource.
struct ResourceNode {
    /// The session in which the resource was last looked at.
    var looked: Epoch = 0

    /// What was seen then; 0: nothing yet.
    var current: ObservationID = 0

    /// The unsaved buffer over this file; 0: none.
    var buffer: ObservationID = 0

    /// The first of the dependencies on this resource, linked through the arena.
    var firstReader: DependencyID = 0

    /// The task that provides this file, by the last run that was committed.
    var provider: TaskID = 0

    /// The session in which a task that reads this file was last made consistent, or read it.
    var readEpoch: Epoch = 0

    /// The executions that last provided and last read the file.
    var providedBy: UInt32 = 0
    var readBy: UInt32 = 0

    /// A mark of the last commit that met the resource, to notice repeated dependencies.
    var mark: UInt32 = 0

    /// The table of the resource's type (0: files), and the place in it; ``Node/unnamed`` if nobody has decoded it.
    var type: UInt32
    var local: UInt32

    /// Whether this is an ``Input``: a value that the host gives, and that nothing else changes.
    var isInput = false

    /// Whether `current` is what an input gives, in this session or in a later one, until the host sets it.
    var isSettled = false

    init(type: UInt32, local: UInt32) {
        self.type = type
        self.local = local
    }

    var isFile: Bool { type == 0 }

    /// Whether what is there now is known in a session.
    func isKnown(in epoch: Epoch) -> Bool { looked == epoch || isSettled }
}

/// The place of an observation in the graph; 0 stands for none.
@usableFromInline typealias ObservationID = UInt32

/// What was once seen of a resource; shared by the dependencies that saw it.
struct Observation {
    /// What was seen of a file.
    var file: FileStamp = .missing

    /// What was seen of another resource.
    var stamp: AnyStamp?

    /// It could not be looked at: nothing equals it.
    var isUnreadable = false

    /// How many dependencies and resources refer to it; in a free place, the next free one.
    var references: UInt32 = 0

    /// Whether it says something about a file.
    var isFile: Bool { stamp == nil && !isUnreadable }
}

/// A stamp of unknown type.
// SAFETY: `@unchecked` because the class is not final. It has no stored property, and its only subclass is final with
// one `let` of a `Sendable` type.
class AnyStamp: @unchecked Sendable {
    func isEqual(to other: AnyStamp) -> Bool { preconditionFailure("abstract") }

    /// The stamp as it is to be stored; nil if it cannot be encoded.
    ///
    /// Runs users' code.
    func encoding(in store: EngineStore) -> EncodedValue? { nil }

    /// The stamp as it is stored already.
    var storedBytes: [UInt8]? { nil }

    /// Whether an encoded stamp is equal; runs users' code.
    func isEqual(toEncoding encoding: [UInt8], _ store: EngineStore) -> Bool { false }

    var text: String { preconditionFailure("abstract") }
}

/// The box around a stamp.
final class Stamp<Value: Equatable & Codable & Sendable>: AnyStamp, @unchecked Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    override func encoding(in store: EngineStore) -> EncodedValue? { try? store.encode(value) }

    override func isEqual(toEncoding encoding: [UInt8], _ store: EngineStore) -> Bool {
        (try? store.decode(Value.self, from: encoding)) == value
    }

    override func isEqual(to other: AnyStamp) -> Bool {
        guard type(of: other) == Stamp<Value>.self else { return false }
        // The dynamic type was compared in the line before: the cast cannot fail.
        return unsafeDowncast(other, to: Stamp<Value>.self).value == value
    }

    override var text: String { String(describing: value) }
}
