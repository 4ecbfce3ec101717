/// A line and a column of a source, both counted from one.
///
/// A column is a byte, and a tab reaches to the next multiple of eight, as `protoc` counts them.
package struct SourcePosition: Hashable, Sendable {
    /// The line, counted from one.
    package var line: UInt32
    /// The column, counted from one.
    package var column: UInt32

    /// The position at `line` and `column`.
    package init(line: UInt32, column: UInt32) {
        self.line = line
        self.column = column
    }

    /// The first byte of a source.
    package static let start = SourcePosition(line: 1, column: 1)
}

extension SourcePosition: Comparable {
    /// Whether `left` stands before `right`.
    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

extension SourcePosition: Codable {
    /// Reads a position from one integer.
    package init(from decoder: any Decoder) throws {
        let packed = try decoder.singleValueContainer().decode(UInt64.self)
        self.init(line: UInt32(truncatingIfNeeded: packed >> 32), column: UInt32(truncatingIfNeeded: packed))
    }

    /// Writes the position as one integer: a file has many of them.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(UInt64(line) << 32 | UInt64(column))
    }
}
