/// The lines of a program with the report beside them.
public struct Page {
    private let lines: [String]
    private let report: [String]

    /// Creates a page.
    public init(lines: [String], report: [String]) {
        self.lines = lines
        self.report = report
    }

    /// The page, with the report in a column of its own.
    public var text: String {
        let width = (lines.map(\.count).max() ?? 0) + 2
        return (0..<max(lines.count, report.count)).map { index in
            let line = index < lines.count ? lines[index] : ""
            let remark = index < report.count ? report[index] : ""
            return remark.isEmpty ? line : line + String(repeating: " ", count: width - line.count) + remark
        }.joined(separator: "\n")
    }
}
