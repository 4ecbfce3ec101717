/// A number of bytes, as people read it.
struct ByteCount: CustomStringConvertible {
    private let bytes: Int

    init(_ bytes: Int) {
        self.bytes = bytes
    }

    /// Such as `1 byte`, `512 bytes`, `1.5 kB` or `20.0 MB`.
    var description: String {
        if bytes == 1 { return "1 byte" }
        if bytes < 1_000 { return "\(bytes) bytes" }
        var unit = 1_000
        for name in ["kB", "MB"] {
            // A figure that would be rounded to a thousand belongs to the next unit.
            if bytes < unit * 1_000 - unit / 20 { return text(unit) + " " + name }
            unit *= 1_000
        }
        return text(unit) + " GB"
    }

    private func text(_ unit: Int) -> String {
        let tenths = (bytes + unit / 20) / (unit / 10)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
