/// Prints rows for people.
struct Table {
    /// Whether there are rows of another run to compare with.
    let compares: Bool

    /// Whether this machine counts instructions.
    let countsInstructions = Instructions.areCounted

    private var columns: [(title: String, width: Int)] {
        [
            ("workload", -9), ("size", 9), ("jobs", 4), ("phase", -35), ("median", 10), ("min", 10), ("max", 10),
            ("runs", 4), ("each", 17),
        ] + (countsInstructions ? [("instructions", 12)] : []) + (compares ? [("to saved", 8)] : [])
    }

    /// The line of titles.
    var header: String { line(columns.map(\.title)) }

    /// The line of a row.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - ratio: How many times as much it is as the saved one; `nil` if none was saved.
    /// - Returns: The line.
    func line(_ row: Row, ratio: Double?) -> String {
        let figures: [String]
        var each = "\(Self.decimal(row.each, places: row.each < 10 ? 1 : 0)) "
        var instructions = ""
        switch row.figure {
        case .time(let median, let minimum, let maximum, let runs, let counted):
            figures = [Self.milliseconds(median), Self.milliseconds(minimum), Self.milliseconds(maximum), "\(runs)"]
            each += "ns/\(row.count.unit)"
            instructions = counted.map { Self.grouped($0 / max(1, row.count.number)) } ?? ""
        case .memory(let bytes):
            figures = ["\(Self.decimal(Double(bytes) / 1e6, places: 1)) MB", "", "", ""]
            each += "B/\(row.count.unit)"
        case .ratio:
            figures = ["\(Self.decimal(row.each, places: 3))", "", "", ""]
            each = ""
        }
        return line(
            [row.workload, Self.grouped(row.size), "\(row.jobs)", row.phase] + figures + [each]
                + (countsInstructions ? [instructions] : [])
                + (compares ? [ratio.map { "\(Self.decimal($0, places: 2)) x" } ?? "new"] : [])
        )
    }

    private func line(_ fields: [String]) -> String {
        zip(fields, columns)
            .map { field, column in
                let padding = String(repeating: " ", count: max(0, abs(column.width) - field.count))
                return column.width < 0 ? field + padding : padding + field
            }
            .joined(separator: "  ")
    }

    /// Three significant digits, as far as a microsecond's fraction makes sense.
    private static func milliseconds(_ nanoseconds: Int) -> String {
        let value = Double(nanoseconds) / 1e6
        return "\(decimal(value, places: value < 1 ? 4 : value < 10 ? 2 : 1)) ms"
    }

    /// A number with some digits after the point.
    static func decimal(_ value: Double, places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((value * Double(scale)).rounded())
        if places == 0 { return grouped(scaled) }
        let fraction = String(scaled % scale)
        return grouped(scaled / scale) + "." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    private static func grouped(_ number: Int) -> String {
        var text = ""
        for (place, digit) in String(number).reversed().enumerated() {
            if place > 0 && place % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
