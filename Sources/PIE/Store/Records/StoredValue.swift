/// An encoded value as a store keeps it: the number of its names, and what is to be read with them.
struct StoredValue {
    let names: UInt32
    let encoding: ArraySlice<UInt8>

    /// The number of bytes.
    var count: Int { RecordWriter.size(ofVariable: names) + encoding.count }

    /// The value by itself.
    var bytes: [UInt8] {
        var writer = RecordWriter()
        writer.value(self)
        return writer.bytes
    }
}
