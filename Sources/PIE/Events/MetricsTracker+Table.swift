extension MetricsTracker: CustomStringConvertible {
    /// A table with a row for each task type, the one with the most self-time first, and the sum of all.
    public var description: String {
        let types = types.sorted { left, right in
            (right.value.selfTime, left.key) < (left.value.selfTime, right.key)
        }
        var rows = [["task type", "required", "reused", "executed", "failed", "self-time"]]
        for (identifier, metrics) in types { rows.append(metrics.row(titled: identifier)) }
        rows.append(total.row(titled: "all"))
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + padding : padding + cell.0
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

extension MetricsTracker.Metrics {
    fileprivate func row(titled title: String) -> [String] {
        [title, "\(required)", "\(reused)", "\(executed)", "\(failed)", selfTime.inMilliseconds]
    }
}

extension Duration {
    /// The duration in milliseconds with three decimals, without the help of a formatter.
    fileprivate var inMilliseconds: String {
        let (seconds, attoseconds) = components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        let decimals = "\(abs(microseconds) % 1_000)"
        let padding = String(repeating: "0", count: 3 - decimals.count)
        return "\(microseconds < 0 ? "-" : "")\(abs(microseconds) / 1_000).\(padding)\(decimals) ms"
    }
}
