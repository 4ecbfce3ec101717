/// What a task or resource is known by in a store: the number of its type, and how it was encoded.
struct StoredKey: Hashable {
    /// The number of the type; for resources, 0 stands for files.
    let type: UInt32

    /// The path of a file; of others the number of a table of names, and the value.
    let bytes: [UInt8]

    /// The hash that an index finds it by; the same in every process.
    var hash: UInt64 {
        var writer = RecordWriter()
        writer.variable(type)
        writer.raw(bytes)
        let hash = ContentHash(writer.bytes)
        return hash.high ^ hash.low
    }
}
