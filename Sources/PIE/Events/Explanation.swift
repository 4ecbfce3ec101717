/// Why a task ran in a session, or why it did not.
public struct Explanation: Hashable, Sendable {
    /// The task.
    public let task: AnyTask

    /// What became of it.
    public let outcome: Outcome

    /// From this task to the changed leaf: each link's task ran because the next one's output changed.
    ///
    /// Empty for a task that was reused. The last link's reason names the leaf: a file, a resource, or a task that is
    /// new or was asked for.
    public let chain: [Link]

    package init(task: AnyTask, outcome: Outcome, chain: [Link]) {
        self.task = task
        self.outcome = outcome
        self.chain = chain
    }

    /// What became of a task in a session.
    public enum Outcome: Hashable, Sendable {
        /// It ran.
        case executed

        /// It ran and failed.
        case failed

        /// It was found consistent, and so not executed.
        case reused

        /// The session did not visit it.
        case unvisited
    }

    /// One step on the way to the changed leaf.
    public struct Link: Hashable, Sendable {
        /// A task that ran.
        public let task: AnyTask

        /// Why it ran.
        public let reason: ExecutionReason

        package init(task: AnyTask, reason: ExecutionReason) {
            self.task = task
            self.reason = reason
        }
    }
}

extension Explanation: CustomStringConvertible {
    /// The outcome, and one indented line for each link; the middle of a long chain is left out.
    public var description: String {
        switch outcome {
        case .unvisited: return "\(task) was not visited in this session"
        case .reused: return "\(task) was reused: all its dependencies are consistent"
        case .executed, .failed: break
        }
        var lines = [outcome == .failed ? "\(task) failed" : "\(task) was executed"]
        let (head, tail) = chain.count > 24 ? (16, 4) : (chain.count, 0)
        for (depth, link) in chain.prefix(head).enumerated() {
            lines.append(line(link, isFirst: depth == 0, depth: depth + 1))
        }
        if chain.count > head + tail {
            lines.append(String(repeating: "  ", count: head + 1) + "… \(chain.count - head - tail) more …")
        }
        for link in chain.suffix(tail) { lines.append(line(link, isFirst: false, depth: head + 1)) }
        return lines.joined(separator: "\n")
    }

    private func line(_ link: Link, isFirst: Bool, depth: Int) -> String {
        let cause = isFirst ? "\(link.reason)" : "\(link.task): \(link.reason)"
        return String(repeating: "  ", count: depth) + "because " + cause
    }
}
