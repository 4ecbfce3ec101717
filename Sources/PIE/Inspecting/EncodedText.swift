/// A value of a store as text, for people, when its type is not known: the names and values that its encoding contains.
struct EncodedText {
    /// Beyond this many characters the rest is left out.
    private static let limit = 160
    private static let depthLimit = 32

    private let state = DecodingState(userInfo: [:], depthLimit: depthLimit)
    private var text = ""

    /// The text has got long enough.
    private struct Full: Error {}

    /// Describes an encoding; what cannot be read of it is left out.
    static func describe(_ encoding: [UInt8]) -> String {
        var writer = EncodedText()
        encoding.withUnsafeBytes { bytes in
            writer.state.begin(bytes)
            defer { writer.state.end() }
            do {
                try writer.state.readTable()
                _ = try writer.write(writer.state.body, depth: 0)
            } catch {
                writer.text += "…"
            }
        }
        return writer.text
    }

    private mutating func append(_ part: String) throws {
        text += part
        guard text.utf8.count <= Self.limit else {
            text = String(text.prefix(Self.limit))
            throw Full()
        }
    }

    /// Writes the value at an offset.
    ///
    /// - Returns: Where it ends.
    private mutating func write(_ offset: Int, depth: Int) throws -> Int {
        guard depth < Self.depthLimit else { throw Full() }
        if let head = try state.head(at: offset) { return try write(head, depth: depth) }
        var end = offset + 1
        switch try state.byte(at: offset) {
        case Lead.null: try append("nil")
        case Lead.true: try append("true")
        case Lead.false: try append("false")
        case Lead.some: end = try write(offset + 1, depth: depth + 1)
        case Lead.float: try append("\(try state.float(at: offset, end: &end))")
        case Lead.double: try append("\(try state.double(at: offset, end: &end))")
        case Lead.shortString..<Lead.keyed, Lead.string:
            try append(try state.string(at: offset, end: &end).debugDescription)
        default: try append("\(try state.integer(Int128.self, at: offset, end: &end))")
        }
        return end
    }

    private mutating func write(_ head: DecodingState.Head, depth: Int) throws -> Int {
        if head.form == .bytes {
            let count = head.count ?? 0
            try append("\(count) bytes")
            return head.first + count
        }
        try append(head.form == .keyed ? "(" : "[")
        var position = head.first
        var index = 0
        while index != head.count && !(head.count == nil && state.isByte(head.terminator, at: position)) {
            if index > 0 { try append(", ") }
            if head.form == .keyed {
                let name = state.string(in: state.name(try state.nameNumber(&position))) ?? "?"
                // What has no label in Swift has a number here.
                if !name.hasPrefix("_") { try append(name + ": ") }
            } else if head.form == .map {
                position = try write(position, depth: depth + 1)
                try append(": ")
            }
            position = try write(position, depth: depth + 1)
            index += 1
        }
        try append(head.form == .keyed ? ")" : "]")
        return head.count == nil ? position + 1 : position
    }
}
