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
    var typeName: String { preconditionFailure("abstract") }
}

/// The resources of type `R`.
final class ResourceTable<R: Resource>: AnyResourceTable, @unchecked Sendable {
    let index = InternTable<R>()

    override func stamp(_ local: UInt32, in scope: ResourceScope) async throws -> AnyStamp {
        Stamp(try await index.key(local).stamp(in: scope))
    }

    override func describe(_ local: UInt32) -> String {
        "\(R.self) \(index.key(local))"
    }

    override var typeName: String { String(reflecting: R.self) }
}
