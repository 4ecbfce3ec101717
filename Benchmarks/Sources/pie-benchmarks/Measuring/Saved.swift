import Foundation

/// The rows of another run, to compare with.
struct Saved {
    let path: String
    private let rows: [Row.Key: Row]

    /// Reads the rows of a file.
    ///
    /// - Parameter path: A file that `--save` wrote, or the output of `--json`.
    /// - Throws: ``SavedError``.
    init(_ path: String) throws {
        self.path = path
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw SavedError(description: "--compare: there is no file \(path) that can be read; --save writes one")
        }
        var rows: [Row.Key: Row] = [:]
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where !line.isEmpty {
            guard let row = Row(json: line) else {
                throw SavedError(description: "--compare: \(path):\(number + 1) is not a row: \(line.prefix(60))")
            }
            rows[row.key] = row
        }
        if rows.isEmpty { throw SavedError(description: "--compare: \(path) has no rows") }
        self.rows = rows
    }

    /// How many times as much a figure is as the saved one; `nil` if that was not saved, or was nothing.
    func ratio(_ row: Row) -> Double? {
        guard let saved = rows[row.key], saved.value > 0 else { return nil }
        return row.value / saved.value
    }

    /// What there is to say about all ratios together.
    func summary(_ ratios: [(row: Row, ratio: Double)]) -> String {
        guard let highest = ratios.max(by: { $0.ratio < $1.ratio }) else {
            return
                "no row of \(path) was measured again: none has the workload, size, jobs, phase and clock of one here"
        }
        let sorted = ratios.map(\.ratio).sorted()
        let row = highest.row
        func text(_ ratio: Double) -> String { Table.decimal(ratio, places: 2) }
        return "\(ratios.count) of \(rows.count) rows of \(path) measured again: "
            + "median \(text(sorted[sorted.count / 2])) x, lowest \(text(sorted[0])) x, "
            + "highest \(text(highest.ratio)) x (\(row.workload) \(row.size), jobs: \(row.jobs), \(row.phase))"
    }
}

/// A file whose rows cannot be read or written.
struct SavedError: Error, CustomStringConvertible {
    let description: String
}
