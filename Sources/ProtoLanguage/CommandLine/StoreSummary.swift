import PIE

/// What a store holds, for people.
struct StoreSummary {
    /// How many sessions, and how many executions of the last one, are printed.
    private static let sessionLimit = 8
    private static let executionLimit = 20

    private let contents: StoreContents

    init(_ contents: StoreContents) {
        self.contents = contents
    }

    /// Several tables, one below the other.
    var text: String {
        let total = contents.files.files.reduce(0) { $0 + $1.size }
        let state =
            contents.isComplete ? "the last session came to its end" : "the last session has not come to its end"
        var parts = [
            """
            store    \(contents.files.path), \(ByteCount(total)), format \(contents.format), \
            \(Self.folded(contents.generation))
            session  \(contents.lastSession); \(state)
            waiting  \(Self.count(contents.waitingCount, "task")) for the next update
            """
        ]
        if !contents.problems.isEmpty {
            parts.append(contents.problems.map { "Problem: \($0)" }.joined(separator: "\n"))
        }
        parts.append(
            Self.table(
                ["file", "kind", "size"],
                contents.files.files.map { [$0.name, $0.kind.rawValue, "\(ByteCount($0.size))"] }
            )
        )
        parts.append(tasks)
        parts.append(
            Self.table(
                ["resources", "count", "size"],
                contents.resourceTypes.map { [$0.name, "\($0.count)", "\(ByteCount($0.bytes))"] }
            )
        )
        parts += executions
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var tasks: String {
        let types = contents.taskTypes
        func row(_ name: String, _ versions: String, _ types: [StoreContents.TaskType]) -> [String] {
            func sum(_ part: (StoreContents.TaskType) -> Int) -> Int { types.reduce(0) { $0 + part($1) } }
            let sizes = [sum(\.keyBytes), sum(\.recordBytes), sum(\.outputBytes)]
            return [name, versions, "\(sum(\.count))"] + sizes.map { "\(ByteCount($0))" }
        }
        var rows = types.map { type in
            row(
                type.identifier.isEmpty ? "(could not be stored)" : type.identifier,
                type.versions.last.map { "\($0)" } ?? "",
                [type]
            )
        }
        rows.append(row("all", "", types))
        return Self.table(["tasks", "version", "count", "keys", "records", "outputs"], rows)
            + "\n\(Self.count(contents.dependencyCount, "dependency", "dependencies"))"
    }

    private var executions: [String] {
        let sessions = contents.sessions
        guard let last = sessions.first else { return [] }
        var list = sessions.prefix(Self.sessionLimit).map { entry in
            "  session \(entry.session)  \(Self.count(entry.executed, "task"))"
        }
        if sessions.count > Self.sessionLimit {
            list.append("  and \(sessions.count - Self.sessionLimit) earlier ones")
        }
        let executions = contents.executions(in: last.session)
        var reasons = executions.prefix(Self.executionLimit).map { "  \($0.task): \($0.text)" }
        if executions.count > Self.executionLimit {
            reasons.append("  and \(executions.count - Self.executionLimit) more; '--json' prints all")
        }
        return [
            "last executed in\n" + list.joined(separator: "\n"),
            "why tasks ran in session \(last.session)\n" + reasons.joined(separator: "\n"),
        ]
    }

    private static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        number == 1 ? "1 \(one)" : "\(number) \(many ?? one + "s")"
    }

    private static func folded(_ number: UInt64) -> String {
        switch number {
        case 0: "never folded"
        case 1: "folded once"
        default: "folded \(number) times"
        }
    }

    /// Rows in columns, the first of which is aligned to the left.
    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        let lines = [header] + rows
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            var text = ""
            for (column, cell) in line.enumerated() {
                let space = String(repeating: " ", count: widths[column] - cell.count)
                text += column == 0 ? cell + space : "  " + space + cell
            }
            return text
        }.joined(separator: "\n")
    }
}
