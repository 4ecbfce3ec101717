import PIE

extension ExecutionDifference: CustomStringConvertible {
    /// How many tasks of a list are described.
    private static let limit = 12

    /// A line that sums it up, then each task with why it was executed or why not; the ends of long lists are left out.
    public var description: String {
        var lines = [summary]
        lines += list("executed, not expected:", unexpected, described)
        lines += list("executed more often than expected:", repeated, described)
        lines += list("expected, not executed:", missing) { ["\($0.task): \(described($0))"] }
        if let misplaced { lines += described(misplaced) }
        if !missing.isEmpty && isLogEmpty {
            lines.append("  the log is empty: is it among the trackers of the Pie?")
        }
        if !missing.isEmpty {
            // The first is the one that the others fail of.
            lines += failures.prefix(1).map { "  failed: \($0.replacing("\n", with: " "))" }
        }
        if !missing.isEmpty && !unchanged.isEmpty {
            lines.append("  executed with the same output as before: \(names(unchanged))")
        }
        let rest = asExpected
        if !rest.isEmpty && misplaced == nil { lines.append("  executed as expected: \(names(rest))") }
        return lines.map { $0.shortened(to: 200) }.joined(separator: "\n")
    }

    private var unexpected: [Surplus] { surplus.filter { $0.expected == 0 } }

    private var repeated: [Surplus] { surplus.filter { $0.expected > 0 } }

    private var asExpected: [AnyTask] {
        let others = Set(surplus.map(\.task) + missing.map(\.task))
        return executed.filter { !others.contains($0) }
    }

    private var summary: String {
        var parts: [String] = []
        if !unexpected.isEmpty {
            parts.append("\(tasks(unexpected.count)) executed that \(be(unexpected.count)) not expected")
        }
        if !repeated.isEmpty { parts.append("\(tasks(repeated.count)) executed more often than expected") }
        if !missing.isEmpty { parts.append("\(tasks(missing.count)) not executed that \(be(missing.count)) expected") }
        if misplaced != nil { parts.append("the expected tasks were executed in another order") }
        return parts.joined(separator: ", ")
    }

    private func tasks(_ count: Int) -> String { count == 1 ? "1 task was" : "\(count) tasks were" }

    private func be(_ count: Int) -> String { count == 1 ? "was" : "were" }

    // MARK: Parts

    private func list<Element>(
        _ title: String,
        _ elements: [Element],
        _ describe: (Element) -> [String]
    ) -> [String] {
        if elements.isEmpty { return [] }
        var lines = ["  " + title]
        for element in elements.prefix(Self.limit) { lines += describe(element).map { "    " + $0 } }
        if elements.count > Self.limit { lines.append("    … \(elements.count - Self.limit) more …") }
        return lines
    }

    private func described(_ surplus: Surplus) -> [String] {
        var lines: [String] = []
        for (index, explanation) in surplus.explanations.prefix(Self.limit).enumerated() {
            var text = explanation.description.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if surplus.explanations.count > 1 {
                text[0] += ", execution \(index + 1) of \(surplus.explanations.count)"
            }
            lines += text
        }
        return lines
    }

    private func described(_ absence: Absence) -> String {
        let cause =
            switch absence.cause {
            case .reused: "it was reused, all its dependencies hold"
            case .answered: "it was required and known to be consistent"
            case .interrupted: "the session ended before it was come to"
            case .unvisited: "not visited, nobody required it and nothing that it uses was found changed"
            }
        if absence.executed == 0 { return cause }
        return "executed \(absence.executed) of \(absence.expected) times; otherwise \(cause)"
    }

    private func described(_ misplaced: Misplacement) -> [String] {
        var lines = [
            "  as execution \(misplaced.index + 1) \(misplaced.expected) was expected, not \(misplaced.executed)"
        ]
        lines.append("  executed in this order:")
        let first = max(0, misplaced.index - Self.limit / 2)
        for (offset, task) in executed[first...].prefix(Self.limit).enumerated() {
            lines.append("    \(first + offset + 1). \(task)")
        }
        return lines
    }

    private func names(_ tasks: [AnyTask]) -> String {
        let names = tasks.prefix(Self.limit).map(\.description).joined(separator: ", ")
        return tasks.count > Self.limit ? "\(names), … \(tasks.count - Self.limit) more" : names
    }
}
