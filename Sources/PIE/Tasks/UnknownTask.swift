/// A task of a type that the program does not know: kept as it is, and never executed.
struct UnknownTask: IncrementalTask {
    static var typeIdentifier: String { "PIE.UnknownTask" }

    /// The name of its type in the store.
    let typeIdentifier: String

    /// How it was encoded.
    let encoding: [UInt8]

    func execute(in context: some Context) async throws -> NoOutput {
        throw BuildError.unknownTaskType(typeIdentifier)
    }
}

extension UnknownTask: CustomStringConvertible {
    var description: String { "a task of the unknown type \(typeIdentifier), \(encoding.count) bytes" }
}
