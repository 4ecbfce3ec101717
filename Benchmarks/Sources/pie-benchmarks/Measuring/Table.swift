/// Prints rows for people.
enum Table {
    private static let columns: [(title: String, width: Int)] = [
        ("workload", -9), ("size", 9), ("jobs", 4), ("phase", -32), ("median", 10), ("min", 10), ("max", 10),
        ("runs", 4),
        ("each", 17),
    ]

    /// The line of titles.
    static var header: String { line(columns.map(\.title)) }

    /// The line of a row.
    static func line(_ row: Row) -> String {
        let figures: [String]
        var each = "\(decimal(row.each, places: row.each < 10 ? 1 : 0)) "
        switch row.figure {
        case .time(let median, let min, let max, let runs):
            figures = [milliseconds(median), milliseconds(min), milliseconds(max), "\(runs)"]
            each += "ns/\(row.count.unit)"
        case .memory(let bytes):
            figures = ["\(decimal(Double(bytes) / 1e6, places: 1)) MB", "", "", ""]
            each += "B/\(row.count.unit)"
        case .ratio:
            figures = ["\(decimal(row.each, places: 3))", "", "", ""]
            each = ""
        }
        return line([row.workload, grouped(row.size), "\(row.jobs)", row.phase] + figures + [each])
    }

    private static func line(_ fields: [String]) -> String {
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

    private static func decimal(_ value: Double, places: Int) -> String {
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
